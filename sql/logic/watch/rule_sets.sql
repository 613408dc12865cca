-- watch.rule_sets: every version of every customer's rules, who applied it, and what it changed.
--
-- One row per version. Where no setting changed, the system's template had.

create view watch.rule_sets with (security_barrier) as
select
    customers.customer_key,
    rule_sets.rule_set_version,
    rule_sets.system,
    lower(rule_sets.held_during) as held_from,
    upper(rule_sets.held_during) as held_until,
    rule_sets.applied_by,
    array(
        select changes.key
        from
            intake.setting_changes(
                rule_sets.customer_id, rule_sets.rule_set_version - 1, rule_sets.rule_set_version
            ) as changes
        order by changes.key
    ) as changed_keys
from customer.rule_sets
inner join customer.visible_customers as customers
    on rule_sets.customer_id = customers.customer_id;
comment on view watch.rule_sets is
'Every version of a customer''s rules: since when, until when, by whom, and what it changed.';
