-- billing.verified_within: users whose phone a pass over everybody looked at in a period, with
-- nothing that went wrong or was held back.

create function billing.verified_within(customer_id bigint, during tstzrange)
returns table (user_id bigint)
language sql stable
as $$
    with

    runs as (
        select runs.run_id
        from audit.runs
        where
            runs.customer_id = verified_within.customer_id
            and runs.scope = 'everybody'
            and runs.mode = 'apply'
            and runs.started_at >= lower(verified_within.during)
            and runs.started_at < upper(verified_within.during)
            and runs.ended_at is not null
    ),

    failed as (
        select
            changes.user_id,
            count(distinct changes.run_id) as run_count
        from audit.changes
        where
            changes.customer_id = verified_within.customer_id
            and changes.planned_at >= lower(verified_within.during)
            and changes.planned_at < upper(verified_within.during)
            and changes.run_id in (select runs.run_id from runs)
            and coalesce(changes.outcome not in ('done', 'unchanged', 'found_done'), true)
        group by changes.user_id
    )

    select enabled.user_id
    from billing.enabled_within(
        verified_within.customer_id, verified_within.during
    ) as enabled
    left join failed
        on enabled.user_id = failed.user_id
    where (select count(*) from runs) > coalesce(failed.run_count, 0);
$$;
