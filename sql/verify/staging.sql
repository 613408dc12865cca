-- Verify kalenderkoppling:staging on pg

begin;

select
    customer_id,
    load_id,
    user_id,
    calendar_id,
    booking_key,
    resource_key,
    starts_at,
    ends_at,
    start_date,
    end_date,
    show_as,
    sensitivity,
    response,
    is_cancelled,
    subject,
    location,
    body,
    is_choice,
    is_choice_skip,
    choice_reason,
    choice_kind
from staging.bookings
where false;

select
    customer_id,
    load_id,
    user_id,
    calendar_id,
    scope,
    is_prefix,
    window_start,
    window_end
from staging.coverage
where false;

select
    customer_id,
    load_id,
    user_id,
    calendar_id,
    resource_key,
    mark
from staging.resources
where false;

select
    customer_id,
    load_id,
    user_id,
    calendar_id,
    resource_key,
    booking_key,
    reason,
    is_degraded
from staging.quarantine
where false;

select
    customer_id,
    load_id,
    user_id,
    calendar_id,
    generation,
    cursor,
    byte_count,
    failures
from staging.cursors
where false;

select
    customer_id,
    row_number,
    user_key,
    name,
    extension,
    time_zone,
    language,
    mail_addresses,
    has_calendar,
    has_diversion,
    calendar_sources,
    calendar_addresses
from staging.roster
where false;

select
    customer_id,
    read_back_id,
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
    set_at
from staging.shown
where false;

rollback;
