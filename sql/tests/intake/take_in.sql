-- intake.take_in: what a load staged becomes the current bookings (design principle 5).

begin;
\ir ../fixtures/makers.sql
select plan(36);

select pg_temp.customer();
select pg_temp.stage_user('anna', '101', sources => '{one,two}', addresses => '{first,second}');
select pg_temp.stage_user('bo', '102');
select pg_temp.take_in_roster();

create function pg_temp.stored()
returns text
language sql as $$
    select string_agg(booking_key, ' ' order by user_id, calendar_id, resource_key, booking_key)
    from calendar.bookings;
$$;

-- Added, unchanged, changed; versions and marks.
select pg_temp.book('a', '2026-11-23 09:00+01', '2026-11-23 10:00+01');
select pg_temp.book('b', '2026-11-23 11:00+01', '2026-11-23 12:00+01');
delete from calendar.touched;
select is(pg_temp.take_in('2026-11-20 08:00+01'), '{2,0,0}', 'new bookings are added');
select results_eq(
    'select user_id, cause, since, times from calendar.touched',
    $$ values (1::bigint, 'booking', timestamptz '2026-11-20 08:00+01', 1::bigint) $$,
    'and their user is touched, nobody else'
);
select is(count(*), 0::bigint, 'what was staged is gone') from staging.bookings;

select pg_temp.book('a', '2026-11-23 09:00+01', '2026-11-23 10:00+01');
select pg_temp.cover(scope => 'a');
delete from calendar.touched;
select is(pg_temp.take_in('2026-11-20 08:30+01'), '{0,0,0}', 'the same again is no change');
select is(count(*), 0::bigint, 'and touches nobody') from calendar.touched;
select
    is(
        held_from, timestamptz '2026-11-20 08:00+01', 'and the row holds from when it came'
    )
from calendar.bookings where booking_key = 'a';

select pg_temp.book('a', '2026-11-23 09:30+01', '2026-11-23 10:30+01');
select is(pg_temp.take_in('2026-11-20 09:00+01'), '{0,1,0}', 'another time is a change');
select results_eq(
    $$ select booking_key, starts_at, held_during, ended_by from calendar.booking_versions $$,
    $$ values ('a', timestamptz '2026-11-23 09:00+01',
        tstzrange('2026-11-20 08:00+01', '2026-11-20 09:00+01'), 'changed') $$,
    'how it stood is kept, with the time that it held'
);
select
    is(
        held_from, timestamptz '2026-11-20 09:00+01', 'and what stands holds from then'
    )
from calendar.bookings where booking_key = 'a';
select is(times, 1::bigint, 'the user is touched') from calendar.touched;
select pg_temp.book('a', '2026-11-23 09:45+01', '2026-11-23 10:30+01');
select pg_temp.take_in('2026-11-20 09:10+01');
select results_eq(
    'select since, times from calendar.touched',
    $$ values (timestamptz '2026-11-20 09:00+01', 2::bigint) $$,
    'and again: counted, since the first time'
);

-- Vanished within what was covered whole.
select pg_temp.cover();
select pg_temp.book('b', '2026-11-23 11:00+01', '2026-11-23 12:00+01');
select is(
    pg_temp.take_in('2026-11-20 10:00+01'), '{0,0,1}', 'what a whole load leaves out has vanished'
);
select is(pg_temp.stored(), 'b', 'and is gone');
select results_eq(
    $$ select upper(held_during) from calendar.booking_versions where ended_by = 'vanished' $$,
    $$ values (timestamptz '2026-11-20 10:00+01') $$,
    'and kept as a version'
);

-- Only of the calendar, the resources and the window that were covered.
select pg_temp.book('two', '2026-11-23 11:00+01', '2026-11-23 12:00+01', calendar_id => 2);
select pg_temp.book('bo', '2026-11-23 11:00+01', '2026-11-23 12:00+01', user_id => 2);
select pg_temp.take_in('2026-11-20 10:10+01');
select pg_temp.cover();
select is(pg_temp.take_in('2026-11-20 10:20+01'), '{0,0,1}', 'of its own calendar');
select is(pg_temp.stored(), 'two bo', 'another calendar''s, and another user''s, stay');

select pg_temp.book('r1', '2026-11-23 09:00+01', '2026-11-23 10:00+01', resource_key => '/work/1');
select pg_temp.book('r1b', '2026-11-24 09:00+01', '2026-11-24 10:00+01', resource_key => '/work/1');
select pg_temp.book('r2', '2026-11-23 09:00+01', '2026-11-23 10:00+01', resource_key => '/work/12');
select pg_temp.book('h1', '2026-11-23 09:00+01', '2026-11-23 10:00+01', resource_key => '/home/1');
select pg_temp.take_in('2026-11-20 10:30+01');
select pg_temp.cover(scope => '/work/1', is_prefix => false);
select pg_temp.book('r1b', '2026-11-24 09:00+01', '2026-11-24 10:00+01', resource_key => '/work/1');
select pg_temp.take_in('2026-11-20 10:40+01');
select is(
    pg_temp.stored(), 'h1 r1b r2 two bo',
    'of one resource, an occurrence may vanish and no other resource'
);
select pg_temp.cover(scope => '/work/');
select pg_temp.take_in('2026-11-20 10:50+01');
select is(pg_temp.stored(), 'h1 two bo', 'of a collection, all that begins with its name');

select pg_temp.book('before', '2026-11-22 08:00+01', '2026-11-23 00:00+01');
select pg_temp.book('across', '2026-11-22 08:00+01', '2026-11-23 00:01+01');
select pg_temp.book('within', '2026-11-24 08:00+01', '2026-11-24 09:00+01');
select pg_temp.book('last', '2026-11-29 23:59+01', '2026-11-30 09:00+01');
select pg_temp.book('after', '2026-11-30 00:00+01', '2026-11-30 09:00+01');
select pg_temp.take_in('2026-11-20 11:00+01');
select pg_temp.cover(window_start => '2026-11-23 00:00+01', window_end => '2026-11-30 00:00+01');
select pg_temp.take_in('2026-11-20 11:10+01');
select is(
    pg_temp.stored(), 'after before two bo',
    'only what overlaps the window: ends after it begins, begins before it ends'
);

-- A window that moved on: what runs out of it stays.
select pg_temp.book('long', '2026-11-20 08:00+01', '2026-12-20 09:00+01');
select pg_temp.take_in('2026-11-20 11:20+01');
select pg_temp.cover(window_start => '2026-12-20 09:00+01', window_end => '2027-02-01 00:00+01');
select pg_temp.take_in('2026-11-20 11:30+01');
select ok(pg_temp.stored() ~ 'long', 'what ended as the window begins has not vanished');

-- Quarantined: what stood stays.
select pg_temp.book('q1', '2026-11-23 09:00+01', '2026-11-23 10:00+01', resource_key => 'broken');
select pg_temp.book(
    's/20261123', '2026-11-23 12:00+01', '2026-11-23 13:00+01', resource_key => 'series'
);
select pg_temp.book(
    's/20261124', '2026-11-24 12:00+01', '2026-11-24 13:00+01', resource_key => 'series'
);
select pg_temp.book(
    'other', '2026-11-24 12:00+01', '2026-11-24 13:00+01', resource_key => 'series'
);
select pg_temp.book('q3', '2026-11-24 14:00+01', '2026-11-24 15:00+01', resource_key => 'degraded');
select pg_temp.cover();
select pg_temp.take_in('2026-11-20 12:00+01');
insert into staging.quarantine values
(1, 1, 1, 1, 'broken', null, 'unreadable', false), (1, 1, 1, 1, 'series', 's', 'no rule', false),
(1, 1, 1, 1, 'degraded', 'q3', 'no zone', true);
select pg_temp.cover();
select pg_temp.take_in('2026-11-20 12:10+01');
select is(
    pg_temp.stored(), 'q1 s/20261123 s/20261124 two bo',
    'a quarantined file keeps its bookings, a quarantined series its occurrences, nothing else'
);
select set_eq(
    'select resource_key, booking_key, is_degraded from calendar.quarantine',
    $$ values ('broken', '', false), ('series', 's', false), ('degraded', 'q3', true) $$,
    'what was not read is known'
);
select pg_temp.cover();
select pg_temp.book('q1', '2026-11-23 09:00+01', '2026-11-23 10:00+01', resource_key => 'broken');
select pg_temp.take_in('2026-11-20 12:20+01');
select is(count(*), 0::bigint, 'what is read again leaves the quarantine') from calendar.quarantine;
select is(pg_temp.stored(), 'q1 two bo', 'and what it held goes, where it is gone');

-- Staging that does not hold what was sent.
select pg_temp.cover();
select throws_ok(
    $$ select * from intake.take_in(1, 1, 2, '2026-11-20 13:00+01') $$,
    'KK002',
    'staging does not hold what was sent; the load is taken back',
    'a stage that lost rows is refused'
);
select is(pg_temp.stored(), 'q1 two bo', 'and nothing has vanished');
delete from staging.coverage;

-- Two of one key, and one that ends before it starts.
select pg_temp.book('twice', '2026-11-25 11:00+01', '2026-11-25 12:00+01');
select pg_temp.book('twice', '2026-11-25 09:00+01', '2026-11-25 10:00+01');
select pg_temp.book('backwards', '2026-11-25 11:00+01', '2026-11-25 10:00+01');
select is(
    pg_temp.take_in('2026-11-20 14:00+01'), '{1,0,0}',
    'of two with one key one counts, backwards none'
);
select is(starts_at, timestamptz '2026-11-25 09:00+01', 'the first by time')
from calendar.bookings where booking_key = 'twice';

select pg_temp.book('twice', '2026-11-25 11:00+01', '2026-11-25 12:00+01');
select pg_temp.book('twice', '2026-11-25 09:00+01', '2026-11-25 10:00+01');
select is(
    pg_temp.take_in('2026-11-20 14:00+01'), '{0,0,0}', 'where that one is stored, nothing changes'
);
select pg_temp.book('twice', '2026-11-25 09:00+01', '2026-11-25 10:00+01');
select pg_temp.book('twice', '2026-11-25 09:00+01', '2026-11-25 10:00+01', 'free');
select pg_temp.take_in('2026-11-20 14:00+01');
select pg_temp.book('twice', '2026-11-25 09:00+01', '2026-11-25 10:00+01', 'free');
select pg_temp.book('twice', '2026-11-25 09:00+01', '2026-11-25 10:00+01');
select is(
    pg_temp.take_in('2026-11-20 14:00+01'), '{0,0,0}',
    'and of two at one time it is always the same one'
);
select pg_temp.book('twice', '2026-11-25 09:00+01', '2026-11-25 10:00+01');
select pg_temp.take_in('2026-11-20 14:00+01');

-- What loads before left in the stage, in front of what this one staged or behind it.
insert into staging.bookings
select
    2, 9, 1, 1, 'other' || n, '', '2026-11-25 09:00+01', '2026-11-25 10:00+01', null, null, 'busy',
    'normal', 'accepted', false, repeat('x', 200), null, null, false, false
from generate_series(1, 2000) as n;
select pg_temp.book('last', '2026-11-25 14:00+01', '2026-11-25 15:00+01');
select is(pg_temp.take_in('2026-11-20 14:00+01'), '{1,0,0}', 'it is found behind them');
select pg_temp.book('front', '2026-11-25 16:00+01', '2026-11-25 17:00+01');
insert into staging.bookings
select
    2, 9, 1, 1, 'other' || n, '', '2026-11-25 09:00+01', '2026-11-25 10:00+01', null, null, 'busy',
    'normal', 'accepted', false, repeat('x', 200), null, null, false, false
from generate_series(1, 2000) as n;
select is(pg_temp.take_in('2026-11-20 14:00+01'), '{1,0,0}', 'and in front of them');
delete from staging.bookings;
select pg_temp.cover();
select pg_temp.book('q1', '2026-11-23 09:00+01', '2026-11-23 10:00+01', resource_key => 'broken');
select pg_temp.book('twice', '2026-11-25 09:00+01', '2026-11-25 10:00+01');
select pg_temp.take_in('2026-11-20 14:00+01');
delete from calendar.booking_versions;

-- At one instant twice, and by a clock that went back.
select pg_temp.book('twice', '2026-11-25 09:05+01', '2026-11-25 10:00+01');
select pg_temp.take_in('2026-11-20 14:00+01');
select pg_temp.book('twice', '2026-11-25 09:10+01', '2026-11-25 10:00+01');
select pg_temp.take_in('2026-11-20 13:59+01');
select results_eq(
    $$ select held_during from calendar.booking_versions where booking_key = 'twice' order by 1 $$,
    $$ values
        (tstzrange('2026-11-20 14:00+01', '2026-11-20 14:00:00.000001+01')),
        (tstzrange('2026-11-20 14:00:00.000001+01', '2026-11-20 14:00:00.000002+01')) $$,
    'what came and went at one instant held for the shortest time there is'
);
select
    is(
        held_from, timestamptz '2026-11-20 14:00:00.000002+01', 'and time never runs backwards'
    )
from calendar.bookings where booking_key = 'twice';

-- A calendar that is not in the roster.
select pg_temp.book('x', '2026-11-23 09:00+01', '2026-11-23 10:00+01', calendar_id => 3);
select throws_ok(
    $$ select * from intake.take_in(1, 1, 1, '2026-11-20 14:00+01') $$, '23503', null,
    'bookings of a calendar that nobody knows are refused'
);
delete from staging.bookings;

-- Another customer's stage is not taken.
select pg_temp.customer(customer_id => 2);
insert into staging.coverage values
(2, 1, 1, 1, '', true, '2026-11-01 00:00+01', '2027-03-01 00:00+01');
select pg_temp.take_in('2026-11-20 15:00+01', customer_id => 2);
select is(pg_temp.stored(), 'q1 twice two bo', 'another customer''s load leaves ours alone');

select * from finish();
rollback;
