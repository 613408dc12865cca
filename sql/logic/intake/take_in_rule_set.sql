-- intake.take_in_rule_set: makes a new version of a customer's rules, template and overrides
-- resolved, unless it would be the same as the current one. Returns the version in force.
--
-- Overrides replace the template's keys whole; `show_as` is laid over value by value, `grammars`,
-- `codes` and `reasons` are added to the template's. Whoever may be concerned is marked as touched;
-- where something changes that decides what is kept of a booking, all calendars are loaded
-- afresh (domain P-20).

create function intake.take_in_rule_set(
    customer_id bigint, system text, overrides jsonb, at timestamptz, applied_by text
)
returns integer
language plpgsql as $$
#variable_conflict use_column
declare
    template jsonb;
    rules jsonb;
    grammars jsonb;
    current_set customer.rule_sets;
    next_version integer;
    digest text;
    resolved text;
    from_when timestamptz;
begin
    select templates.rules into template
    from customer.templates
    where templates.system = take_in_rule_set.system;
    if not found then
        raise exception 'no template for the system %', take_in_rule_set.system
            using errcode = 'KK003', hint = 'run jobs/deploy-schema, which fills the templates';
    end if;
    grammars := intake.grammars_of(template, overrides);
    if jsonb_path_exists(grammars, '$.* ? (@ == null)') or exists (
        select from intake.codes_of(template, overrides) as codes
        where codes.grammar is null or not grammars ? codes.grammar
    ) then
        raise exception 'the system % has no such grammar for codes', take_in_rule_set.system
            using errcode = 'KK004',
            hint = 'codes need a grammar: of the template, or one under rules.grammars';
    end if;
    rules := template || (overrides - 'show_as' - 'codes' - 'reasons' - 'grammars');

    select rule_sets.* into current_set
    from customer.rule_sets
    where rule_sets.customer_id = take_in_rule_set.customer_id
        and upper_inf(rule_sets.held_during)
    for update;
    resolved := encode(sha256(convert_to(jsonb_build_array(
        take_in_rule_set.system, template, overrides
    )::text, 'UTF8')), 'hex');
    if current_set.resolved_digest = resolved then
        return current_set.rule_set_version;
    end if;

    digest := encode(sha256(convert_to(jsonb_build_array(
        grammars,
        (select jsonb_agg(codes) from intake.codes_of(template, overrides) as codes),
        rules -> 'text', rules -> 'text_chosen_by', rules -> 'private', rules -> 'sync', rules -> 'user_rules'
    )::text, 'UTF8')), 'hex');
    next_version := coalesce(current_set.rule_set_version, 0) + 1;
    -- behind the beginning of the version that it ends, so that each has held
    from_when := greatest(at, lower(current_set.held_during) + interval '1 microsecond');

    update customer.rule_sets
    set held_during = tstzrange(lower(held_during), from_when)
    where rule_sets.customer_id = take_in_rule_set.customer_id
        and rule_sets.rule_set_version = current_set.rule_set_version;

    insert into customer.rule_sets
    select
        take_in_rule_set.customer_id,
        next_version,
        take_in_rule_set.system,
        rules ->> 'sync',
        rules ->> 'private',
        rules ->> 'all_day',
        (rules ->> 'office_hours_only')::boolean,
        make_interval(secs => (rules ->> 'merge_gap')::double precision),
        array(select jsonb_array_elements_text(rules -> 'text')),
        rules ->> 'text_chosen_by',
        (rules ->> 'user_rules')::boolean,
        (rules ->> 'diversion_service_required')::boolean,
        (rules ->> 'enabled_by_default')::boolean,
        rules ->> 'default_reason',
        case (rules ->> 'forwarding')::boolean
            when true then 'direct'
            when false then 'information'
            else (rules ->> 'default_kind')
        end::customer.kind,
        rules ->> 'return_time',
        (rules ->> 'ring_seconds')::integer,
        (rules ->> 'days_ahead')::integer,
        digest,
        resolved,
        overrides,
        tstzrange(from_when, null),
        applied_by;

    perform intake.take_in_rule_rows(
        take_in_rule_set.customer_id, next_version, template, rules, overrides
    );

    if current_set.extraction_digest is distinct from digest then
        perform intake.load_afresh(take_in_rule_set.customer_id, null);
    end if;
    perform intake.touch(take_in_rule_set.customer_id, null, 'rules', at);
    return next_version;
end
$$;
