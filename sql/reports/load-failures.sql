-- How calendars failed, the commonest reason first, and how many still do.
--
--   psql --no-psqlrc --set from=2026-11-01 --file sql/reports/load-failures.sql

\ir defaults.psql

select
    failures.customer_key,
    failures.source,
    failures.failure,
    count(*) as times,
    count(distinct failures.user_key) as users,
    count(distinct still.user_key) as users_still,
    max(failures.failed_at) as last
from watch.load_failures as failures
left join watch.failed_calendars as still
    on failures.customer_key = still.customer_key
    and failures.user_key = still.user_key
    and failures.source = still.source
where
    failures.customer_key like :'customer'
    and failures.load_started_at >= :'from'::timestamptz
    and failures.load_started_at <= :'until'::timestamptz
group by failures.customer_key, failures.source, failures.failure
order by times desc, failures.customer_key asc, failures.failure asc
limit :rows;
