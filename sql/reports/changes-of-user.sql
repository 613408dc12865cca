-- What was planned and done to a user's telephone, oldest first.
--
--   psql --no-psqlrc --set user=anna --set from=today --file sql/reports/changes-of-user.sql

\ir defaults.psql

select
    planned_at,
    extension,
    action,
    coalesce(after, before) ->> 'starts_at' as starts_at,
    coalesce(after, before) ->> 'ends_at' as ends_at,
    coalesce(outcome::text, held_because, 'unknown') as outcome,
    ended_at,
    withdrawn_because,
    failure,
    run_id
from watch.changes
where
    customer_key like :'customer'
    and user_key like :'user'
    and mode <> 'dry_run'
    and planned_at >= :'from'::timestamptz
    and planned_at <= :'until'::timestamptz
order by planned_at, user_key, starts_at
limit :rows;
