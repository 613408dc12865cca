-- What makes it possible to keep each customer on a node of its own (design principle 11): asked
-- of one customer, PostgreSQL reads that customer's rows alone, of every table. A join, a window,
-- a group or a materialized query that forgot the customer would keep it from that.

begin;
\ir ../fixtures/makers.sql
\ir ../fixtures/schemas.sql
select plan(5);
reset role;
-- How each scan of a customer's table in a query finds its rows. Whether an `exists` that carries
-- the customer is looked up row by row, or read whole once and hashed, is the planner's choice.
create function pg_temp.scans(query text)
returns table (scanned text, alias text, condition text, is_looked_up boolean)
language plpgsql as $$
declare
    plan json;
begin
    execute 'explain (format json, verbose) ' || query into plan;
    return query
    with recursive

    nodes as (
        select
            plan::jsonb #> '{0,Plan}' as node,
            false as is_looked_up
        union all
        select
            parts.node,
            nodes.is_looked_up or parts.node ->> 'Parent Relationship' = 'SubPlan'
        from nodes
        cross join lateral jsonb_array_elements(nodes.node -> 'Plans') as parts (node)
        where
            parts.node ->> 'Parent Relationship' <> 'SubPlan'
            or strpos(plan::text, format('(hashed %s)', parts.node ->> 'Subplan Name')) = 0
    )

    select
        format('%I.%I', node ->> 'Schema', node ->> 'Relation Name'),
        node ->> 'Alias',
        concat_ws(' and ', node ->> 'Index Cond', node ->> 'Recheck Cond', node ->> 'Filter'),
        nodes.is_looked_up
    from nodes
    inner join pg_attribute
        on attrelid = to_regclass(format('%I.%I', node ->> 'Schema', node ->> 'Relation Name'))
        and attname = 'customer_id'
    where node ? 'Relation Name';
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
    scans.alias,
    scans.condition,
    scans.is_looked_up
from queries
cross join lateral pg_temp.scans(queries.query) as scans;

select
    cmp_ok(
        count(distinct name), '>', 60::bigint, 'views and functions are taken apart: scans are seen'
    )
from queries_scans;
select is_empty(
    $$ select name, scanned, left(condition, 100) from queries_scans as scans
       where condition !~ '\mcustomer_id = ''?42\M'
           and not (is_looked_up and condition ~ '\mcustomer_id = ')
           -- what is looked up beside a row of the customer's
           and not exists (
               select from queries_scans as beside
               where beside.name = scans.name
                   and beside.alias = substring(
                       scans.condition from '\mcustomer_id = (\w+)\.customer_id'
                   )
                   and beside.condition ~ '\mcustomer_id = ''?42\M'
           )
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
