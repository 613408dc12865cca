-- What a booking has done to telephones: every change that it stood behind.
-- Reads all that is kept of the customer's changes.
--
--   psql --no-psqlrc --set booking=KEY --file sql/reports/changes-of-booking.sql

\ir defaults.psql

select
    customer_key,
    user_key,
    planned_at,
    action,
    coalesce(outcome::text, held_because, 'unknown') as outcome,
    withdrawn_because,
    booking_keys[1] = :'booking' as decides,
    cardinality(booking_keys) as bookings
from watch.changes
where
    customer_key like :'customer'
    and mode <> 'dry_run'
    and booking_keys @> array[:'booking']
order by planned_at, user_key
limit :rows;
