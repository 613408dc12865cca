-- How many changes came to what, by day.
--
--   psql --no-psqlrc --set from=2026-11-01 --file sql/reports/changes-by-outcome.sql

\ir defaults.psql

select
    customer_key,
    planned_at::date as day,
    action,
    coalesce(outcome::text, held_because, 'unknown') as outcome,
    count(*) as changes,
    count(distinct user_key) as users
from watch.changes
where
    customer_key like :'customer'
    and mode <> 'dry_run'
    and planned_at >= :'from'::timestamptz
    and planned_at <= :'until'::timestamptz
group by customer_key, day, action, coalesce(outcome::text, held_because, 'unknown')
order by customer_key asc, day asc, action asc, changes desc;
