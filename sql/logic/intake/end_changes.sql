-- intake.end_changes: writes down what came of changes of one pass, and returns them. What has an
-- outcome, or was held back, stays as it is.

create function intake.end_changes(
    customer_id bigint,
    run_id bigint,
    planned_at timestamptz,
    user_ids bigint[],
    absence_keys uuid[],
    outcomes audit.outcome[],
    failures text[],
    at timestamptz
)
returns setof audit.changes
language sql security definer
set search_path = pg_catalog, pg_temp
as $$
    update audit.changes
    set
        outcome = told.outcome,
        failure = told.failure,
        ended_at = end_changes.at
    from (
        select
            told.outcome,
            told.failure,
            open_change.place
        from unnest(
            end_changes.user_ids, end_changes.absence_keys, end_changes.outcomes,
            end_changes.failures
        ) as told (user_id, absence_key, outcome, failure)
        -- The limit keeps the planner from a join that compares every outcome with every change:
        -- in a first run it takes the table for empty.
        cross join lateral (
            select planned.ctid as place
            from audit.changes as planned
            where
                planned.customer_id = end_changes.customer_id
                and planned.user_id = told.user_id
                and planned.run_id = end_changes.run_id
                and planned.absence_key = told.absence_key
                and planned.planned_at = end_changes.planned_at
                and planned.outcome is null
                and planned.held_because is null
            limit 1
        ) as open_change
    ) as told
    -- What was planned at one instant is in one month, where a place names one row.
    where changes.planned_at = end_changes.planned_at and changes.ctid = told.place
    returning changes.*;
$$;
