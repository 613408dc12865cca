-- intake.record_outcomes, intake.converge: what came of a batch, and whose marks go.

begin;
\ir ../fixtures/makers.sql
select plan(12);

select pg_temp.customer();
select pg_temp.stage_user('user' || number, (100 + number)::text)
from generate_series(1, 5) as number;
select pg_temp.take_in_roster();

create function pg_temp.key_of(user_id bigint)
returns uuid
language sql as $$
    select ('00000000-0000-0000-0000-00000000000' || key_of.user_id)::uuid;
$$;
insert into audit.runs (customer_id, run_id, mode, scope, as_of, started_at, touched_count)
values (1, 1, 'apply', 'touched', '2026-11-20 12:00+01', '2026-11-20 12:00+01', 1);
insert into audit.changes (
    customer_id, user_id, run_id, planned_at, absence_key, action, before, after, booking_keys,
    booking_marks, is_guarded, held_because
)
select
    1, user_id, 1, '2026-11-20 12:00+01', pg_temp.key_of(user_id), action::audit.action,
    case when action <> 'create' then '{}'::jsonb end,
    case when action <> 'withdraw' then '{"extension": "101", "kind": "direct", "reason": "meeting",
        "announced_reason": "meeting", "starts_at": "2026-11-23T08:00:00Z", "ends_at":
        "2026-11-23T09:00:00Z", "back_at": "2026-11-23T09:00:00Z", "target": "announcement",
        "ring_seconds": 15}'::jsonb end,
    '{b}', '{m}', false, held_because
from (
    values
    (1, 'create', null), (2, 'update', null), (3, 'withdraw', null), (4, 'create', null),
    (5, 'create', 'limits')
) as given (user_id, action, held_because);
insert into telephony.placed (
    customer_id, user_id, absence_key, extension, kind, reason, announced_reason, starts_at,
    ends_at, back_at, target, ring_seconds, booking_keys, booking_marks, acknowledged_at,
    seen_at, missing_count
)
select
    1, user_id, pg_temp.key_of(user_id), '109', 'information', 'away', 'away',
    '2026-11-23 09:00+01', '2026-11-23 09:30+01', '2026-11-23 09:30+01', 'announcement', 15,
    '{old}', '{old}', '2026-11-20 11:00+01', '2026-11-20 11:30+01', 1
from generate_series(2, 3) as user_id;

select is(
    intake.record_outcomes(
        1, 1, '2026-11-20 12:00+01', '{1,2,3,4,5}', array[
            pg_temp.key_of(1), pg_temp.key_of(2), pg_temp.key_of(3), pg_temp.key_of(4),
            pg_temp.key_of(5)
        ],
        '{done,unchanged,done,failed,done}', '{1,7,null,null,1}', '{null,null,null,refused,null}',
        '2026-11-20 12:05+01'
    ),
    4::bigint,
    'outcomes are written down, of what was not held back'
);
select results_eq(
    'select user_id, outcome::text, failure, ended_at from audit.changes order by user_id',
    $$ values
        (1::bigint, 'done', null::text, timestamptz '2026-11-20 12:05+01'),
        (2, 'unchanged', null, '2026-11-20 12:05+01'), (3, 'done', null, '2026-11-20 12:05+01'),
        (4, 'failed', 'refused', '2026-11-20 12:05+01'), (5, null, null, null)
    $$,
    'each its own'
);
select results_eq(
    $$ select user_id, extension, kind::text, reason, booking_keys, version_tag, acknowledged_at,
        seen_at, missing_count
       from telephony.placed order by user_id $$,
    $$ values
        (1::bigint, '101', 'direct', 'meeting', '{b}'::text[], '1',
            timestamptz '2026-11-20 12:05+01', null::timestamptz, 0),
        (2, '101', 'direct', 'meeting', '{b}', '7', '2026-11-20 12:05+01', '2026-11-20 11:30+01', 0)
    $$,
    'what was acknowledged is placed, and missing no longer; what was withdrawn or failed is not'
);
select is(
    intake.record_outcomes(
        1, 1, '2026-11-20 12:00+01', '{1}', array[pg_temp.key_of(1)], '{failed}', '{null}',
        '{late}', '2026-11-20 12:06+01'
    ),
    0::bigint,
    'an outcome is written once'
);
select is(outcome::text, 'done', 'and stays') from audit.changes where user_id = 1;
select is(
    intake.record_outcomes(
        2, 1, '2026-11-20 12:00+01', '{5}', array[pg_temp.key_of(5)], '{done}', '{1}', '{null}',
        '2026-11-20 12:06+01'
    ),
    0::bigint,
    'another customer''s run changes nothing here'
);

-- Marks.
delete from calendar.touched;
select intake.touch(1, '{1,2,3}', 'booking', '2026-11-20 12:00+01');
select intake.touch(1, '{1}', 'rules', '2026-11-20 12:00+01');
create temporary table seen as select * from calendar.touched;
select intake.touch(1, '{2}', 'booking', '2026-11-20 12:04+01');
select intake.converge(1, array_agg(user_id), array_agg(cause), array_agg(times))
from seen where user_id in (1, 2);
select set_eq(
    'select user_id, cause, times from calendar.touched',
    $$ values (2::bigint, 'booking', 2::bigint), (3, 'booking', 1) $$,
    'the marks that were seen go; one made again since, and another user''s, stay'
);
select intake.converge(2, '{3}', '{booking}', '{1}');
select is(count(*), 2::bigint, 'another customer''s marks stay') from calendar.touched;

-- The horizon.
select pg_temp.book('h1', '2026-12-20 11:30+01', '2026-12-20 13:00+01');
select pg_temp.book('h2', '2026-12-20 12:30+01', '2026-12-20 13:00+01', user_id => 2);
select pg_temp.book('h3', '2026-12-20 13:30+01', '2026-12-20 14:00+01', user_id => 3);
select pg_temp.book('h4', '2026-12-19 13:30+01', '2026-12-20 12:30+01', user_id => 4);
select pg_temp.take_in('2026-11-20 12:10+01');
delete from calendar.touched;
select intake.touch_horizon(1, '2026-11-20 12:00+01');
select is(count(*), 0::bigint, 'the first pass looks at everybody anyway') from calendar.touched;
select intake.touch_horizon(1, '2026-11-20 13:00+01');
select set_eq(
    'select user_id, cause from calendar.touched',
    $$ values (2::bigint, 'horizon'), (4::bigint, 'horizon') $$,
    'whoever has a booking begin or end on the stretch that came within the horizon is touched'
);
delete from calendar.touched;
select intake.touch_horizon(1, '2026-11-20 13:00+01');
select is(
    (select count(*) from calendar.touched where user_id = 3), 0::bigint,
    'nobody whose bookings are all still beyond it'
);

select pg_temp.customer('one-x', '{"office_hours_only": true}', at => '2026-11-20 13:00+01');
delete from calendar.touched;
select intake.touch_horizon(1, '2026-11-20 12:00+01');
select intake.touch_horizon(1, '2026-11-20 13:00+01');
select set_eq(
    'select user_id from calendar.touched', array[1, 2, 4]::bigint[],
    'where absences are in parts, also whoever has one going on'
);

select * from finish();
rollback;
