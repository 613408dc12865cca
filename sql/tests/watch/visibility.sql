-- Whoever reads sees the customers that customer.readers says, and nobody's where it says nothing.

begin;
\ir ../fixtures/makers.sql
select plan(20);

select pg_temp.customer('trio');
select pg_temp.customer('trio', '{}', 2);
select pg_temp.stage_user('anna', '101');
select pg_temp.take_in_roster();
select pg_temp.stage_user('bo', '201', customer_id => 2);
select pg_temp.take_in_roster(customer_id => 2);
select pg_temp.book('one', '2026-11-23 09:00+01', '2026-11-23 10:00+01', subject => 'SAM: a');
select pg_temp.cover();
select pg_temp.take_in();
select pg_temp.book(
    'two', '2026-11-23 09:00+01', '2026-11-23 10:00+01', subject => 'SAM: b', customer_id => 2
);
select pg_temp.take_in(customer_id => 2);
select pg_temp.place('2026-11-20 09:00+01');
select pg_temp.place('2026-11-20 09:00+01', 2);

reset role;
create role kk_test_first login in role kk_reader;
create role kk_test_both login in role kk_reader;
create role kk_test_nobody login in role kk_reader;
create role kk_test_group nologin in role kk_helpdesk;
create role kk_test_desk login in role kk_test_group;
create role kk_test_everybody login in role kk_reader;
grant kk_all_customers to kk_test_everybody;
create role kk_test_finance login in role kk_finance;
insert into customer.readers
values (1, 'kk_test_first'), (1, 'kk_test_both'), (2, 'kk_test_both'), (2, 'kk_test_group'),
(1, 'kk_test_gone');

-- The customers whose rows a role sees in a query, as their numbers or keys.
create function pg_temp.seen(role name, query text)
returns text
language plpgsql as $$
declare
    told text;
begin
    execute format('set local role %I', role);
    execute format('select string_agg(distinct (%s)::text, '' '' order by (%s)::text) from %s',
        split_part(query, ' of ', 1), split_part(query, ' of ', 1), split_part(query, ' of ', 2))
    into told;
    reset role;
    return coalesce(told, 'none');
end
$$;

select is(pg_temp.seen('kk_test_first', 'customer_key of customer.customers'), 'c1', 'a row');
select is(
    pg_temp.seen('kk_test_first', 'customer_key of watch.explained'), 'c1',
    'a customer''s own DBA sees that customer in a view'
);
select is(pg_temp.seen('kk_test_first', 'customer_id of roster.users'), '1', 'and in a table');
select is(pg_temp.seen('kk_test_first', 'customer_id of customer.rule_sets'), '1', 'and in rules');
select is(pg_temp.seen('kk_test_both', 'customer_key of watch.on_phones'), 'c1 c2', 'or two');
select is(pg_temp.seen('kk_test_both', 'customer_id of roster.users'), '1 2', 'in tables too');
select is(
    pg_temp.seen('kk_test_nobody', 'customer_key of watch.explained'), 'none',
    'whoever is not listed sees nobody'
);
select is(pg_temp.seen('kk_test_nobody', 'customer_id of roster.users'), 'none', 'in no table');
select is(
    pg_temp.seen('kk_test_desk', 'customer_key of watch.explained'), 'c2',
    'a listed group is as good as a listed login'
);
select is(pg_temp.seen('kk_test_desk', 'name of roster.users'), 'Bo', 'and finds a person');
select is(
    pg_temp.seen('kk_test_everybody', 'customer_key of watch.on_phones'), 'c1 c2',
    'whoever runs the program sees all'
);
select is(pg_temp.seen('kk_test_everybody', 'customer_id of roster.users'), '1 2', 'in tables too');
select is(pg_temp.seen('kk_job', 'customer_id of roster.users'), '1 2', 'so do the jobs');

-- A function that tells what it is shown, and is called early for it costs nothing.
create table public.told (tale text);
grant insert on public.told to public;
create function public.tell(tale text) returns boolean
language plpgsql cost 0.0001 as $$
begin
    insert into public.told values (tale);
    return true;
end
$$;
set local role kk_test_first;
select lives_ok(
    'select count(*) from watch.explained where public.tell(booking_key)',
    'watch.explained is read'
);
select lives_ok(
    'select count(*) from watch.on_phones where public.tell(booking_keys[1])',
    'watch.on_phones is read'
);
select lives_ok(
    'select count(*) from roster.users where public.tell(user_key)',
    'roster.users is read'
);
select lives_ok(
    'select count(*) from customer.visible_customers where public.tell(customer_key)',
    'customer.visible_customers is read'
);
reset role;
select set_eq(
    'select tale from public.told', array['one', 'anna', 'c1'], 'no row of another leaks on the way'
);

set local role kk_test_first;
select throws_ok(
    $$ insert into customer.readers values (2, 'kk_test_first') $$, '42501', null,
    'nobody lets himself in'
);
set local role kk_test_finance;
select throws_ok('select * from roster.users', '42501', null, 'finance reads no name');

select * from finish();
rollback;
