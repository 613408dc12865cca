-- absence.differences_within: how what is wanted differs from what was placed (principle 7).

begin;
\ir ../fixtures/makers.sql
\ir ../fixtures/differences.sql
select plan(30);

select pg_temp.anna();
select pg_temp.book('a', '2026-11-23 09:00+01', '2026-11-23 10:00+01');
select pg_temp.book('b', '2026-11-23 11:00+01', '2026-11-23 12:00+01');
select pg_temp.take_in();

select is(
    pg_temp.differences(), 'create 23T09:00-10:00, create 23T11:00-12:00',
    'what is not placed is to be created'
);
select results_eq(
    $$ select user_key, absence_key, extension, kind::text, reason, announced_reason, back_at,
        target, ring_seconds, booking_keys, held_because
       from absence.differences_within(1, '2026-11-23 10:30+01') $$,
    $$ values ('anna', null::uuid, '101', 'information', 'meeting', 'meeting',
        timestamptz '2026-11-23 12:00+01', 'announcement', 15, '{b}'::text[], null::text) $$,
    'with everything that the telephone side must know'
);

select pg_temp.place('2026-11-20 12:00+01');
create temporary table first_keys as
select booking_keys[1] as booking_key, absence_key from telephony.placed;

select is(pg_temp.differences(), null, 'a second look finds nothing to do');
select is(pg_temp.differences('2026-11-23 09:30+01'), null, 'nor while one runs');
select is(pg_temp.differences('2026-11-23 10:00+01'), null, 'nor when it has ended');

-- Moved, longer, another day.
select pg_temp.book('a', '2026-11-23 09:15+01', '2026-11-23 10:30+01');
select pg_temp.take_in('2026-11-20 09:00+01');
select is(
    pg_temp.differences(), 'update 23T09:00-10:00 to 23T09:15-10:30',
    'a moved booking is one update'
);

select pg_temp.book('a', '2026-11-25 09:00+01', '2026-11-25 10:00+01');
select pg_temp.take_in('2026-11-20 09:01+01');
select is(
    pg_temp.differences(), 'update 23T09:00-10:00 to 25T09:00-10:00', 'also to another day'
);

select pg_temp.book('a', '2026-11-23 11:00+01', '2026-11-23 12:00+01');
select pg_temp.book('b', '2026-11-23 09:00+01', '2026-11-23 10:00+01');
select pg_temp.take_in('2026-11-20 09:02+01');
select is(
    pg_temp.differences(),
    'adopt 23T09:00-10:00 to 23T09:00-10:00, adopt 23T11:00-12:00 to 23T11:00-12:00',
    'two that swap places change nothing on the telephone side'
);

select pg_temp.book('a', '2026-11-23 11:00+01', '2026-11-23 12:00+01', 'out_of_office');
select pg_temp.book('b', '2026-11-23 09:00+01', '2026-11-23 10:00+01');
select pg_temp.take_in('2026-11-20 09:03+01');
select results_eq(
    $$ select booking_keys[1], absence_key, reason
       from absence.differences_within(1, '2026-11-20 12:00+01')
       where reason <> before_reason $$,
    $$ select 'a', absence_key, 'away' from first_keys where booking_key = 'b' $$,
    'of two that swap places where one changes as well, that one alone is an update'
);

select pg_temp.book('a', '2026-11-23 11:00+01', '2026-11-23 12:00+01');
select pg_temp.book('b', '2026-11-23 13:00+01', '2026-11-23 14:00+01');
select pg_temp.take_in('2026-11-20 09:03:30+01');
select is(
    pg_temp.differences(),
    'update 23T09:00-10:00 to 23T13:00-14:00, adopt 23T11:00-12:00 to 23T11:00-12:00',
    'a row of meetings that all move up is one update'
);

select pg_temp.book('a', '2026-11-23 11:00+01', '2026-11-23 12:00+01');
select pg_temp.book('c', '2026-11-23 13:00+01', '2026-11-23 14:00+01');
select pg_temp.cover();
select pg_temp.take_in('2026-11-20 09:03:40+01');
select is(
    pg_temp.differences(),
    'withdraw 23T09:00-10:00, adopt 23T11:00-12:00 to 23T11:00-12:00, create 23T13:00-14:00',
    'one booking gone and another new is a withdrawal and a creation'
);

-- A weekly series whose occurrences all move by a day, the first onto no old place.
select
    pg_temp.book(
        's/' || to_char(day, 'YYYYMMDD') || 'T080000Z', day + interval '9 hours',
        day + interval '10 hours'
    )
from generate_series(timestamptz '2026-11-23 00:00+01', '2026-12-07 00:00+01', '7 days') as day;
select pg_temp.cover();
select pg_temp.take_in('2026-11-20 09:03:50+01');
select pg_temp.place('2026-11-20 12:00+01');
select
    pg_temp.book(
        's/' || to_char(day, 'YYYYMMDD') || 'T080000Z', day + interval '9 hours',
        day + interval '10 hours'
    )
from generate_series(timestamptz '2026-11-24 00:00+01', '2026-12-08 00:00+01', '7 days') as day;
select pg_temp.cover();
select pg_temp.take_in('2026-11-20 09:03:55+01');
select is(
    pg_temp.differences(),
    'update 23T09:00-10:00 to 24T09:00-10:00, update 30T09:00-10:00 to 01T09:00-10:00, '
    'update 07T09:00-10:00 to 08T09:00-10:00',
    'a series that moves whole is one update for each occurrence'
);

-- The same bookings from another calendar system, under other names.
select pg_temp.book('x-b', '2026-11-23 09:00+01', '2026-11-23 10:00+01');
select pg_temp.book('x-a', '2026-11-23 11:00+01', '2026-11-23 12:00+01', 'out_of_office');
select pg_temp.cover();
select pg_temp.take_in('2026-11-20 09:04+01');
select pg_temp.place('2026-11-20 12:00+01');
select pg_temp.book('y-b', '2026-11-23 09:00+01', '2026-11-23 10:00+01');
select pg_temp.book('y-a', '2026-11-23 11:00+01', '2026-11-23 12:00+01', 'out_of_office');
select pg_temp.cover();
select pg_temp.take_in('2026-11-20 09:05+01');

select is(
    pg_temp.differences(),
    'adopt 23T09:00-10:00 to 23T09:00-10:00, adopt 23T11:00-12:00 to 23T11:00-12:00',
    'a change of calendar system changes no phone'
);
select results_eq(
    $$ select absence_key is not null, booking_keys
       from absence.differences_within(1, '2026-11-20 12:00+01') $$,
    $$ values (true, '{y-b}'::text[]), (true, '{y-a}') $$,
    'what stands is told its new bookings'
);

select
    intake.adopt_bookings(1, jsonb_agg(jsonb_build_object(
        'user_id', user_id, 'absence_key', absence_key, 'booking_keys', booking_keys,
        'booking_marks', booking_marks
    )), '2026-11-20 12:00+01')
from absence.differences_within(1, '2026-11-20 12:00+01');
select is(pg_temp.differences(), null, 'once it is told, nothing differs');

-- An absence split in two, and one again.
select pg_temp.book('z', '2026-11-24 09:00+01', '2026-11-24 12:00+01');
select pg_temp.cover();
select pg_temp.take_in('2026-11-20 09:06+01');
select pg_temp.place('2026-11-20 12:00+01');
select is(count(*), 1::bigint, 'vanished ones are withdrawn') from telephony.placed;
select pg_temp.book('short', '2026-11-24 10:00+01', '2026-11-24 10:30+01', 'out_of_office');
select pg_temp.customer('one-x', '{"show_as": {"busy": {"kind": "information"}}}');
select pg_temp.take_in('2026-11-20 09:07+01');
select is(
    pg_temp.differences(),
    'update 24T09:00-12:00 to 24T09:00-10:00, create 24T10:00-10:30, create 24T10:30-12:00',
    'where a stronger one cuts it in two, the first part keeps the absence'
);
select pg_temp.place('2026-11-20 12:00+01');
select pg_temp.book('z', '2026-11-24 09:30+01', '2026-11-24 12:30+01');
select pg_temp.take_in('2026-11-20 09:08+01');
select is(
    pg_temp.differences(),
    'update 24T09:00-10:00 to 24T09:30-10:00, update 24T10:30-12:00 to 24T10:30-12:30',
    'parts of one booking are matched in order'
);

-- A chain that gets another first booking.
delete from telephony.placed;
select pg_temp.customer('one-x', '{"merge_gap": 300}');
select pg_temp.book('m1', '2026-11-24 09:00+01', '2026-11-24 10:00+01');
select pg_temp.book('m2', '2026-11-24 10:00+01', '2026-11-24 11:00+01');
select pg_temp.cover();
select pg_temp.take_in('2026-11-20 09:09+01');
select pg_temp.place('2026-11-20 12:00+01');
select pg_temp.book('m0', '2026-11-24 08:00+01', '2026-11-24 09:00+01');
select pg_temp.take_in('2026-11-20 09:10+01');
select is(
    pg_temp.differences(), 'update 24T09:00-11:00 to 24T08:00-11:00',
    'a chain with another first booking is matched by those that it shares'
);
select pg_temp.place('2026-11-20 12:00+01');
select is(
    pg_temp.differences('2026-11-24 09:00+01'), null, 'a chain of which one ends changes nothing'
);
select is(pg_temp.differences('2026-11-24 10:00+01'), null, 'at no minute of it');

-- What was deleted or changed by hand.
delete from telephony.placed;
select pg_temp.customer('one-x');
select pg_temp.book('h1', '2026-11-24 09:00+01', '2026-11-24 10:00+01');
select pg_temp.book('h2', '2026-11-24 11:00+01', '2026-11-24 12:00+01');
select pg_temp.cover();
select pg_temp.take_in('2026-11-20 09:11+01');
select pg_temp.place('2026-11-20 12:00+01');
select pg_temp.stage_placed();
select pg_temp.read_back('2026-11-20 12:10+01');
select pg_temp.stage_placed(
    without => '{h1}', edited => 'h2',
    edit => '{"ends_at": "2026-11-24 13:00+01"}'
);
select pg_temp.read_back('2026-11-20 12:20+01');
select is(
    pg_temp.differences(), 'update 24T11:00-13:00 to 24T11:00-12:00 changed_by_hand',
    'what a person changed is a difference that is held back'
);
select pg_temp.stage_placed(without => '{h1}');
select pg_temp.read_back('2026-11-20 12:30+01');
select is(
    pg_temp.differences(), 'update 24T11:00-13:00 to 24T11:00-12:00 changed_by_hand',
    'what a person deleted is no difference'
);
select is(
    pg_temp.differences('2026-11-24 12:30+01'), 'withdraw 24T11:00-13:00 changed_by_hand',
    'what a person made longer is held also when nothing is wanted any more'
);
select pg_temp.book('h2', '2026-11-24 11:00+01', '2026-11-24 12:15+01');
select pg_temp.book('h1', '2026-11-24 09:30+01', '2026-11-24 10:00+01');
select pg_temp.take_in('2026-11-20 12:40+01');
select is(
    pg_temp.differences(), 'create 24T09:30-10:00, update 24T11:00-13:00 to 24T11:00-12:15',
    'when the bookings change they decide again'
);

-- A user who leaves, is restricted to, or gets another extension.
select pg_temp.place('2026-11-20 13:00+01');
select pg_temp.stage_user('anna', '109');
select pg_temp.stage_user('bo', '102');
select pg_temp.take_in_roster('2026-11-20 13:00+01');
select pg_temp.book('bo', '2026-11-24 09:00+01', '2026-11-24 10:00+01', user_id => 2);
select pg_temp.take_in('2026-11-20 13:00+01');
select results_eq(
    $$ select before_extension, extension from absence.differences_within(
        1, '2026-11-20 13:00+01', '{1}') $$,
    $$ values ('101', '109'), ('101', '109') $$,
    'another extension is an update, of the users asked for alone'
);
select pg_temp.stage_user('bo', '102');
select pg_temp.take_in_roster('2026-11-20 14:00+01');
select is(
    pg_temp.differences(),
    'withdraw 24T09:30-10:00, withdraw 24T11:00-12:15, create 24T09:00-10:00',
    'whoever leaves the roster has everything withdrawn'
);

-- Whatever the order in which the rows were written, the differences are the same.
select pg_temp.customer('one-x', '{"merge_gap": 300}');
delete from calendar.bookings;
delete from telephony.placed;
select setseed(0.11);
select
    pg_temp.book(
        'o' || number, start_at, start_at + (number % 4 + 1) * interval '20 minutes',
        case number % 3 when 0 then 'out_of_office' else 'busy' end::customer.show_as, user_id => 2
    )
from generate_series(1, 40) as number
cross join lateral (
    select timestamptz '2026-11-23 08:00+01' + number * 7 % 40 * interval '37 minutes' as start_at
) as times;
select pg_temp.take_in('2026-11-20 15:00+01');
select pg_temp.place('2026-11-20 15:00+01');
update calendar.bookings
set
    starts_at = starts_at + interval '11 minutes', ends_at = ends_at + interval '31 minutes',
    mark = sha256(mark)
where right(booking_key, 1)::integer % 2 = 0;
create temporary table written as select * from absence.differences_within(
    1,
    '2026-11-20 15:00+01'
);

create function pg_temp.shuffle()
returns void
language plpgsql as $$
begin
    create temporary table shuffled on commit drop as select * from calendar.bookings;
    delete from calendar.bookings;
    insert into calendar.bookings select * from shuffled order by random();
    drop table shuffled;
    create temporary table shuffled on commit drop as select * from telephony.placed;
    delete from telephony.placed;
    insert into telephony.placed select * from shuffled order by random();
    drop table shuffled;
end
$$;
select pg_temp.shuffle();
select results_eq(
    $$ select * from absence.differences_within(1, '2026-11-20 15:00+01') $$,
    'select * from written',
    'the order in which rows were written does not count'
);
select pg_temp.shuffle();
select results_eq(
    $$ select * from absence.differences_within(1, '2026-11-20 15:00+01') $$,
    'select * from written',
    'nor another order'
);
select cmp_ok(count(*), '>', 10::bigint, 'of which there are many') from written;

select * from finish();
rollback;
