-- Verify kalenderkoppling:roster on pg

begin;

select
    customer_id,
    user_id,
    user_key,
    name,
    extension,
    time_zone,
    language,
    mail_addresses,
    has_calendar,
    has_diversion,
    is_active,
    held_from
from roster.users
where false;

select
    customer_id,
    user_id,
    held_during,
    user_key,
    name,
    extension,
    time_zone,
    language,
    has_calendar,
    has_diversion,
    is_active
from roster.user_versions
where false;

select
    customer_id,
    user_id,
    calendar_id,
    source,
    address,
    is_active,
    generation
from roster.calendars
where false;

select
    customer_id,
    user_id,
    is_enabled,
    is_codes_only,
    default_reason,
    has_no_diversion,
    text_fields,
    uses_private,
    uses_free,
    uses_tentative,
    settings
from roster.preferences
where false;

select
    customer_id,
    user_id,
    held_during,
    settings
from roster.preference_versions
where false;

select
    customer_id,
    user_id,
    show_as,
    is_skipped,
    reason,
    kind
from roster.show_as_preferences
where false;

select
    customer_id,
    user_id,
    reason,
    announced_reason
from roster.announced_reasons
where false;

select
    customer_id,
    user_id,
    reason,
    target_type,
    target_number
from roster.targets
where false;

rollback;
