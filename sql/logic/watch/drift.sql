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
    checks.read_at
from (
    select distinct on (customer_id) *
    from audit.drift_checks
    order by customer_id asc, checked_at desc
) as checks
-- Customer by customer, so that what history holds is not looked through.
cross join
    lateral (
        select of_check.*
        from audit.drifts as of_check
        where
            of_check.customer_id = checks.customer_id
            and of_check.checked_at = checks.checked_at
    ) as drifts
inner join customer.visible_customers as customers
    on drifts.customer_id = customers.customer_id
inner join roster.users
    on drifts.customer_id = users.customer_id and drifts.user_id = users.user_id;
comment on view watch.drift is
'Where wanted, carried out and shown did not agree at the last comparison.';
