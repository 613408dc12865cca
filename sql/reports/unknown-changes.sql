-- Of which changes nobody knows yet whether they were done, and since when.
--
--   psql --no-psqlrc --set customer=sundsvall --file sql/reports/unknown-changes.sql

\ir defaults.psql

select
    customer_key,
    user_key,
    extension,
    action,
    planned_at,
    run_id
from watch.changes
where
    customer_key like :'customer'
    and outcome is null
    and held_because is null
order by planned_at, customer_key, user_key
limit :rows;
