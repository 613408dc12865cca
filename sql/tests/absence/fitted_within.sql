-- absence.fitted_within: desired absences, fitted to what people did (principle 8, P-4).

begin;
\ir ../fixtures/makers.sql
select plan(13);

select pg_temp.anna('{"return_time": "leave_end"}');
select pg_temp.book('a', '2026-11-23 09:00+01', '2026-11-23 12:00+01');
select pg_temp.book('b', '2026-11-23 12:00+01', '2026-11-23 13:00+01');
select pg_temp.take_in();

create function pg_temp.fitted(as_of timestamptz default '2026-11-23 08:00+01')
returns text
language sql as $$
    select string_agg(
        format(
            '%s %s-%s back %s%s', booking_keys[1],
            to_char(starts_at at time zone 'Europe/Stockholm', 'HH24:MI'),
            to_char(ends_at at time zone 'Europe/Stockholm', 'HH24:MI'),
            to_char(back_at at time zone 'Europe/Stockholm', 'HH24:MI'),
            ' ' || held_because
        ),
        ', ' order by starts_at
    )
    from absence.fitted_within(1, fitted.as_of);
$$;

select is(pg_temp.fitted(), 'a 09:00-12:00 back 13:00, b 12:00-13:00 back 13:00', 'undisturbed');

select pg_temp.stage_own('lunch', '101', '2026-11-23 11:00+01', '2026-11-23 11:30+01');
select pg_temp.read_back('2026-11-20 09:00+01');

select is(
    pg_temp.fitted(),
    'a 09:00-11:00 back 11:00, a 11:30-12:00 back 13:00, b 12:00-13:00 back 13:00',
    'ours is clipped around a person''s own, and says to be back where it is cut'
);
select is(
    pg_temp.fitted('2026-11-23 11:10+01'),
    'a 11:30-12:00 back 13:00, b 12:00-13:00 back 13:00',
    'of a clipped one only what has not ended'
);
select results_eq(
    $$ select is_clipped from absence.fitted_within(1, '2026-11-23 08:00+01') $$,
    'values (true), (true), (false)',
    'and it is known to be clipped'
);

select pg_temp.stage_own('desk', '101', '2026-11-23 08:00+01', '2026-11-23 12:00+01', 'attendant');
select pg_temp.read_back('2026-11-20 10:00+01');

select is(
    pg_temp.fitted(), 'b 12:00-13:00 back 13:00', 'what an attendant set counts as a person''s own'
);

select pg_temp.read_back('2026-11-20 11:00+01');
select pg_temp.place('2026-11-20 12:00+01');

-- Deleted by hand: the stretch stays free while the booking is as it was.
insert into telephony.holds (
    customer_id, user_id, absence_key, held_from, cause, starts_at, ends_at, booking_marks
)
select
    customer_id, user_id, absence_key, '2026-11-20 13:00+01', 'deleted_by_hand', starts_at,
    ends_at, booking_marks
from telephony.placed where booking_keys = '{a}';
delete from telephony.placed where booking_keys = '{a}';

select is(
    pg_temp.fitted(), 'a 09:00-12:00 back 13:00 deleted_by_hand, b 12:00-13:00 back 13:00',
    'a deleted absence is known as such'
);

-- A booking that joins it later is not held with it.
select pg_temp.customer('one-x', '{"merge_gap": 300}');
select is(
    pg_temp.fitted(), 'a 09:00-12:00 back 12:00 deleted_by_hand, a 12:00-13:00 back 13:00',
    'of a merged absence just the stretch is held that a person deleted'
);
select pg_temp.customer('one-x');

-- Changed by hand: what stands is the person's, and other absences of ours give way to it.
delete from telephony.holds;
select pg_temp.place('2026-11-20 14:00+01');
select pg_temp.stage_placed();
select pg_temp.read_back('2026-11-20 15:00+01');
select pg_temp.stage_placed(edited => 'a', edit => '{"ends_at": "2026-11-23 12:30+01"}');

select is(pg_temp.read_back('2026-11-20 16:00+01'), 1::bigint, 'a change by hand is found');
select is(
    pg_temp.fitted(), 'a 09:00-12:00 back 12:00 changed_by_hand, b 12:30-13:00 back 13:00',
    'ours beside it is clipped around what a person made longer'
);

select pg_temp.book('a', '2026-11-23 09:00+01', '2026-11-23 12:10+01');
select pg_temp.take_in('2026-11-20 17:00+01');

select is(
    pg_temp.fitted(), 'a 09:00-12:10 back 12:10, b 12:10-13:00 back 13:00',
    'when the booking changes it decides again'
);

-- Users and customers apart.
select is_empty(
    $$ select * from absence.fitted_within(1, '2026-11-23 08:00+01', '{2}') $$,
    'only of the users asked for'
);
select is_empty(
    $$ select * from absence.fitted_within(2, '2026-11-23 08:00+01') $$, 'and of no other customer'
);

-- Of two holds on one stretch.
delete from telephony.holds;
delete from telephony.shown;
select pg_temp.place('2026-11-20 18:00+01');
insert into telephony.holds (
    customer_id, user_id, absence_key, held_from, cause, starts_at, ends_at, booking_marks
)
select
    placed.customer_id, placed.user_id, placed.absence_key, holds.held_from, holds.cause,
    placed.starts_at, placed.ends_at, placed.booking_marks
from telephony.placed
cross join (
    values
    (timestamptz '2026-11-20 19:00+01', 'changed_by_hand'),
    (timestamptz '2026-11-20 20:00+01', 'deleted_by_hand')
) as holds (held_from, cause)
where placed.booking_keys = '{a}';
delete from telephony.placed where booking_keys = '{a}';

select is(
    pg_temp.fitted(), 'a 09:00-12:10 back 12:10 deleted_by_hand, b 12:10-13:00 back 13:00',
    'of two holds the later one tells why'
);

select * from finish();
rollback;
