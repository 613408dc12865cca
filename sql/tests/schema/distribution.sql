-- What makes it possible to keep each customer on a node of its own (design principle 11): asked
-- of one customer, PostgreSQL reads that customer's rows alone, of every table. A join, a window,
-- a group or a materialized query that forgot the customer would keep it from that.

begin;
\ir ../fixtures/makers.sql
\ir ../fixtures/schemas.sql
select plan(5);
reset role;
-- How each scan of a customer's table in a query finds its rows.
create function pg_temp.scans(query text)
returns table (scanned text, condition text)
language plpgsql as $$
declare
    plan json;
begin
    execute 'explain (format json, verbose) ' || query into plan;
    return query
    select
        format('%I.%I', node ->> 'Schema', node ->> 'Relation Name'),
        concat_ws(' and ', node ->> 'Index Cond', node ->> 'Recheck Cond', node ->> 'Filter')
    from jsonb_path_query(plan::jsonb, 'strict $.**') as node
    inner join pg_attribute
        on attrelid = to_regclass(format('%I.%I', node ->> 'Schema', node ->> 'Relation Name'))
        and attname = 'customer_id'
    where jsonb_typeof(node) = 'object' and node ? 'Relation Name';
end
$$;

create temporary table examples (type text, example text);
insert into examples
values
('timestamptz', '2026-11-20 12:00+01'), ('tstzrange', '[2026-11-20, 2026-11-21)'),
('date', '2026-11-20'), ('bigint', '3'), ('bigint[]', '{3, 4}'), ('integer', '3'), ('text', 'x'),
('text[]', '{x}'), ('uuid[]', '{00000000-0000-0000-0000-000000000001}'), ('boolean', 'true');

create temporary table queries as
select
    relations.name,
    format('select * from %s where customer_id = 42', relations.name) as query
from relations
inner join pg_attribute on attrelid = relations.oid and attname = 'customer_id'
where relations.holds = 'logic' and relations.relkind = 'v'
union all
-- A function in SQL that answers with a set is taken apart as a view is.
select
    functions.name,
    format(
        'select * from %s(42%s)',
        functions.name,
        (
            select
                string_agg(
                    format(', %L::%s', examples.example, arguments.argument::regtype),
                    ''
                    order by arguments.place
                )
            from unnest(pg_proc.proargtypes[1:]) with ordinality as arguments (argument, place)
            left join examples on arguments.argument = examples.type::regtype
        )
    )
from functions
inner join pg_proc on functions.oid = pg_proc.oid
inner join pg_language on pg_proc.prolang = pg_language.oid
where
    functions.holds = 'logic'
    and pg_proc.proargnames[1] = 'customer_id'
    and pg_proc.proretset
    and pg_language.lanname = 'sql'
    and pg_proc.provolatile <> 'v'
    and not pg_proc.prosecdef;

create temporary table queries_scans as
select
    queries.name,
    scans.scanned,
    scans.condition
from queries
cross join lateral pg_temp.scans(queries.query) as scans;

select
    cmp_ok(
        count(distinct name), '>', 60::bigint, 'views and functions are taken apart: scans are seen'
    )
from queries_scans;
select is_empty(
    $$ select name, scanned, condition from queries_scans
       where condition !~ '\mcustomer_id = '
           -- looked up row by row, or read once and whole, as is cheaper
           and condition !~ '^awaited'
           -- what was reckoned before is compared with the invoices, which are few
           and (name, scanned) not in (
               ('billing.draft_lines', 'ledger.invoices'),
               ('billing.draft_invoice_lines', 'ledger.invoices'),
               ('billing.drafts', 'ledger.invoices')
           ) $$,
    'whatever is asked of a customer is read of that customer alone'
);

-- What belongs to a customer has its number in the first column; nothing else has it there.
create temporary view owned as
select
    relations.oid,
    relations.name,
    attname = case schema_name when 'switchboard' then 'customer_key' else 'customer_id' end
        as is_owned
from relations
inner join pg_attribute on attrelid = relations.oid and attnum = 1
where holds = 'state' and relkind = 'r' and schema_name <> 'audit_months';

select set_eq(
    'select name from owned where not is_owned',
    array['customer.keys', 'customer.templates', 'customer.template_reasons', 'ledger.price_lists'],
    'tables that belong to no customer are few and small'
);
select is_empty(
    $$ select conrelid::regclass, conname
       from pg_constraint
       inner join owned on conrelid = owned.oid and is_owned
       left join owned as other on confrelid = other.oid
       where contype in ('p', 'u', 'x', 'f')
           and not (contype = 'f' and not other.is_owned)
           and not exists (
               select from unnest(conkey, confkey) with ordinality as pairs (mine, theirs, place)
               where mine = 1
                   and (contype <> 'f' or theirs = 1)
                   -- btree_gist's and btree's own equality
                   and (
                       contype <> 'x'
                       or (select oprname from pg_operator where oid = conexclop[place]) = '='
                   )
           ) $$,
    'every key, exclusion and reference of a customer''s table carries the customer'
);
select is_empty(
    $$ select conrelid::regclass, conname
       from pg_constraint
       inner join owned on conrelid = owned.oid and not is_owned
       inner join owned as other on confrelid = other.oid and other.is_owned $$,
    'and no table that belongs to no customer leans on one that does'
);

select * from finish();
rollback;
