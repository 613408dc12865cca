-- Verify kalenderkoppling:customer on pg

begin;

select
    system,
    rules
from customer.templates
where false;

select
    system,
    reason,
    phone_code,
    label_sv,
    label_no,
    label_en
from customer.template_reasons
where false;

select
    customer_id,
    customer_key,
    name,
    time_zone,
    language,
    is_active,
    calendars,
    exchange,
    contract,
    fence,
    horizon_at,
    created_at
from customer.customers
where false;

select
    customer_id,
    work,
    fence,
    taken_at,
    taken_by
from customer.work
where false;

select
    customer_id,
    rule_set_version,
    system,
    sync,
    private,
    all_day,
    is_office_hours_only,
    merge_gap,
    text_fields,
    text_chosen_by,
    has_user_rules,
    is_diversion_service_required,
    is_enabled_by_default,
    default_reason,
    default_kind,
    return_time,
    ring_seconds,
    days_ahead,
    extraction_digest,
    resolved_digest,
    settings,
    held_during,
    applied_by
from customer.rule_sets
where false;

select
    customer_id,
    rule_set_version,
    show_as,
    is_skipped,
    reason,
    kind,
    decided_by
from customer.show_as_rules
where false;

select
    customer_id,
    rule_set_version,
    weekday,
    opens_at,
    closes_at
from customer.office_hours
where false;

select
    customer_id,
    rule_set_version,
    holiday
from customer.holidays
where false;

select
    customer_id,
    rule_set_version,
    reason,
    announced_reason
from customer.announced_reasons
where false;

select
    customer_id,
    rule_set_version,
    reason,
    phone_code,
    label_sv,
    label_no,
    label_en
from customer.reasons
where false;

select
    customer_id,
    rule_set_version,
    grammar,
    pattern,
    code_groups,
    sign_group
from customer.grammars
where false;

select
    customer_id,
    rule_set_version,
    grammar,
    code,
    reason
from customer.codes
where false;

select
    customer_id,
    rule_set_version,
    grammar,
    sign,
    kind
from customer.code_signs
where false;

select
    customer_id,
    withdrawn_share,
    withdrawn_share_from,
    withdrawn_count,
    newly_direct_share,
    newly_direct_from,
    newly_direct_count
from customer.limits
where false;

rollback;
