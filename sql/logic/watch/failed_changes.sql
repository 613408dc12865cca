-- watch.failed_changes: changes that the telephone side did not take, of users who still wait.
--
-- One row per user: the newest one, and since when something has been planned for the user.

create view watch.failed_changes with (security_barrier) as
select
    customers.customer_key,
    users.user_key,
    touched.since,
    failed.run_id,
    failed.absence_key,
    failed.action,
    failed.outcome,
    failed.ended_at,
    failed.failure
from calendar.touched
inner join customer.visible_customers as customers on touched.customer_id = customers.customer_id
inner join roster.users
    on touched.customer_id = users.customer_id and touched.user_id = users.user_id
cross join
    lateral (
        select changes.*
        from audit.changes
        where
            changes.customer_id = touched.customer_id
            and changes.user_id = touched.user_id
            and changes.outcome in ('failed', 'conflict', 'not_carried_out')
            and changes.held_because is null
            and changes.ended_at >= touched.since
            and changes.planned_at > watch.as_of() - interval '2 days'
        order by changes.run_id desc
        limit 1
    ) as failed
where touched.cause = 'planned';
comment on view watch.failed_changes is
'Changes that the telephone side did not take, of users who still wait for them.';
comment on column watch.failed_changes.since is
'Since when something has been planned for the user and not carried out.';
