-- watch.changes: what passes planned and did, without the text of any booking and without sick
-- leave.
--
-- One row per planned change.

create view watch.changes with (security_barrier) as
select
    customers.customer_key,
    users.user_key,
    changes.run_id,
    changes.planned_at,
    runs.mode,
    runs.as_of,
    changes.absence_key,
    changes.action,
    coalesce(changes.after ->> 'extension', changes.before ->> 'extension') as extension,
    absence.told_side(changes.before) as before,
    absence.told_side(changes.after) as after,
    changes.booking_keys,
    changes.is_guarded,
    changes.held_because,
    changes.withdrawn_because,
    changes.losses,
    changes.is_approved,
    changes.outcome,
    changes.ended_at,
    changes.failure
from audit.changes
inner join audit.runs
    on changes.customer_id = runs.customer_id
    and changes.run_id = runs.run_id
    and changes.planned_at = runs.started_at
inner join customer.visible_customers as customers
    on changes.customer_id = customers.customer_id
inner join roster.users
    on changes.customer_id = users.customer_id and changes.user_id = users.user_id;
comment on view watch.changes is
'What passes planned and did, and what came of it, without the text of any booking.';
