-- When the telephone side is busiest: passes and changes by hour of the day, in the customer's
-- time.
--
--   psql --no-psqlrc --set from=2026-11-01 --file sql/reports/busy-hours.sql

\ir defaults.psql

select
    customers.customer_key,
    extract(hour from runs.started_at at time zone customers.time_zone)::integer as hour,
    count(*) as passes,
    sum(runs.done_count) as changes,
    max(runs.done_count) as most_in_one,
    max(runs.ended_at - runs.started_at) as longest
from audit.runs
inner join customer.customers on runs.customer_id = customers.customer_id
where
    customers.customer_key like :'customer'
    and runs.mode <> 'dry_run'
    and runs.started_at >= :'from'::timestamptz
    and runs.started_at <= :'until'::timestamptz
group by customers.customer_key, hour
order by customers.customer_key, hour;
