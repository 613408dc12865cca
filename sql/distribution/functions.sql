-- Makes the functions in SQL that read tables ones in PL/pgSQL, with the same statements, on the
-- node that this runs on: Citus plans no parameter of a function in SQL.
--
-- Each statement ends a line by its semicolon. Elsewhere the functions stay as they are, since
-- PostgreSQL takes a function in SQL apart and plans it with the query around it.

begin;
set local client_min_messages = warning;

create function pg_temp.in_plpgsql(function_id oid) returns text
language plpgsql as $$
declare
    source text;
    is_set boolean;
    result_type oid;
    statements text[];
    statement text;
    lines text := '';
    last_number integer;
begin
    select prosrc, proretset, prorettype into source, is_set, result_type
    from pg_proc where oid = function_id;
    select array_agg(trim(E' \n' from part) order by number) into statements
    from regexp_split_to_table(source || E'\n', ';\s*\n') with ordinality as parts (part, number)
    where regexp_replace(part, '--[^\n]*|\s', '', 'g') <> '';
    last_number := cardinality(statements);
    for number in 1..last_number loop
        statement := statements[number];
        if number = last_number and is_set then
            lines := lines || 'return query ' || statement || E';\n';
        elsif number = last_number and result_type <> 'void'::regtype then
            lines := lines || statement || E'\ninto result;\nreturn result;\n';
        elsif statement ~* '^(--[^\n]*\s*)*select\M' then
            lines := lines || 'for done in ' || statement || E'\nloop end loop;\n';
        elsif statement ~* '^(--[^\n]*\s*)*with\M'
            -- the first that stands where statements of a function do, behind what it is made of
            and substring(statement from '\n    (select|insert|update|delete)\M') = 'select' then
            lines := lines || statement || E'\ninto done;\n';
        else
            lines := lines || statement || E';\n';
        end if;
    end loop;
    return format(
        E'#variable_conflict use_column\ndeclare\n    done record;\n%sbegin\n%send\n',
        case
            when not is_set and result_type <> 'void'::regtype
                then format(E'    result %s;\n', format_type(result_type, null))
        end,
        lines
    );
end
$$;

-- A result with a column that is called as an argument is, PL/pgSQL does not have.
do $$
declare
    read_off record;
begin
    for read_off in
        select
            pg_proc.oid,
            pg_proc.prosrc
        from pg_proc
        inner join pg_namespace on pg_proc.pronamespace = pg_namespace.oid
        inner join pg_language on pg_proc.prolang = pg_language.oid
        where
            pg_namespace.nspname in ('intake', 'absence', 'privacy', 'billing', 'watch')
            and pg_language.lanname = 'sql'
            and pg_proc.prosqlbody is null
            and pg_proc.provolatile <> 'i'
            and not exists (
                select from unnest(pg_proc.proargnames) as arguments (argument)
                group by arguments.argument
                having count(*) > 1
            )
    loop
        execute replace(
            replace(pg_get_functiondef(read_off.oid), E'\n LANGUAGE sql', E'\n LANGUAGE plpgsql'),
            read_off.prosrc,
            pg_temp.in_plpgsql(read_off.oid)
        );
    end loop;
end
$$;

commit;
