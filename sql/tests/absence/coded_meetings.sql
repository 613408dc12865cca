-- absence.coded_meetings: how many phones a coded booking closes (domain S2-18).

begin;
\ir ../fixtures/makers.sql
select plan(2);

select pg_temp.anna('{"show_as": {"busy": {"kind": "direct"}}, "sync": "codes_first"}', 'trio');
select pg_temp.stage_user('anna', '101');
select pg_temp.stage_user('bo', '102');
select pg_temp.stage_user('cia', '103');
select pg_temp.take_in_roster('2026-11-02 08:00+01');

select
    pg_temp.book(
        'all', '2026-11-23 09:00+01', '2026-11-23 10:00+01', subject => 'SAM: a',
        user_id => user_id
    )
from generate_series(1, 3) as user_id;
select pg_temp.book('one', '2026-11-23 10:00+01', '2026-11-23 11:00+01', subject => 'SAM: b');
select pg_temp.book(
    'one', '2026-11-23 10:00+01', '2026-11-23 11:00+01', subject => 'SAM; b',
    user_id => 2
);
select pg_temp.book(
    'one', '2026-11-23 10:00+01', '2026-11-23 11:00+01', subject => 'SAM: b',
    response => 'declined', user_id => 3
);
select
    pg_temp.book(
        'twice', '2026-11-23 11:00+01', '2026-11-23 12:00+01', subject => 'SAM: c',
        resource_key => resource
    )
from unnest('{a,b}'::text[]) as resource;
select pg_temp.book('informs', '2026-11-23 12:00+01', '2026-11-23 13:00+01', subject => 'SAM; d');
select pg_temp.book('table', '2026-11-23 13:00+01', '2026-11-23 14:00+01', subject => 'e');
select pg_temp.take_in();

select results_eq(
    'select booking_key, phone_count from absence.coded_meetings order by booking_key',
    $$ values ('all', 3::bigint), ('one', 1), ('twice', 1) $$,
    'everybody whose phone the code closes counts, once'
);

select pg_temp.customer('trio', '{}', 2);
select pg_temp.stage_user('dan', '201', customer_id => 2);
select pg_temp.take_in_roster(customer_id => 2);
select pg_temp.book(
    'all', '2026-11-23 09:00+01', '2026-11-23 10:00+01', subject => 'SAM: a',
    customer_id => 2
);
select pg_temp.take_in(customer_id => 2);
select results_eq(
    $$ select customer_id, phone_count from absence.coded_meetings where booking_key = 'all'
       order by customer_id $$,
    $$ values (1::bigint, 3::bigint), (2, 1) $$,
    'of each customer by itself'
);

select * from finish();
rollback;
