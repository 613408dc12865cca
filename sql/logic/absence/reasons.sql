-- absence.reasons: the reasons that a customer's rules know, with their labels.
--
-- One row per customer and reason of the rule set in force.

create view absence.reasons as
select
    reasons.customer_id,
    reasons.reason,
    reasons.phone_code,
    reasons.label_sv,
    reasons.label_no,
    reasons.label_en
from customer.reasons
inner join customer.rule_sets
    on reasons.customer_id = rule_sets.customer_id
    and reasons.rule_set_version = rule_sets.rule_set_version
    and upper_inf(rule_sets.held_during);
