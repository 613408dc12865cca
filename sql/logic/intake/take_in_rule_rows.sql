-- intake.take_in_rule_rows: the parts of a rule set that are rows of their own.

create function intake.take_in_rule_rows(
    customer_id bigint, version integer, template jsonb, rules jsonb, overrides jsonb
)
returns void
language sql as $$
    insert into customer.show_as_rules
    select
        take_in_rule_rows.customer_id,
        take_in_rule_rows.version,
        given.key::customer.show_as,
        row.rule = '"skip"',
        row.rule ->> 'reason',
        (row.rule ->> 'kind')::customer.kind,
        case when overrides -> 'show_as' ? given.key then 'administrator' else 'template' end
    from jsonb_each(template -> 'show_as') as given
    cross join lateral (
        select coalesce(overrides -> 'show_as' -> given.key, given.value) as rule
    ) as row;

    insert into customer.office_hours
    select
        take_in_rule_rows.customer_id,
        take_in_rule_rows.version,
        array_position(array['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], hours.key),
        split_part(hours.value, '-', 1)::interval,
        split_part(hours.value, '-', 2)::interval
    from jsonb_each_text(rules -> 'office_hours') as hours;

    insert into customer.holidays
    select distinct
        take_in_rule_rows.customer_id,
        take_in_rule_rows.version,
        holiday::date
    from jsonb_array_elements_text(rules -> 'holidays') as holiday;

    insert into customer.announced_reasons
    select
        take_in_rule_rows.customer_id,
        take_in_rule_rows.version,
        announced.key,
        announced.value
    from jsonb_each_text(rules -> 'announce_as') as announced;

    insert into customer.reasons
    select
        take_in_rule_rows.customer_id,
        take_in_rule_rows.version,
        reason,
        phone_code,
        label_sv,
        label_no,
        label_en
    from customer.template_reasons
    where system = (
        select rule_sets.system
        from customer.rule_sets
        where rule_sets.customer_id = take_in_rule_rows.customer_id
            and rule_set_version = take_in_rule_rows.version
    )
    and not coalesce(overrides -> 'reasons' ? reason, false)
    union all
    select
        take_in_rule_rows.customer_id,
        take_in_rule_rows.version,
        own.key,
        own.value ->> 'phone_code',
        own.value ->> 'sv',
        own.value ->> 'no',
        own.value ->> 'en'
    from jsonb_each(overrides -> 'reasons') as own;

    insert into customer.grammars
    select
        take_in_rule_rows.customer_id,
        take_in_rule_rows.version,
        grammar.key,
        intake.pattern_of(grammar.value, array_agg(codes.code order by codes.code)),
        case grammar.value ->> 'sign' when 'before' then '{2,3}' else '{1}' end::integer[],
        case grammar.value ->> 'sign' when 'before' then 1 when 'after' then 2 else 0 end,
        (grammar.value ->> 'kind')::customer.kind,
        intake.near_patterns_of(grammar.value, array_agg(codes.code order by codes.code))
    from jsonb_each(intake.grammars_of(template, overrides)) as grammar
    inner join intake.codes_of(template, overrides) as codes on grammar.key = codes.grammar
    group by grammar.key, grammar.value;

    insert into customer.code_signs
    select
        grammars.customer_id,
        grammars.rule_set_version,
        grammars.grammar,
        sign.key,
        sign.value::customer.kind
    from customer.grammars
    inner join jsonb_each(intake.grammars_of(template, overrides)) as grammar
        on grammars.grammar = grammar.key
    cross join lateral jsonb_each_text(grammar.value -> 'signs') as sign
    where
        grammars.customer_id = take_in_rule_rows.customer_id
        and grammars.rule_set_version = take_in_rule_rows.version;

    insert into customer.codes
    select
        take_in_rule_rows.customer_id,
        take_in_rule_rows.version,
        codes.grammar,
        codes.code,
        codes.reason,
        codes.is_doubtful
    from intake.codes_of(template, overrides) as codes;
$$;
