-- A schema holds state or logic, never both (design principle 1).

begin;
\ir ../fixtures/schemas.sql
select plan(8);

select set_eq(
    $$ select nspname from pg_namespace
       where nspname !~ '^pg_' and nspname not in ('public', 'information_schema', 'sqitch') $$,
    'select schema_name from schemas',
    'there are no schemas but those that are known'
);
select is_empty(
    $$ select name from relations where holds = 'logic' and relkind not in ('v', 'c') $$,
    'logic has no table, sequence or index'
);
select is_empty(
    $$ select name from relations
       where holds = 'state' and relkind not in ('r', 'i')
           and name not in ('switchboard.in_force', 'customer.visible_customers') $$,
    'state has no view but what a PBX reads and what row security asks'
);
select bag_eq(
    $$ select name from functions where holds = 'state' $$,
    $$ values
        ('switchboard.count_version'), ('switchboard.absence_route'), ('switchboard.apply_batch'),
        ('switchboard.call_route'), ('switchboard.feature_code'), ('switchboard.uri_escaped'),
        ('customer.secure')
    $$,
    'state has no function but triggers, what a telephone side calls, and what secures tables'
);
select is_empty(
    $$ select name from relations where relkind = 'S' $$,
    'there is no sequence: none spans customers'
);
select is_empty(
    $$ select tgname from pg_trigger
       where not tgisinternal and tgrelid in (select oid from relations)
           and tgname <> 'absences_count_version' $$,
    'history is written by statements, not by triggers'
);
select is_empty(
    $$ select used.name, user_of.name
       from pg_depend
       inner join relations as used on pg_depend.refobjid = used.oid
       inner join pg_rewrite on pg_depend.objid = pg_rewrite.oid
       inner join relations as user_of on pg_rewrite.ev_class = user_of.oid
       where used.holds = 'logic' and user_of.holds = 'state' $$,
    'state leans on no logic'
);
select is_empty(
    $$ select one.name, other.name
       from pg_depend
       inner join relations as one on pg_depend.refobjid = one.oid
       inner join pg_constraint on pg_depend.objid = pg_constraint.oid
       inner join relations as other on pg_constraint.conrelid = other.oid
       where (one.schema_name = 'switchboard') <> (other.schema_name = 'switchboard') $$,
    'the switchboard leans on no other schema, nor one on it'
);

select * from finish();
rollback;
