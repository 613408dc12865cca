-- intake.judged_settings: what of changed rules can be judged by what is kept of bookings, and
-- what only a fresh load could tell (domain P-20).
--
-- One row: the settings with each key that cannot be judged as it is in force now, and the names
-- of these keys. More text is not kept than the rules show, no code than they look for, and
-- nothing of private bookings that nobody uses; less of each can be judged.

create function intake.judged_settings(customer_id bigint, system text, settings jsonb)
returns table (judged jsonb, not_judged text[])
language sql stable
as $$
    with

    current_set as (
        select
            rule_sets.*,
            templates.rules as template
        from customer.rule_sets
        inner join customer.templates on rule_sets.system = templates.system
        where
            rule_sets.customer_id = judged_settings.customer_id
            and upper_inf(rule_sets.held_during)
    ),

    sides as (
        select
            current_set.template || current_set.settings as old,
            templates.rules || judged_settings.settings as new,
            intake.grammars_of(current_set.template, current_set.settings)
            is not distinct from
            intake.grammars_of(templates.rules, judged_settings.settings) as grammars_alike,
            (
                select jsonb_agg(codes)
                from intake.codes_of(current_set.template, current_set.settings) as codes
            ) is not distinct from (
                select jsonb_agg(codes)
                from intake.codes_of(templates.rules, judged_settings.settings) as codes
            ) as codes_alike
        from current_set
        cross join customer.templates
        where templates.system = judged_settings.system
    ),

    unknown as (
        select
            keys.key,
            keys.old_value
        from sides
        cross join lateral (
            values
            (
                'sync', sides.old -> 'sync',
                sides.old ->> 'sync' = 'show_as' and sides.new ->> 'sync' <> 'show_as'
            ),
            (
                'private', sides.old -> 'private',
                sides.old ->> 'private' = 'never' and sides.new ->> 'private' <> 'never'
            ),
            (
                'text', sides.old -> 'text',
                sides.old -> 'text' <> sides.new -> 'text' and sides.new -> 'text' <> '[]'
            ),
            (
                'text_chosen_by', sides.old -> 'text_chosen_by',
                sides.old -> 'text_chosen_by' <> sides.new -> 'text_chosen_by'
            ),
            (
                'user_rules', sides.old -> 'user_rules',
                case
                    when (sides.old -> 'user_rules')::boolean
                        then
                            not (sides.new -> 'user_rules')::boolean
                            and sides.old ->> 'text_chosen_by' = 'user'
                            and sides.new -> 'text' <> '[]'
                    else
                        (sides.new -> 'user_rules')::boolean
                        and (
                            sides.new ->> 'private' = 'user_choice'
                            or sides.new ->> 'text_chosen_by' = 'user'
                            or sides.old ->> 'sync' = 'show_as'
                        )
                end
            ),
            ('grammars', null, not sides.grammars_alike),
            ('codes', null, not sides.codes_alike)
        ) as keys (key, old_value, is_unknown)
        where keys.is_unknown
    )

    select
        judged_settings.settings || coalesce(
            (
                select jsonb_object_agg(unknown.key, unknown.old_value)
                from unknown
                where unknown.old_value is not null
            ),
            '{}'
        ),
        array(select unknown.key from unknown order by unknown.key);
$$;
