-- intake.end_unsent: writes down that the rest of a plan was not carried out: what is open of users
-- after one, beside some. Returns of whom, and how many changes.

create function intake.end_unsent(
    customer_id bigint,
    run_id bigint,
    planned_at timestamptz,
    after_user_id bigint,
    sent_ids bigint[],
    at timestamptz
)
returns table (user_id bigint, change_count bigint)
language sql security definer
set search_path = pg_catalog, pg_temp
as $$
    with

    ended as (
        update audit.changes
        set outcome = 'not_carried_out', ended_at = end_unsent.at
        where
            changes.customer_id = end_unsent.customer_id
            and changes.user_id > end_unsent.after_user_id
            and changes.user_id <> all(end_unsent.sent_ids)
            and changes.run_id = end_unsent.run_id
            and changes.planned_at = end_unsent.planned_at
            and changes.outcome is null
            and changes.held_because is null
        returning changes.user_id
    )

    select
        ended.user_id,
        count(*)
    from ended
    group by ended.user_id;
$$;
