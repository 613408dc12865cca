-- absence.closed_time_within: how long phones are closed that were not, and the other way round.

begin;
\ir ../fixtures/makers.sql
select plan(3);

select pg_temp.anna('{"show_as": {
    "busy": {"reason": "meeting", "kind": "direct"},
    "out_of_office": {"reason": "away", "kind": "information"}
}}');
select pg_temp.stage_user('anna', '101');
select pg_temp.stage_user('bo', '102');
select pg_temp.take_in_roster('2026-11-02 08:00+01');
select pg_temp.book('stays', '2026-11-23 08:00+01', '2026-11-23 10:00+01');
select pg_temp.book('goes', '2026-11-23 11:00+01', '2026-11-23 14:00+01');
select pg_temp.take_in();
select pg_temp.place('2026-11-20 09:00+01');
select results_eq(
    $$ select * from absence.closed_time_within(1, '2026-11-20 09:00+01') $$,
    $$ values (0::double precision, 0::double precision) $$,
    'no time where all stands as it is wanted'
);

delete from calendar.bookings;
select pg_temp.book('stays', '2026-11-23 08:00+01', '2026-11-23 10:30+01');
select pg_temp.book('informs', '2026-11-23 15:00+01', '2026-11-23 19:00+01', 'out_of_office');
select pg_temp.book(
    'bos', '2026-11-23 11:00+01', '2026-11-23 12:00+01', user_id => 2
);
select pg_temp.take_in('2026-11-20 09:30+01');
select results_eq(
    $$ select * from absence.closed_time_within(1, '2026-11-20 09:00+01') $$,
    $$ values (1.5::double precision, 3::double precision) $$,
    'hours of direct diversion that are new, and that are lost, of each user alone'
);
select results_eq(
    $$ select * from absence.closed_time_within(1, '2026-11-23 10:15+01') $$,
    $$ values (1.25::double precision, 3::double precision) $$,
    'from the instant on'
);

select * from finish();
rollback;
