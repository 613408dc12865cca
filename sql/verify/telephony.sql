-- Verify kalenderkoppling:telephony on pg

begin;

select
    customer_id,
    user_id,
    absence_key,
    extension,
    kind,
    reason,
    announced_reason,
    starts_at,
    ends_at,
    back_at,
    shown_text,
    target,
    ring_seconds,
    booking_keys,
    booking_marks,
    version_tag,
    acknowledged_at,
    seen_at,
    missing_count
from telephony.placed
where false;

select
    customer_id,
    user_id,
    entry_key,
    absence_key,
    extension,
    origin,
    kind,
    reason,
    announced_reason,
    starts_at,
    ends_at,
    back_at,
    shown_text,
    target,
    ring_seconds,
    version_tag,
    set_by,
    set_at,
    seen_at
from telephony.shown
where false;

select
    customer_id,
    user_id,
    absence_key,
    held_from,
    cause,
    starts_at,
    ends_at,
    booking_marks,
    set_by
from telephony.holds
where false;

rollback;
