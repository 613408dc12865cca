-- The instant is a parameter: now stands in no view and no function (design principle 3).

begin;
\ir ../fixtures/schemas.sql
select plan(4);

create temporary table clocks (pattern text);
insert into clocks
values (
    '(now|statement_timestamp|transaction_timestamp|clock_timestamp|timeofday)\s*\(|'
    '\m(current_date|current_time|current_timestamp|localtime|localtimestamp)\M|''now'''
);

select is_empty(
    $$ select name from relations, clocks
       where holds = 'logic' and relkind = 'v' and pg_get_viewdef(oid) ~* pattern $$,
    'no view reads the clock'
);
select is_empty(
    $$ select name from functions, clocks
       where holds = 'logic' and body ~* pattern
           and name <> all ('{watch.as_of,intake.forget,intake.close_months}') $$,
    'no function does, but the one that watch compares with, and what forgets: by no instant ahead'
);
select bag_eq(
    $$ select name from functions, clocks
       where holds = 'state' and pg_get_functiondef(oid) ~* pattern $$,
    $$ values
        ('switchboard.absence_route'), ('switchboard.call_route'), ('switchboard.feature_code') $$,
    'but what a PBX asks and hands on, where no other instant is named'
);
select is_empty(
    $$ select relations.name, attname
       from pg_attrdef
       inner join relations on adrelid = relations.oid
       inner join pg_attribute on attrelid = adrelid and attnum = adnum
       cross join clocks
       where pg_get_expr(adbin, adrelid) ~* pattern $$,
    'no column fills itself with the instant'
);

select * from finish();
rollback;
