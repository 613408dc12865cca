-- Who has changed what callers to an extension hear, and what came of it, newest first.
--
--   psql --no-psqlrc --set extension=101 --file sql/reports/changes-of-extension.sql

\ir defaults.psql

select
    user_key,
    planned_at,
    action,
    coalesce(after, before) ->> 'kind' as kind,
    coalesce(after, before) ->> 'starts_at' as starts_at,
    coalesce(after, before) ->> 'ends_at' as ends_at,
    coalesce(outcome::text, held_because, 'unknown') as outcome,
    booking_keys
from watch.changes
where
    customer_key like :'customer'
    and extension like :'extension'
    and mode <> 'dry_run'
    and planned_at >= :'from'::timestamptz
    and planned_at <= :'until'::timestamptz
order by planned_at desc, starts_at asc
limit :rows;
