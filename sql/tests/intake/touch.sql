-- intake.touch: marks users as to be looked at.

begin;
\ir ../fixtures/makers.sql
select plan(4);

select pg_temp.customer();
select pg_temp.stage_user('anna', '101');
select pg_temp.stage_user('bo', '102');
select pg_temp.stage_user('cia', '103');
select pg_temp.take_in_roster();
select pg_temp.stage_user('anna', '101');
select pg_temp.stage_user('bo', '102');
select pg_temp.take_in_roster('2026-11-02 08:00+01');
delete from calendar.touched;

select intake.touch(1, null, 'rules', '2026-11-20 08:00+01');
select set_eq(
    'select user_id from calendar.touched', array[1, 2]::bigint[],
    'all active ones where none are named'
);
select intake.touch(1, '{1,3}', 'rules', '2026-11-20 09:00+01');
select set_eq(
    'select user_id, since, times from calendar.touched',
    $$ values
        (1::bigint, timestamptz '2026-11-20 08:00+01', 2::bigint), (2, '2026-11-20 08:00+01', 1),
        (3, '2026-11-20 09:00+01', 1)
    $$,
    'whoever is named; a mark made again is counted and keeps its time'
);
select intake.touch(1, '{1}', 'service', '2026-11-20 10:00+01');
select is(count(*), 2::bigint, 'each cause has its mark') from calendar.touched where user_id = 1;
select intake.touch(2, null, 'rules', '2026-11-20 11:00+01');
select is(count(*), 4::bigint, 'another customer has its own users') from calendar.touched;

select * from finish();
rollback;
