-- intake.grammars_of: the grammars of a template with a customer's own, by name.
--
-- A customer's own is a definition, or the word template: the grammar of that name, from the
-- template that has it, so that two systems' codes may be used at once. Null where none has.

create function intake.grammars_of(template jsonb, overrides jsonb)
returns jsonb
language sql stable
as $$
    select grammars_of.template -> 'grammars' || coalesce(
        (
            select jsonb_object_agg(
                own.key,
                case
                    when own.value <> '"template"' then own.value
                    else (
                        select templates.rules -> 'grammars' -> own.key
                        from customer.templates
                        where templates.rules -> 'grammars' ? own.key
                        order by templates.system
                        limit 1
                    )
                end
            )
            from jsonb_each(grammars_of.overrides -> 'grammars') as own
        ),
        '{}'
    );
$$;
