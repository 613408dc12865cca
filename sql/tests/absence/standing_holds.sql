-- absence.standing_holds: what a person deleted or changed and still counts (domain P-4).

begin;
\ir ../fixtures/makers.sql
select plan(7);

select pg_temp.anna('{"merge_gap": 300}');
select pg_temp.book('a', '2026-11-23 09:00+01', '2026-11-23 10:00+01');
select pg_temp.book('b', '2026-11-23 10:00+01', '2026-11-23 11:00+01');
select pg_temp.take_in();
insert into telephony.holds (
    customer_id, user_id, absence_key, held_from, cause, starts_at, ends_at, booking_marks
)
select
    1, 1, gen_random_uuid(), '2026-11-20 09:00+01', 'deleted_by_hand', starts_at, ends_at,
    booking_marks
from absence.desired_of(1);

create function pg_temp.stands()
returns boolean
language sql as $$ select exists (select from absence.standing_holds) $$;

select ok(pg_temp.stands(), 'a hold stands while the bookings behind it are as they were');

select pg_temp.book('c', '2026-11-24 09:00+01', '2026-11-24 10:00+01');
select pg_temp.take_in('2026-11-20 10:00+01');
select ok(pg_temp.stands(), 'another booking does not touch it');

select pg_temp.book('b', '2026-11-23 10:00+01', '2026-11-23 11:30+01');
select pg_temp.take_in('2026-11-20 11:00+01');
select ok(not pg_temp.stands(), 'it falls when one of them moves');

select pg_temp.book('b', '2026-11-23 10:00+01', '2026-11-23 11:00+01');
select pg_temp.take_in('2026-11-20 12:00+01');
select ok(pg_temp.stands(), 'and stands again when that is taken back');

select pg_temp.book('a', '2026-11-23 09:00+01', '2026-11-23 10:00+01', 'out_of_office');
select pg_temp.take_in('2026-11-20 13:00+01');
select ok(not pg_temp.stands(), 'it falls when one of them changes');

select pg_temp.book('a', '2026-11-23 09:00+01', '2026-11-23 10:00+01');
select pg_temp.cover();
select pg_temp.take_in('2026-11-20 14:00+01');
select ok(not pg_temp.stands(), 'it falls when one of them vanishes');

select pg_temp.stage_user('anna', '101');
select pg_temp.stage_user('bo', '102');
select pg_temp.take_in_roster('2026-11-20 15:00+01');
select pg_temp.book('b', '2026-11-23 10:00+01', '2026-11-23 11:00+01', user_id => 2);
select pg_temp.take_in('2026-11-20 15:00+01');
select ok(not pg_temp.stands(), 'another user''s booking does not hold it up');

select * from finish();
rollback;
