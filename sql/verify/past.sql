-- Verify kalenderkoppling:past on pg

begin;

select
    customer_id,
    user_id,
    absence_key,
    held_during,
    ended_by,
    extension,
    kind,
    reason,
    announced_reason,
    starts_at,
    ends_at,
    back_at,
    target,
    ring_seconds,
    booking_keys,
    booking_marks,
    acknowledged_at,
    is_unconfirmed
from telephony.placed_versions
where false;

select
    customer_id,
    user_id,
    entry_key,
    held_during,
    ended_by,
    absence_key,
    extension,
    origin,
    kind,
    reason,
    announced_reason,
    starts_at,
    ends_at,
    back_at,
    target,
    ring_seconds,
    set_by,
    set_at
from telephony.shown_versions
where false;

select
    customer_id,
    user_id,
    calendar_id,
    held_during,
    is_active
from roster.calendar_versions
where false;

select held_from from telephony.placed
where false;

select held_from from telephony.shown
where false;

select held_from from roster.calendars
where false;

select first_whole_at from calendar.cursors
where false;

rollback;
