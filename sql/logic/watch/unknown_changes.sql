-- watch.unknown_changes: changes that were begun five minutes ago and of which nobody knows
-- whether they were carried out.
--
-- One row per change. The next pass observes just these before anything else.

create view watch.unknown_changes with (security_barrier) as
select
    customers.customer_key,
    users.user_key,
    changes.run_id,
    runs.started_at,
    changes.absence_key,
    changes.action
from audit.changes
inner join audit.runs
    on changes.customer_id = runs.customer_id
    and changes.run_id = runs.run_id
    and changes.planned_at = runs.started_at
inner join customer.visible_customers as customers on changes.customer_id = customers.customer_id
inner join roster.users
    on changes.customer_id = users.customer_id and changes.user_id = users.user_id
where
    changes.outcome is null
    and changes.held_because is null
    and runs.mode <> 'dry_run'
    and runs.started_at < watch.as_of() - interval '5 minutes';
comment on view watch.unknown_changes is
'Changes that were begun and of which nobody knows whether they were carried out.';
