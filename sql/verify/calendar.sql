-- Verify kalenderkoppling:calendar on pg

begin;

select
    customer_id,
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
    code,
    code_reason,
    code_kind,
    shown_text,
    is_choice,
    is_choice_skip,
    choice_reason,
    choice_kind,
    mark,
    rule_set_version,
    load_id,
    held_from
from calendar.bookings
where false;

select
    customer_id,
    user_id,
    calendar_id,
    resource_key,
    booking_key,
    held_during,
    ended_by,
    starts_at,
    ends_at,
    start_date,
    end_date,
    show_as,
    sensitivity,
    response,
    is_cancelled,
    code,
    code_reason,
    code_kind,
    shown_text,
    is_choice,
    is_choice_skip,
    choice_reason,
    choice_kind,
    mark,
    rule_set_version,
    load_id
from calendar.booking_versions
where false;

select
    customer_id,
    user_id,
    calendar_id,
    resource_key,
    mark
from calendar.resources
where false;

select
    customer_id,
    user_id,
    calendar_id,
    cursor,
    rule_set_version,
    loaded_at,
    whole_at,
    failed_at,
    failure
from calendar.cursors
where false;

select
    customer_id,
    user_id,
    calendar_id,
    resource_key,
    booking_key,
    reason,
    is_degraded,
    since
from calendar.quarantine
where false;

select
    customer_id,
    user_id,
    cause,
    since,
    times
from calendar.touched
where false;

rollback;
