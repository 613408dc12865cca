-- Who may read something of a customer's reads it under row security, or from a view that asks.

begin;
\ir ../fixtures/schemas.sql
select plan(8);

-- Every table that a customer owns and somebody but the jobs may read, in whole or in part.
create temporary view read_tables as
select
    relations.oid,
    relations.name
from relations
where
    relations.holds = 'state'
    and relations.relkind in ('r', 'p')
    and exists (
        select from pg_attribute
        where pg_attribute.attrelid = relations.oid and pg_attribute.attname = 'customer_id'
    )
    and exists (
        select from unnest(array['kk_reader', 'kk_helpdesk', 'kk_finance', 'kk_pbx']) as role
        where has_any_column_privilege(role, relations.oid, 'select')
    );

select cmp_ok(count(*), '>', 30::bigint, 'there are tables that readers read') from read_tables;
select is_empty(
    $$ select name from read_tables
       where not exists (
           select from pg_class where pg_class.oid = read_tables.oid and relrowsecurity
       ) or (
           select array_agg(polname::text order by polname) from pg_policy
           where polrelid = read_tables.oid
       ) is distinct from array['jobs_see_all', 'readers_see_their_customers'] $$,
    'each of them is secured (customer.secure)'
);
select is_empty(
    $$ select relations.name from relations
       inner join pg_class on relations.oid = pg_class.oid
       where relations.holds = 'state' and relations.relkind in ('r', 'p')
           and schema_name not in ('staging', 'switchboard') and not relrowsecurity
           and not relispartition
           and relations.relname not in ('templates', 'template_reasons', 'price_lists', 'changes',
           'load_failures') $$,
    'and all others too, so that a grant by hand tells nothing; but what COPY fills, and templates'
);
select is_empty(
    $$ select name, grantee.rolname
       from relations
       inner join pg_class on relations.oid = pg_class.oid
       cross join lateral aclexplode(relacl) as granted
       inner join pg_roles as grantee on granted.grantee = grantee.oid
       where relispartition and relations.relkind = 'r'
           and grantee.rolname not in ('kk_owner', 'kk_job') $$,
    'nobody reads a partition past its table'
);

-- Views run with their owner's rights, whom no row is hidden from.
create temporary view read_views as
select
    relations.oid,
    relations.name,
    relations.schema_name,
    array(
        select used.name
        from pg_rewrite
        inner join pg_depend on pg_rewrite.oid = pg_depend.objid
        inner join relations as used on pg_depend.refobjid = used.oid
        where pg_rewrite.ev_class = relations.oid and used.oid <> relations.oid
    ) as used
from relations
where relations.relkind = 'v' and relations.schema_name in ('watch', 'billing');

select is_empty(
    $$ select name from read_views
       inner join pg_class on read_views.oid = pg_class.oid
       where not coalesce('security_barrier=true' = any(reloptions), false) $$,
    'every view of watch and billing is a security barrier'
);
select is_empty(
    $$ select name from read_views where 'customer.customers' = any(used) $$,
    'none reads all customers'
);
select is_empty(
    $$ select name from read_views
       where 'customer.visible_customers' <> all(used)
           and not exists (
               select from read_views as other
               where other.name = any(read_views.used)
           )
           -- prices are the same for all
           and exists (
               select from unnest(used) as one (name)
               inner join pg_attribute
                   on attrelid = one.name::regclass and attname = 'customer_id'
           ) $$,
    'each reads those that may be seen, itself or by another such view'
);

-- What runs with its owner's rights must not be led astray, and is for the jobs alone.
select is_empty(
    $$ select functions.name, role
       from functions
       inner join pg_proc on functions.oid = pg_proc.oid
       cross join unnest(array['kk_reader', 'kk_helpdesk', 'kk_finance', 'public']) as role
       where prosecdef and (
           not coalesce(array_to_string(proconfig, ' ') ~ 'search_path=', false)
           or role <> 'public'
               and has_function_privilege(role, functions.oid, 'execute')
               and has_schema_privilege(role, schema_name::text, 'usage')
       ) $$,
    'functions with the owner''s rights have a search path, and no reader calls one'
);

select * from finish();
rollback;
