-- Which passes ran, what they looked at and did, and how long they took; without an end one was
-- cut off.
--
--   psql --no-psqlrc --set customer=sundsvall --set from='today 08:00' --file sql/reports/runs.sql

\ir defaults.psql

select
    customers.customer_key,
    runs.started_at,
    runs.ended_at - runs.started_at as took,
    runs.mode,
    runs.scope,
    runs.touched_count as users,
    runs.planned_count as planned,
    runs.done_count as done,
    runs.failed_count as failed,
    runs.held_count as held,
    runs.refusal,
    runs.run_id
from audit.runs
inner join customer.customers on runs.customer_id = customers.customer_id
where
    customers.customer_key like :'customer'
    and runs.started_at >= :'from'::timestamptz
    and runs.started_at <= :'until'::timestamptz
order by runs.started_at desc, customers.customer_key asc
limit :rows;
