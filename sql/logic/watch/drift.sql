-- watch.drift: where wanted, carried out and shown did not agree at the last comparison.

create view watch.drift with (security_barrier) as
select
    customers.customer_key,
    users.user_key,
    drifts.drift,
    drifts.extension,
    drifts.starts_at,
    drifts.ends_at,
    drifts.kind,
    absence.told_reason(drifts.reason) as reason,
    drifts.entry_key,
    drifts.checked_at,
    drift_checks.read_at
from audit.drifts
inner join audit.drift_checks
    on drifts.customer_id = drift_checks.customer_id
    and drifts.checked_at = drift_checks.checked_at
inner join customer.visible_customers as customers
    on drifts.customer_id = customers.customer_id
inner join roster.users
    on drifts.customer_id = users.customer_id and drifts.user_id = users.user_id
where
    drifts.checked_at = (
        select max(newest.checked_at)
        from audit.drift_checks as newest
        where newest.customer_id = drifts.customer_id
    );
comment on view watch.drift is
'Where wanted, carried out and shown did not agree at the last comparison.';
