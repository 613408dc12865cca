-- DBAs read \d+: schemas, and every table and column of audit and ledger, say what they are.

begin;
\ir ../fixtures/schemas.sql
select plan(4);

select is_empty(
    $$ select nspname from pg_namespace
       inner join schemas on nspname = schema_name
       where obj_description(pg_namespace.oid, 'pg_namespace') is null $$,
    'every schema says what it holds'
);
select is_empty(
    $$ select name from relations
       where relkind in ('r', 'v') and schema_name in ('audit', 'watch', 'ledger', 'billing')
           and obj_description(oid, 'pg_class') is null $$,
    'every table of audit and ledger and every view of watch and billing says what a row is'
);
select is_empty(
    $$ select name, attname from relations
       inner join pg_attribute on attrelid = relations.oid and attnum > 0 and not attisdropped
       where relkind = 'r' and schema_name in ('audit', 'ledger')
           and col_description(relations.oid, attnum) is null $$,
    'every column of audit and ledger says what it means'
);
select is_empty(
    $$ select rolname from pg_roles
       where rolname ~ '^kk_' and rolname !~ '^kk_test'
           and shobj_description(oid, 'pg_authid') is null $$,
    'every role says what it is for'
);

select * from finish();
rollback;
