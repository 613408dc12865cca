-- Which loads ran, what they brought and asked, and how long they took; without an end one was cut
-- off.
--
--   psql --no-psqlrc --set customer=sundsvall --set from='today 08:00' --file sql/reports/loads.sql

\ir defaults.psql

select
    customers.customer_key,
    loads.source,
    loads.started_at,
    loads.ended_at - loads.started_at as took,
    loads.is_full,
    loads.calendar_count as calendars,
    loads.failed_count as failed,
    loads.added_count as added,
    loads.changed_count as changed,
    loads.vanished_count as vanished,
    loads.broken_count as broken,
    loads.request_count as requests,
    loads.wait_seconds as waited,
    loads.load_id
from audit.loads
inner join customer.customers on loads.customer_id = customers.customer_id
where
    customers.customer_key like :'customer'
    and loads.started_at >= :'from'::timestamptz
    and loads.started_at <= :'until'::timestamptz
order by loads.started_at desc, customers.customer_key asc, loads.source asc
limit :rows;
