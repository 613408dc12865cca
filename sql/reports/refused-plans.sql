-- Which plans the limits refused, and what reconcile --approve must name to let them through.
--
--   psql --no-psqlrc --set from=2026-11-01 --file sql/reports/refused-plans.sql

\ir defaults.psql

select
    customers.customer_key,
    refusals.refused_at,
    left(refusals.digest, 12) as digest,
    cardinality(refusals.changes) as changes,
    approvals.approved_at,
    approvals.approved_by
from audit.refusals
inner join customer.customers on refusals.customer_id = customers.customer_id
left join audit.approvals
    on refusals.customer_id = approvals.customer_id and refusals.digest = approvals.digest
where
    customers.customer_key like :'customer'
    and refusals.refused_at >= :'from'::timestamptz
    and refusals.refused_at <= :'until'::timestamptz
order by refusals.refused_at desc, customers.customer_key asc
limit :rows;
