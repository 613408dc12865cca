-- intake.codes_of: the codes of a template with a customer's own and those of grammars that it
-- borrows from other templates.
--
-- One row per grammar and code, in lower case and Unicode form C; of two with one text the
-- customer's own counts. A code that names no grammar is of the template's, else of the
-- customer's only one.

create function intake.codes_of(template jsonb, overrides jsonb)
returns table (grammar text, code text, reason text, is_doubtful boolean)
language sql stable
as $$
    with

    names as (
        select coalesce(
            (
                select min(name)
                from jsonb_object_keys(codes_of.template -> 'grammars') as name
            ),
            (
                select min(name)
                from jsonb_object_keys(codes_of.overrides -> 'grammars') as name
                having count(*) = 1
            )
        ) as usual_name
    ),

    given as (
        select
            entry,
            coalesce(entry ->> 'grammar', names.usual_name) as name,
            1 as rank
        from names
        cross join jsonb_array_elements(codes_of.overrides -> 'codes') as entry
        union all
        select
            entry,
            coalesce(entry ->> 'grammar', names.usual_name) as name,
            2 as rank
        from names
        cross join jsonb_array_elements(codes_of.template -> 'codes') as entry
        union all
        select
            entry,
            own.key as name,
            3 as rank
        from jsonb_each(codes_of.overrides -> 'grammars') as own
        inner join customer.templates
            on own.value = '"template"' and templates.rules -> 'grammars' ? own.key
        cross join jsonb_array_elements(templates.rules -> 'codes') as entry
    ),

    plain as (
        select
            given.name,
            lower(intake.plain_text(given.entry ->> 'code') collate "und-x-icu") as code,
            given.entry ->> 'reason' as reason,
            coalesce((given.entry ->> 'doubtful')::boolean, false) as is_doubtful,
            given.rank
        from given
    )

    select distinct on (plain.name, plain.code)
        plain.name,
        plain.code,
        plain.reason,
        plain.is_doubtful
    from plain
    order by plain.name, plain.code, plain.rank;
$$;
