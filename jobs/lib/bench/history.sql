-- A year of history beside what stands: a run a day, which changed what a hundredth of the users
-- have, with the booking versions before and what stood for them.

select intake.open_months(month)
from generate_series(timestamptz '2025-11-26', '2026-11-26', interval '1 month') as month;

insert into audit.runs (
    customer_id, run_id, mode, scope, as_of, started_at, ended_at, touched_count, planned_count,
    done_count
)
select customers.customer_id, day_number - 1000, 'apply', 'everybody', day, day, day, 0, 1, 1
from customer.customers
cross join generate_series(1, 365) as day_number
cross join lateral (select timestamptz '2026-11-25' - day_number * interval '1 day') as days (day);

insert into audit.changes (
    customer_id, user_id, run_id, absence_key, action, after, booking_keys, booking_marks,
    is_guarded, outcome, ended_at, planned_at
)
select
    customer_id, user_id, day_number - 1000, absence_key, 'create', to_jsonb(placed),
    booking_keys, booking_marks, false, 'done', day, day
from telephony.placed
cross join lateral (select 1 + user_id % 365 as day_number) as numbers
cross join lateral (select timestamptz '2026-11-25' - day_number * interval '1 day') as days (day)
where user_id % 4 = 0;

insert into calendar.booking_versions
select
    (jsonb_populate_record(
        null::calendar.booking_versions,
        to_jsonb(bookings) || jsonb_build_object(
            'held_during', tstzrange(day - interval '1 day', day), 'ended_by', 'changed'
        )
    )).*
from calendar.bookings
cross join lateral (select 1 + user_id % 365 as day_number) as numbers
cross join lateral (select timestamptz '2026-11-25' - day_number * interval '1 day') as days (day)
where user_id % 4 = 0;

-- They were taken in, as the ledger of what became of each counts them.
update calendar.taken_in
set version_count = taken_in.version_count + versions.version_count
from (
    select customer_id, user_id, count(*) as version_count
    from calendar.booking_versions
    group by customer_id, user_id
) as versions
where taken_in.customer_id = versions.customer_id and taken_in.user_id = versions.user_id;

insert into telephony.placed_versions
select version.*
from telephony.placed
cross join lateral intake.placed_version(placed, placed.acknowledged_at, 'expired') as version
where placed.user_id % 4 = 0;

vacuum analyze;
