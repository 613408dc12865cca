-- intake.touch_planned: marks the users for whom a run has planned something, until it is done.

create function intake.touch_planned(
    customer_id bigint, run_id bigint, planned_at timestamptz
)
returns void
language sql as $$
    insert into calendar.touched as marks (customer_id, user_id, cause, since)
    select distinct
        changes.customer_id,
        changes.user_id,
        'planned',
        changes.planned_at
    from audit.changes
    where
        changes.customer_id = touch_planned.customer_id
        and changes.run_id = touch_planned.run_id
        and changes.planned_at = touch_planned.planned_at
        and changes.outcome is null
        and changes.held_because is null
    order by changes.user_id
    on conflict (customer_id, user_id, cause) do update set times = marks.times + 1;
$$;
