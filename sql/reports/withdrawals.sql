-- Why absences were taken away, by day.
--
--   psql --no-psqlrc --set from=2026-11-01 --file sql/reports/withdrawals.sql

\ir defaults.psql

select
    customer_key,
    planned_at::date as day,
    withdrawn_because,
    count(*) as changes,
    count(distinct user_key) as users
from watch.changes
where
    customer_key like :'customer'
    and action = 'withdraw'
    and outcome in ('done', 'unchanged', 'found_done')
    and planned_at >= :'from'::timestamptz
    and planned_at <= :'until'::timestamptz
group by customer_key, day, withdrawn_because
order by customer_key asc, day asc, changes desc;
