-- Drops the logic schemas, unless something outside them leans on them.

do $$
declare
    leaning text;
begin
    select string_agg(distinct outside.object, ', ' order by outside.object) into leaning
    from (
        select format('%I.%I', dependent_schema.nspname, dependent.relname) as object
        from pg_depend
        inner join pg_rewrite on pg_depend.objid = pg_rewrite.oid
            and pg_depend.classid = 'pg_rewrite'::regclass
        inner join pg_class as dependent on pg_rewrite.ev_class = dependent.oid
        inner join pg_namespace as dependent_schema on dependent.relnamespace = dependent_schema.oid
        left join pg_class as used on pg_depend.refobjid = used.oid
            and pg_depend.refclassid = 'pg_class'::regclass
        left join pg_proc as called on pg_depend.refobjid = called.oid
            and pg_depend.refclassid = 'pg_proc'::regclass
        inner join pg_namespace as used_schema
            on coalesce(used.relnamespace, called.pronamespace) = used_schema.oid
        where used_schema.nspname in ('intake', 'absence', 'privacy', 'watch', 'billing')
            and dependent_schema.nspname not in ('intake', 'absence', 'privacy', 'watch', 'billing')
    ) as outside;
    if leaning is not null then
        raise exception 'the logic cannot be dropped: % lean on it', leaning
            using hint = 'drop or change these views first, or ask whose they are';
    end if;
end
$$;

drop schema if exists billing cascade;
drop schema if exists watch cascade;
drop schema if exists privacy cascade;
drop schema if exists absence cascade;
drop schema if exists intake cascade;
