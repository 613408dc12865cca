-- absence.sharing_extensions: users whose open changes of a run name an extension that another
-- user's name as well: it goes over from one to the other.

create function absence.sharing_extensions(
    customer_id bigint, run_id bigint, planned_at timestamptz
)
returns table (user_id bigint)
language sql stable
as $$
    select distinct unnest(shared.user_ids)
    from (
        select array_agg(distinct changes.user_id) as user_ids
        from audit.changes
        cross join lateral (
            values
            (changes.before ->> 'extension'),
            (changes.after ->> 'extension')
        ) as sides (extension)
        where
            changes.customer_id = sharing_extensions.customer_id
            and changes.run_id = sharing_extensions.run_id
            and changes.planned_at = sharing_extensions.planned_at
            and changes.outcome is null
            and changes.held_because is null
            and sides.extension is not null
        group by sides.extension
        having min(changes.user_id) <> max(changes.user_id)
    ) as shared;
$$;
