-- intake.extractions: what may be kept of a user's bookings (domain P-19, P-20).
--
-- One row per user with a rule set in force.

create view intake.extractions as
select
    users.customer_id,
    users.user_id,
    users.time_zone,
    rule_sets.rule_set_version,
    rule_sets.sync <> 'show_as'
    or (rule_sets.has_user_rules and coalesce(preferences.is_codes_only, false))
        as finds_codes,
    rule_sets.private = 'user_choice'
    and rule_sets.has_user_rules
    and coalesce(preferences.uses_private, false) as uses_private,
    case
        when rule_sets.text_chosen_by = 'user' and rule_sets.has_user_rules
            then coalesce(preferences.text_fields, rule_sets.text_fields)
        else rule_sets.text_fields
    end as text_fields
from roster.users
inner join customer.rule_sets
    on users.customer_id = rule_sets.customer_id and upper_inf(rule_sets.held_during)
left join roster.preferences
    on users.customer_id = preferences.customer_id and users.user_id = preferences.user_id;
