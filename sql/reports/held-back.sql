-- What was planned and held back, and why: by the limits, or for what a person did by hand.
--
--   psql --no-psqlrc --set customer=sundsvall --set from=today --file sql/reports/held-back.sql

\ir defaults.psql

select
    customer_key,
    held_because,
    user_key,
    extension,
    action,
    max(planned_at) as last_planned_at,
    count(*) as times
from watch.changes
where
    customer_key like :'customer'
    and held_because is not null
    and mode <> 'dry_run'
    and planned_at >= :'from'::timestamptz
    and planned_at <= :'until'::timestamptz
group by customer_key, held_because, user_key, extension, action
order by customer_key asc, held_because asc, last_planned_at desc, user_key asc
limit :rows;
