-- absence.accountable: every booking that stands in a calendar, with why it claims nothing, if so.
--
-- One row per booking: those of absence.claims, and those that nobody asks for a claim, since their
-- calendar is not in use.

create view absence.accountable as
select
    claims.customer_id,
    claims.user_id,
    claims.calendar_id,
    claims.resource_key,
    claims.booking_key,
    claims.load_id,
    claims.held_from,
    claims.starts_at,
    claims.ends_at,
    claims.mark,
    claims.account,
    claims.account_because,
    claims.because,
    claims.is_clipped,
    claims.merge_gap,
    claims.days_ahead
from absence.claims

union all

select
    calendars.customer_id,
    calendars.user_id,
    calendars.calendar_id,
    bookings.resource_key,
    bookings.booking_key,
    bookings.load_id,
    bookings.held_from,
    bookings.starts_at,
    bookings.ends_at,
    bookings.mark,
    bookings.account,
    bookings.account_because,
    'calendar_not_in_use' as because,
    false as is_clipped,
    null as merge_gap,
    null as days_ahead
from roster.calendars
inner join calendar.bookings
    on calendars.customer_id = bookings.customer_id
    and calendars.user_id = bookings.user_id
    and calendars.calendar_id = bookings.calendar_id
where
    not exists (
        select from intake.calendars_in_use
        where
            calendars_in_use.customer_id = calendars.customer_id
            and calendars_in_use.user_id = calendars.user_id
            and calendars_in_use.calendar_id = calendars.calendar_id
    )
    or not exists (
        select from customer.rule_sets
        where rule_sets.customer_id = calendars.customer_id and upper_inf(rule_sets.held_during)
    );
