-- absence.stood_at: what stood on a user's phone at an instant, by what was acknowledged.

begin;
\ir ../fixtures/makers.sql
select plan(8);

select pg_temp.anna();

-- One change of the absence with this number, acknowledged at an instant; from nine to ten.
create function pg_temp.acknowledge(
    number integer,
    run_id bigint,
    at timestamptz,
    reason text,
    outcome audit.outcome default 'done',
    user_id bigint default 1
)
returns void
language sql as $$
    insert into audit.changes (
        customer_id, user_id, run_id, planned_at, absence_key, action, before, after,
        booking_keys, booking_marks, is_guarded, outcome, ended_at
    )
    values (
        1, acknowledge.user_id, acknowledge.run_id,
        timestamptz '2026-11-23 08:00+01' + acknowledge.run_id * interval '10 minutes',
        ('00000000-0000-0000-0000-00000000000' || number)::uuid,
        case when reason is null then 'withdraw' else 'create' end::audit.action,
        case when reason is null then '{}'::jsonb end,
        case when reason is not null then jsonb_build_object(
            'extension', '101', 'kind', 'direct', 'reason', reason,
            'starts_at', '2026-11-23T09:00:00+01:00', 'ends_at', '2026-11-23T10:00:00+01:00',
            'back_at', '2026-11-23T11:00:00+01:00', 'target', 'voicemail'
        ) end,
        array['b' || number], array['m' || number], false, acknowledge.outcome, acknowledge.at
    );
$$;

-- The reasons that callers heard at an instant.
create function pg_temp.heard(at timestamptz, user_id bigint default 1, out text)
language sql as $$
    select string_agg(reason, ', ' order by reason)
    from absence.stood_at(1, heard.user_id, heard.at);
$$;

insert into audit.runs (customer_id, run_id, mode, scope, as_of, started_at, touched_count)
select 1, id, 'apply', 'everybody', start, start, 1
from unnest(array[1, 2, 3]) as id
cross join lateral (select timestamptz '2026-11-23 08:00+01' + id * interval '10 minutes' as start)
    as runs;
select pg_temp.acknowledge(1, 1, '2026-11-23 08:11+01', 'meeting');
select pg_temp.acknowledge(1, 2, '2026-11-23 09:20+01', 'lunch');
select pg_temp.acknowledge(1, 3, '2026-11-23 09:30+01', 'away', 'failed');
select pg_temp.acknowledge(2, 1, '2026-11-23 08:11+01', 'errand', 'found_done');
select pg_temp.acknowledge(2, 2, '2026-11-23 09:40+01', null);
select pg_temp.acknowledge(3, 3, '2026-11-23 09:50+01', 'course', 'unchanged');

select results_eq(
    $$ select origin, extension, kind::text, reason, announced_reason, starts_at, ends_at, back_at,
        target, booking_keys, booking_marks, run_id, planned_at, acknowledged_at
       from absence.stood_at(1, 1, '2026-11-23 09:45+01') $$,
    $$ values ('calendar', '101', 'direct', 'lunch', 'lunch', timestamptz '2026-11-23 09:00+01',
        timestamptz '2026-11-23 10:00+01', timestamptz '2026-11-23 11:00+01', 'voicemail',
        '{b1}'::text[], '{m1}'::text[], 2::bigint, timestamptz '2026-11-23 08:20+01',
        timestamptz '2026-11-23 09:20+01') $$,
    'what the newest acknowledged change left, with who planned it and when'
);
select is(
    array[
        pg_temp.heard('2026-11-23 08:59:59+01'), pg_temp.heard('2026-11-23 09:00+01'),
        pg_temp.heard('2026-11-23 09:20+01'), pg_temp.heard('2026-11-23 09:40+01'),
        pg_temp.heard('2026-11-23 09:50+01'), pg_temp.heard('2026-11-23 10:00+01')
    ],
    array[null, 'errand, meeting', 'errand, lunch', 'lunch', 'course, lunch', null],
    'from its start to its end, from its acknowledgement to the next'
);
select is(pg_temp.heard('2026-11-23 09:30+01', 2), null, 'nothing of other users');

insert into telephony.shown (
    customer_id, user_id, entry_key, extension, origin, kind, reason, announced_reason,
    starts_at, ends_at, back_at, set_at, seen_at
)
values
(
    1, 1, 'own', '101', 'person', 'direct', 'sick', null, '2026-11-24 09:00+01',
    '2026-11-24 10:00+01', null, '2026-11-24 08:30+01', '2026-11-24 08:31+01'
),
(
    1, 1, 'ours', '101', 'calendar', 'direct', 'busy', null, '2026-11-24 09:00+01',
    '2026-11-24 10:00+01', null, '2026-11-24 08:30+01', '2026-11-24 08:31+01'
),
(
    1, 1, 'desk', '101', 'attendant', 'open', 'leave', 'away', '2026-11-24 09:30+01',
    '2026-11-24 10:00+01', '2026-11-25 08:00+01', null, '2026-11-24 08:31+01'
);

select results_eq(
    $$ select origin, kind::text, reason, announced_reason, back_at, booking_keys, acknowledged_at
       from absence.stood_at(1, 1, '2026-11-24 09:30+01') order by origin $$,
    $$ values
        ('attendant', 'open', 'leave', 'away', timestamptz '2026-11-25 08:00+01', '{}'::text[],
            null::timestamptz),
        ('person', 'direct', 'sick', 'sick', '2026-11-24 10:00+01', '{}', '2026-11-24 08:30+01')
    $$,
    'and people''s own, as the last read-back showed them'
);
select is(
    array[
        pg_temp.heard('2026-11-24 08:59:59+01'), pg_temp.heard('2026-11-24 09:00+01'),
        pg_temp.heard('2026-11-24 10:00+01')
    ],
    array[null, 'sick', null],
    'these too from start to end'
);

-- As a person left it.
insert into telephony.placed (
    customer_id, user_id, absence_key, extension, kind, reason, announced_reason, starts_at,
    ends_at, back_at, target, ring_seconds, booking_keys, booking_marks, acknowledged_at
)
values (
    1, 1, '00000000-0000-0000-0000-000000000001', '101', 'open', 'course', 'course',
    '2026-11-23 09:00+01', '2026-11-23 10:45+01', '2026-11-23 10:45+01', 'announcement', 15,
    '{b1}', '{m1}', '2026-11-23 09:20+01'
);
insert into telephony.holds (
    customer_id, user_id, absence_key, held_from, cause, starts_at, ends_at, booking_marks, set_by
)
values (
    1, 1, '00000000-0000-0000-0000-000000000001', '2026-11-23 09:45+01', 'changed_by_hand',
    '2026-11-23 09:00+01', '2026-11-23 10:45+01', '{m1}', 'anna'
);
select results_eq(
    $$ select origin, kind::text, reason, ends_at, booking_keys, run_id, set_by
       from absence.stood_at(1, 1, '2026-11-23 10:15+01') $$,
    $$ values ('calendar', 'open', 'course', timestamptz '2026-11-23 10:45+01', '{b1}'::text[],
        2::bigint, 'anna') $$,
    'what a person changed stands as they left it, and as long'
);
select is(
    pg_temp.heard('2026-11-23 09:44+01'), 'lunch', 'before it was found it is not known'
);
update telephony.placed set acknowledged_at = '2026-11-23 10:20+01', reason = 'away';
select is(
    pg_temp.heard('2026-11-23 09:59+01'), 'course, lunch',
    'and what we changed since says nothing of the time before'
);

select * from finish();
rollback;
