-- Which changes the telephone side refused, and what it said: the commonest first.
--
--   psql --no-psqlrc --set from=2026-11-01 --file sql/reports/failed-changes.sql

\ir defaults.psql

select
    customer_key,
    outcome,
    failure,
    count(*) as changes,
    count(distinct user_key) as users,
    min(planned_at) as first,
    max(planned_at) as last
from watch.changes
where
    customer_key like :'customer'
    and outcome in ('failed', 'conflict', 'found_undone')
    and planned_at >= :'from'::timestamptz
    and planned_at <= :'until'::timestamptz
group by customer_key, outcome, failure
order by changes desc, customer_key asc, failure asc
limit :rows;
