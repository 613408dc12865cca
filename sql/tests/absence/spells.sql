-- absence.spells: stretches that follow one another closely, made one (domain P-10).

begin;
\ir ../fixtures/makers.sql
select plan(9);

select pg_temp.anna('{"merge_gap": 300, "show_as": {
    "busy": {"reason": "meeting", "kind": "direct"},
    "out_of_office": {"reason": "away", "kind": "direct"},
    "tentative": {"reason": "lunch", "kind": "information"}
}}');

select pg_temp.book('a1', '2026-11-23 09:00+01', '2026-11-23 10:00+01');
select pg_temp.book('a2', '2026-11-23 10:05+01', '2026-11-23 11:00+01', 'out_of_office');
select pg_temp.book('a3', '2026-11-23 11:05:01+01', '2026-11-23 12:00+01');
select pg_temp.take_in();

select results_eq(
    $$ select booking_keys, reason, starts_at, ends_at, origin, show_as::text
       from absence.spells order by starts_at $$,
    $$ values
        ('{a1,a2}'::text[], 'meeting', timestamptz '2026-11-23 09:00+01',
            timestamptz '2026-11-23 11:00+01', 1, 'out_of_office'),
        ('{a3}'::text[], 'meeting', timestamptz '2026-11-23 11:05:01+01',
            timestamptz '2026-11-23 12:00+01', 1, 'busy')
    $$,
    'claims five minutes apart are one spell, and one second more makes two'
);
select
    is(
        cardinality(booking_marks), 2, 'a spell names the versions of all that stand behind it'
    )
from absence.spells where booking_key = 'a1';

delete from calendar.bookings;
select pg_temp.book('b1', '2026-11-23 09:00+01', '2026-11-23 12:00+01');
select pg_temp.book('b2', '2026-11-23 09:30+01', '2026-11-23 10:00+01');
select pg_temp.book('b3', '2026-11-23 12:05+01', '2026-11-23 13:00+01');
select pg_temp.take_in();

select results_eq(
    'select booking_keys, starts_at, ends_at from absence.spells',
    $$ values ('{b1,b2,b3}'::text[], timestamptz '2026-11-23 09:00+01',
        timestamptz '2026-11-23 13:00+01') $$,
    'the gap is measured from the latest end so far, not from the end of the one before'
);

delete from calendar.bookings;
select pg_temp.book('c1', '2026-11-23 09:00+01', '2026-11-23 10:00+01', 'out_of_office');
select pg_temp.book('c2', '2026-11-23 09:00+01', '2026-11-23 11:00+01');
select pg_temp.book('c3', '2026-11-23 09:00+01', '2026-11-23 11:00+01', 'out_of_office');
select pg_temp.take_in();

select results_eq(
    'select booking_keys, reason from absence.spells',
    $$ values ('{c2,c3,c1}'::text[], 'meeting') $$,
    'first is the earliest start, then the later end, then the id'
);

delete from calendar.bookings;
select pg_temp.book('d1', '2026-11-23 09:00+01', '2026-11-23 10:00+01');
select pg_temp.book('d2', '2026-11-23 10:00+01', '2026-11-23 11:00+01', 'tentative');
select pg_temp.book('d3', '2026-11-23 11:00+01', '2026-11-23 12:00+01');
select pg_temp.take_in();

select results_eq(
    'select booking_keys, kind::text from absence.spells order by starts_at',
    $$ values ('{d1}'::text[], 'direct'), ('{d2}', 'information'), ('{d3}', 'direct') $$,
    'different kinds are not joined'
);

-- Four in a chain, five minutes between each.
delete from calendar.bookings;
select pg_temp.book('e' || place, start_at, start_at + interval '55 minutes')
from generate_series(1, 4) as place
cross join lateral (
    select timestamptz '2026-11-23 08:00+01' + place * interval '1 hour' as start_at
) as times;
select pg_temp.take_in();

select results_eq(
    'select booking_keys, starts_at, ends_at from absence.spells',
    $$ values ('{e1,e2,e3,e4}'::text[], timestamptz '2026-11-23 09:00+01',
        timestamptz '2026-11-23 12:55+01') $$,
    'a chain of four is one spell'
);

-- A booking in several parts stands behind a spell once.
select pg_temp.customer('one-x', '{"merge_gap": 0, "all_day": "office_hours", "office_hours":
    {"mon": "00:00-24:00", "tue": "00:00-24:00", "wed": "00:00-24:00"}}');
delete from calendar.bookings;
select pg_temp.book_days('days', '2026-11-23', '2026-11-26');
select pg_temp.take_in();

select results_eq(
    'select booking_keys, cardinality(booking_marks), starts_at, ends_at from absence.spells',
    $$ values ('{days}'::text[], 1, timestamptz '2026-11-23 00:00+01',
        timestamptz '2026-11-26 00:00+01') $$,
    'a booking in several parts stands behind a spell once'
);

-- Without a gap nothing is merged.
select pg_temp.customer('one-x');
delete from calendar.bookings;
select pg_temp.book('f1', '2026-11-23 09:00+01', '2026-11-23 10:00+01');
select pg_temp.book('f2', '2026-11-23 10:00+01', '2026-11-23 11:00+01');
select pg_temp.take_in();

select is(count(*), 2::bigint, 'without a merge_gap each stretch is a spell')
from absence.spells;

-- Two users' bookings are never one.
select pg_temp.stage_user('anna', '101');
select pg_temp.stage_user('bo', '102');
select pg_temp.take_in_roster('2026-11-02 08:00+01');
select pg_temp.customer('one-x', '{"merge_gap": 300}');
select pg_temp.book('g1', '2026-11-23 11:00+01', '2026-11-23 12:00+01', user_id => 2);
select pg_temp.take_in();

select results_eq(
    'select user_id, booking_keys from absence.spells order by user_id',
    $$ values (1::bigint, '{f1,f2}'::text[]), (2::bigint, '{g1}'::text[]) $$,
    'users'' bookings are merged apart'
);

select * from finish();
rollback;
