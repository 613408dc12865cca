-- When a telephone system did not answer, for how long, and what it said last.
--
--   psql --no-psqlrc --set from=2026-01-01 --file sql/reports/outages.sql

\ir defaults.psql

select
    customers.customer_key,
    outages.began_at,
    outages.ended_at,
    coalesce(outages.ended_at, outages.last_tried_at) - outages.began_at as lasted,
    outages.try_count as tries,
    outages.failure
from audit.outages
inner join customer.customers on outages.customer_id = customers.customer_id
where
    customers.customer_key like :'customer'
    and outages.began_at <= :'until'::timestamptz
    and coalesce(outages.ended_at, 'infinity') >= :'from'::timestamptz
order by outages.began_at desc, customers.customer_key asc
limit :rows;
