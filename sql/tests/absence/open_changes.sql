-- A written plan: what is open of it, in parts of whole users, and whom the limits hold back.

begin;
\ir ../fixtures/makers.sql
select plan(14);

select pg_temp.customer();
select pg_temp.stage_user('user' || number, (100 + number)::text)
from generate_series(1, 5) as number;
select pg_temp.take_in_roster();
delete from calendar.touched;

create function pg_temp.content(extension text, day integer)
returns jsonb
language sql as $$
    select jsonb_build_object(
        'extension', extension, 'kind', 'direct', 'reason', 'meeting',
        'announced_reason', 'meeting', 'starts_at', '2026-11-23 08:00Z'::timestamptz + day
        * interval '1 day', 'ends_at', '2026-11-23 09:00Z'::timestamptz + day * interval '1 day',
        'back_at', '2026-11-23 09:00Z'::timestamptz + day * interval '1 day', 'target',
        'announcement', 'ring_seconds', 15
    );
$$;
insert into audit.changes (
    customer_id, user_id, run_id, planned_at, absence_key, action, before, after, booking_keys,
    booking_marks, is_guarded
)
select
    1, user_id, 1, '2026-11-20 12:00+01', gen_random_uuid(), action::audit.action,
    case when action <> 'create' then pg_temp.content(before, day) end,
    case when action <> 'withdraw' then pg_temp.content(after, day) end, '{b}', '{m}', false
from (
    values
    (1, 'create', null, '101', 1), (1, 'create', null, '101', 2), (2, 'create', null, '102', 1),
    (3, 'update', '103', '104', 1), (4, 'withdraw', '104', null, 1), (5, 'create', null, '105', 1),
    (5, 'withdraw', '105', null, 2)
) as given (user_id, action, before, after, day);

create function pg_temp.open(
    after bigint, count bigint, named bigint[] default null, without bigint[] default '{}'
)
returns bigint[]
language sql as $$
    select array_agg(user_id)
    from absence.open_changes(1, 1, '2026-11-20 12:00+01', after, count, named, without);
$$;

select is(pg_temp.open(0, 1), '{1,1}', 'a user is whole in a part');
select is(pg_temp.open(0, 3), '{1,1,2}', 'a part has at least so many changes');
select is(pg_temp.open(2, 100), '{3,4,5,5}', 'or what is left');
select is(pg_temp.open(5, 100), null, 'until there is nothing');
select is(pg_temp.open(0, 100, '{3,4}'), '{3,4}', 'some users alone');
select is(pg_temp.open(0, 100, null, '{3,4}'), '{1,1,2,5,5}', 'or all others');
select results_eq(
    $$ select before_extension, extension, starts_at, kind::text, is_unconfirmed
       from absence.open_changes(1, 1, '2026-11-20 12:00+01', 2, 2, null, '{}') $$,
    $$ values
        ('103', '104', timestamptz '2026-11-24 08:00Z', 'direct', false),
        ('104', null, null, null, false)
    $$,
    'both sides are told'
);
select set_eq(
    $$ select user_id from absence.sharing_extensions(1, 1, '2026-11-20 12:00+01') $$,
    '{3,4}'::bigint[],
    'an extension goes over between two'
);

select results_eq(
    $$ select * from intake.hold_back(1, 1, '2026-11-20 12:00+01', '{1}', true) $$,
    'values (2::bigint, 0::bigint, 0::bigint, 1::bigint)',
    'a user is held back whole'
);
select results_eq(
    $$ select * from intake.hold_back(1, 1, '2026-11-20 12:00+01', '{5}', false) $$,
    'values (1::bigint, 0::bigint, 1::bigint, 1::bigint)',
    'or goes, where that is known already'
);
select results_eq(
    'select user_id, held_because from audit.changes order by user_id',
    $$ values
        (1::bigint, 'limits'), (1, 'limits'), (2, null), (3, null), (4, null)
    $$,
    'and no other'
);
select intake.touch_planned(1, 1, '2026-11-20 12:00+01');
select set_eq(
    $$ select user_id from calendar.touched where cause = 'planned' $$, '{2,3,4}'::bigint[],
    'who has something planned is marked'
);
select results_eq(
    $$ select * from intake.end_unsent(
        1, 1, '2026-11-20 12:00+01', 2, '{4}', '2026-11-20 12:05+01'
    ) $$,
    'values (3::bigint, 1::bigint)',
    'what was not sent is ended, of whom it was not sent'
);
select set_eq(
    $$ select user_id from audit.changes where outcome = 'not_carried_out' $$, '{3}'::bigint[],
    'and no other'
);

select * from finish();
rollback;
