-- absence.decided: never two absences of one user at one instant (domain P-11).

begin;
\ir ../fixtures/makers.sql
select plan(10);

select pg_temp.anna('{"show_as": {
    "busy": {"reason": "meeting", "kind": "information"},
    "out_of_office": {"reason": "away", "kind": "information"},
    "tentative": {"reason": "lunch", "kind": "open"},
    "working_elsewhere": {"reason": "errand", "kind": "direct"},
    "free": {"reason": "course", "kind": "information"}
}}');

create function pg_temp.decided(out text)
language sql as $$
    select string_agg(
        format(
            '%s %s-%s', booking_keys[1], to_char(starts_at at time zone 'Europe/Stockholm',
            'HH24:MI'), to_char(ends_at at time zone 'Europe/Stockholm', 'HH24:MI')
        ),
        ', ' order by starts_at
    )
    from absence.decided;
$$;

select pg_temp.book('info', '2026-11-23 09:00+01', '2026-11-23 15:00+01');
select pg_temp.book('open', '2026-11-23 10:00+01', '2026-11-23 14:00+01', 'tentative');
select pg_temp.book('direct', '2026-11-23 11:00+01', '2026-11-23 12:00+01', 'working_elsewhere');
select pg_temp.take_in();

select is(
    pg_temp.decided(),
    'info 09:00-10:00, open 10:00-11:00, direct 11:00-12:00, open 12:00-14:00, info 14:00-15:00',
    'direct is stronger than open, and open than information; the weaker keeps its rest'
);

delete from calendar.bookings;
select pg_temp.book('table', '2026-11-23 09:00+01', '2026-11-23 12:00+01', 'out_of_office');
select pg_temp.book(
    'choice', '2026-11-23 10:00+01', '2026-11-23 11:00+01', 'free',
    choice => '{"reason": "sick", "kind": "information"}'
);
select pg_temp.take_in();

select is(
    pg_temp.decided(), 'table 09:00-10:00, choice 10:00-11:00, table 11:00-12:00',
    'of one kind, a choice is stronger than the table whatever the show-as'
);

delete from calendar.bookings;
select pg_temp.book('free', '2026-11-23 09:00+01', '2026-11-23 13:00+01', 'free');
select pg_temp.book('busy', '2026-11-23 10:00+01', '2026-11-23 12:00+01');
select pg_temp.book('out', '2026-11-23 11:00+01', '2026-11-23 14:00+01', 'out_of_office');
select pg_temp.take_in();

select is(
    pg_temp.decided(), 'free 09:00-10:00, busy 10:00-11:00, out 11:00-14:00',
    'of one kind and origin, out of office is stronger than busy, and busy than free'
);

delete from calendar.bookings;
select pg_temp.book('late', '2026-11-23 10:00+01', '2026-11-23 12:00+01');
select pg_temp.book('early', '2026-11-23 09:00+01', '2026-11-23 11:00+01');
select pg_temp.take_in();

select is(
    pg_temp.decided(), 'early 09:00-11:00, late 11:00-12:00', 'then the earlier start decides'
);

delete from calendar.bookings;
select pg_temp.book('b', '2026-11-23 09:00+01', '2026-11-23 12:00+01');
select pg_temp.book('a', '2026-11-23 09:00+01', '2026-11-23 11:00+01');
select pg_temp.take_in();

select is(pg_temp.decided(), 'a 09:00-11:00, b 11:00-12:00', 'then the booking''s id');

delete from calendar.bookings;
select pg_temp.book('inner', '2026-11-23 10:00+01', '2026-11-23 11:00+01');
select pg_temp.book('outer', '2026-11-23 09:00+01', '2026-11-23 12:00+01', 'out_of_office');
select pg_temp.take_in();

select is(pg_temp.decided(), 'outer 09:00-12:00', 'what is wholly covered decides nothing');

delete from calendar.bookings;
select pg_temp.book('first', '2026-11-23 09:00+01', '2026-11-23 10:00+01');
select pg_temp.book('second', '2026-11-23 10:00+01', '2026-11-23 11:00+01');
select pg_temp.take_in();

select is(
    pg_temp.decided(), 'first 09:00-10:00, second 10:00-11:00',
    'two bookings that touch are two absences'
);

-- Parts of one booking that touch are one.
select pg_temp.customer('one-x', '{"office_hours_only": true, "office_hours":
    {"mon": "00:00-24:00", "tue": "00:00-24:00"}}');
delete from calendar.bookings;
select pg_temp.book('night', '2026-11-23 22:00+01', '2026-11-24 06:00+01');
select pg_temp.take_in();

select is(pg_temp.decided(), 'night 22:00-06:00', 'parts of one booking that touch are one');

-- Whatever the bookings: 300 users with up to twelve each, of every show-as, often overlapping.
select pg_temp.customer('one-x', '{"merge_gap": 600, "show_as": {
    "busy": {"reason": "meeting", "kind": "open"},
    "out_of_office": {"reason": "away", "kind": "direct"},
    "tentative": {"reason": "lunch", "kind": "information"},
    "working_elsewhere": {"reason": "errand", "kind": "direct"},
    "free": {"reason": "course", "kind": "information"}
}}');
select setseed(0.2026);
delete from calendar.bookings;
delete from staging.roster;
select pg_temp.stage_user('user' || number, (1000 + number)::text)
from generate_series(1, 300) as number;
select pg_temp.take_in_roster('2026-11-03 08:00+01');
select
    pg_temp.book(
        'b' || number, start_at, start_at + (random() * 20)::integer * interval '10 minutes',
        (enum_range(null::customer.show_as))[1 + floor(random() * 5)::integer],
        user_id => users.user_id
    )
from roster.users
cross join generate_series(1, 12) as number
cross join
    lateral (
        select
            timestamptz '2026-11-23 08:00+01'
            + (random() * 60 + 0 * number)::integer * interval '10 minutes' as start_at
    ) as times
where users.is_active;
select pg_temp.take_in();

select is_empty(
    $$ select one.user_id, one.starts_at, other.starts_at
       from absence.decided as one
       inner join absence.decided as other
           on one.customer_id = other.customer_id
           and one.user_id = other.user_id
           and (one.starts_at, one.ends_at) < (other.starts_at, other.ends_at)
           and tstzrange(one.starts_at, one.ends_at) && tstzrange(other.starts_at,
           other.ends_at) $$,
    'never two at one instant, whatever the bookings'
);
select bag_eq(
    $$ select user_id, range_agg(tstzrange(starts_at, ends_at))
       from absence.decided group by user_id $$,
    $$ select user_id, range_agg(tstzrange(starts_at, ends_at))
       from absence.spells group by user_id $$,
    'and what is decided is all the time that the spells have'
);

select * from finish();
rollback;
