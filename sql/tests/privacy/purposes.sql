-- Nothing is stored without a purpose.

begin;
\ir ../fixtures/schemas.sql
select plan(7);

select is_empty(
    $$ select table_name from privacy.places where purpose is null $$,
    'every table is kept for something: a new one has a row in privacy.purposes'
);
select is_empty(
    $$ select table_name from privacy.purposes
       where table_name not in (select table_name from privacy.places) $$,
    'and no purpose is left of a table that is gone'
);
select is_empty(
    $$ select table_name, purpose from privacy.kept where kept_for is null $$,
    'for every purpose it is told how long'
);
select is_empty(
    $$ select table_name, found_by from privacy.places
       where (found_by = 'user') <> exists (
           select from pg_attribute
           where attrelid = places.oid and attname = 'user_id' and not attisdropped
       ) and found_by <> 'transit' $$,
    'a person is found by number wherever there is one'
);
select is_empty(
    $$ select table_name, attname from privacy.places
       inner join pg_attribute on attrelid = places.oid and attnum > 0 and not attisdropped
       where found_by = 'nothing' and attname ~
           '^(user_key|extension|mail_addresses|name|display_name|address|booking_keys)$'
           and (table_name, attname) <> ('customer.customers', 'name') $$,
    'where nobody is found nothing of a person stands'
);
select is_empty(
    $$ select table_name, erasure, emptied from privacy.places
       where erasure not in ('deleted', 'emptied', 'renamed', 'kept')
           or (erasure = 'emptied') <> (emptied <> '{}')
           or exists (
               select from unnest(emptied) as one (name)
               where not exists (
                   select from pg_attribute
                   where attrelid = places.oid and attname = one.name
                       and (not attnotnull or atttypid in ('jsonb'::regtype, 'text[]'::regtype))
               )
           ) $$,
    'what is emptied can be empty'
);
select is_empty(
    $$ select lower.table_name, higher.table_name
       from pg_constraint
       inner join privacy.places as lower on conrelid = lower.oid
       inner join privacy.places as higher on confrelid = higher.oid
       where contype = 'f' and lower.oid <> higher.oid and lower.height >= higher.height $$,
    'what refers is deleted before what it refers to'
);

select * from finish();
rollback;
