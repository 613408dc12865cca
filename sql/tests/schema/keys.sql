-- The customer is the unit of distribution (design principle 11).

begin;
\ir ../fixtures/schemas.sql
select plan(7);

-- The columns of every primary key, in order. Staging lives for one transaction and has none.
create temporary view keys as
select
    relations.oid,
    relations.name,
    relations.relname,
    relations.schema_name,
    (
        select array_agg(attname::text order by place)
        from unnest(conkey) with ordinality as columns (number, place)
        inner join pg_attribute on attrelid = conrelid and attnum = columns.number
    ) as columns
from relations
left join pg_constraint on conrelid = relations.oid and contype = 'p'
where relkind = 'r' and schema_name <> 'staging';

select is_empty(
    'select name from keys where columns is null', 'every table has a primary key'
);
select is_empty(
    $$ select name from keys
       where relname not in ('templates', 'template_reasons', 'price_lists', 'keys')
           and columns[1] <> case schema_name
               when 'switchboard' then 'customer_key' else 'customer_id'
           end $$,
    'whatever a customer owns begins with the customer'
);
select is_empty(
    $$ select name, keys.columns from keys
       inner join pg_attribute on attrelid = keys.oid and attname = 'user_id'
       where keys.columns[2] is distinct from 'user_id' $$,
    'and goes on with the user where it is per user'
);
select is_empty(
    $$ select relations.name from relations
       inner join pg_attribute on attrelid = relations.oid and attnum = 1
       where schema_name = 'staging' and relkind = 'r' and attname <> 'customer_id' $$,
    'so does what is staged'
);
select is_empty(
    $$ select conname
       from pg_constraint
       inner join relations on conrelid = relations.oid
       inner join pg_attribute on attrelid = conrelid and attnum = conkey[1]
       where contype in ('u', 'x', 'f')
           and attname not in ('customer_id', 'customer_key')
           and relname not in ('templates', 'template_reasons') $$,
    'no constraint spans customers'
);
select is_empty(
    $$ select conname
       from pg_constraint
       inner join relations on conrelid = relations.oid
       cross join lateral (
           select from pg_attribute as mine
           inner join pg_attribute as theirs
               on theirs.attrelid = confrelid and theirs.attnum = confkey[1]
           where mine.attrelid = conrelid and mine.attnum = conkey[1]
               and mine.attname <> theirs.attname
       ) as crossed
       where contype = 'f' $$,
    'every foreign key carries the customer to the customer'
);
select is_empty(
    $$ select pg_class.relname
       from pg_index
       inner join relations on indrelid = relations.oid
       inner join pg_class on indexrelid = pg_class.oid
       inner join pg_attribute on attrelid = indrelid and attnum = indkey[0]
       where attname not in ('customer_id', 'customer_key')
           and relations.relname not in ('templates', 'template_reasons', 'price_lists', 'keys') $$,
    'every index begins with the customer'
);

select * from finish();
rollback;
