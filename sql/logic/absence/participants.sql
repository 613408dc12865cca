-- absence.participants: users with the rules that count for them.
--
-- One row per user with a rule set in force: the customer's rules, the user's own where they
-- may count, and why the user takes no part, where so (domain P-1, P-16).

create view absence.participants as
select
    users.customer_id,
    users.user_id,
    users.time_zone,
    users.extension,
    coalesce(preferences.settings ->> 'language', users.language) as language,
    users.has_diversion,
    rule_sets.rule_set_version,
    rule_sets.sync,
    rule_sets.all_day,
    rule_sets.is_office_hours_only,
    rule_sets.merge_gap,
    rule_sets.has_user_rules,
    rule_sets.is_diversion_service_required,
    rule_sets.default_kind,
    rule_sets.return_time,
    rule_sets.ring_seconds,
    rule_sets.days_ahead,
    case
        when rule_sets.has_user_rules
            then coalesce(preferences.default_reason, rule_sets.default_reason)
        else rule_sets.default_reason
    end as default_reason,
    rule_sets.has_user_rules
    and rule_sets.private = 'user_choice'
    and coalesce(preferences.uses_private, false) as uses_private,
    rule_sets.has_user_rules and coalesce(preferences.uses_free, false) as uses_free,
    rule_sets.has_user_rules and coalesce(preferences.uses_tentative, false) as uses_tentative,
    rule_sets.has_user_rules and coalesce(preferences.has_no_diversion, false)
        as has_no_diversion,
    cardinality(
        case
            when rule_sets.text_chosen_by = 'user' and rule_sets.has_user_rules
                then coalesce(preferences.text_fields, rule_sets.text_fields)
            else rule_sets.text_fields
        end
    ) > 0 as shows_text,
    rule_sets.sync = 'codes_only'
    or (rule_sets.has_user_rules and coalesce(preferences.is_codes_only, false))
        as is_codes_only,
    case
        when
            not users.is_active
            or not (rule_sets.is_enabled_by_default or users.has_calendar)
            then 'user_without_service'
        when preferences.is_enabled is false then 'user_disabled'
    end as why_not
from roster.users
inner join customer.rule_sets
    on users.customer_id = rule_sets.customer_id and upper_inf(rule_sets.held_during)
left join roster.preferences
    on users.customer_id = preferences.customer_id and users.user_id = preferences.user_id;
