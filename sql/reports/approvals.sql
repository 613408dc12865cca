-- Who let refused plans through, when, and how much was carried out on the strength of it.
--
--   psql --no-psqlrc --set from=2026-01-01 --file sql/reports/approvals.sql

\ir defaults.psql

select
    customers.customer_key,
    approvals.approved_at,
    approvals.approved_by,
    approvals.expires_at,
    cardinality(approvals.changes) as changes,
    (
        select count(*)
        from watch.changes
        where
            changes.customer_key = customers.customer_key
            and changes.planned_at >= approvals.approved_at
            and changes.planned_at < approvals.expires_at
            and changes.is_approved
            and changes.outcome in ('done', 'unchanged', 'found_done')
    ) as approved_and_done
from audit.approvals
inner join customer.customers on approvals.customer_id = customers.customer_id
where
    customers.customer_key like :'customer'
    and approvals.approved_at >= :'from'::timestamptz
    and approvals.approved_at <= :'until'::timestamptz
order by approvals.approved_at desc, customers.customer_key asc
limit :rows;
