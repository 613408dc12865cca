-- intake.hold_back: holds back what a run has just planned for some users, because of the limits.
-- Where it is not to be written again, it goes. Returns how much of what that was, and of how many.
--
-- Only in the transaction that planned it: what stands in the audit stays.

create function intake.hold_back(
    customer_id bigint,
    run_id bigint,
    planned_at timestamptz,
    user_ids bigint[],
    is_written boolean
)
returns table (
    created_count bigint, updated_count bigint, withdrawn_count bigint, user_count bigint
)
language sql security definer
set search_path = pg_catalog, pg_temp
as $$
    with

    held as (
        update audit.changes
        set held_because = 'limits'
        where
            hold_back.is_written
            and changes.customer_id = hold_back.customer_id
            and changes.user_id in (select unnest(hold_back.user_ids))
            and changes.run_id = hold_back.run_id
            and changes.planned_at = hold_back.planned_at
            and changes.held_because is null
            and changes.xmin = pg_current_xact_id()::xid
        returning changes.user_id, changes.action
    ),

    gone as (
        delete from audit.changes
        where
            not hold_back.is_written
            and changes.customer_id = hold_back.customer_id
            and changes.user_id in (select unnest(hold_back.user_ids))
            and changes.run_id = hold_back.run_id
            and changes.planned_at = hold_back.planned_at
            and changes.held_because is null
            and changes.xmin = pg_current_xact_id()::xid
        returning changes.user_id, changes.action
    )

    select
        count(*) filter (where stopped.action = 'create'),
        count(*) filter (where stopped.action = 'update'),
        count(*) filter (where stopped.action = 'withdraw'),
        count(distinct stopped.user_id)
    from (
        select * from held
        union all
        select * from gone
    ) as stopped;
$$;
