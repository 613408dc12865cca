-- intake.reassert_unknown: what may stand, where nothing can be read, is doubted.

begin;
\ir ../fixtures/makers.sql
select plan(5);

select pg_temp.anna();
insert into audit.runs (customer_id, run_id, mode, scope, as_of, started_at, touched_count)
values (1, 1, 'apply', 'touched', '2026-11-23 08:00+01', '2026-11-23 08:00+01', 1);

create function pg_temp.content(hours int4range)
returns jsonb
language sql as $$
    select jsonb_build_object(
        'extension', '101', 'kind', 'open', 'reason', 'meeting', 'announced_reason', 'meeting',
        'starts_at', '2026-11-23 00:00+01'::timestamptz + lower(hours) * interval '1 hour',
        'ends_at', '2026-11-23 00:00+01'::timestamptz + upper(hours) * interval '1 hour',
        'back_at', '2026-11-23 00:00+01'::timestamptz + upper(hours) * interval '1 hour',
        'target', 'announcement', 'ring_seconds', 15
    );
$$;
create function pg_temp.key_of(number integer)
returns uuid
language sql as $$
    select ('00000000-0000-0000-0000-' || lpad(key_of.number::text, 12, '0'))::uuid;
$$;

-- What is placed from `before`, and a change of it to `after` that nobody answered.
create function pg_temp.lost(
    number integer, action audit.action, before int4range, after int4range
)
returns void
language sql as $$
    insert into telephony.placed (
        customer_id, user_id, absence_key, extension, kind, reason, announced_reason, starts_at,
        ends_at, back_at, target, ring_seconds, booking_keys, booking_marks, acknowledged_at
    )
    select
        1, 1, pg_temp.key_of(number), content.extension, content.kind, content.reason,
        content.announced_reason, content.starts_at, content.ends_at, content.back_at,
        content.target, content.ring_seconds, '{b}', '{m}', '2026-11-23 08:00+01'
    from jsonb_to_record(pg_temp.content(before)) as content (
        extension text, kind customer.kind, reason text, announced_reason text,
        starts_at timestamptz, ends_at timestamptz, back_at timestamptz, target text,
        ring_seconds integer
    )
    where before is not null
    on conflict (customer_id, user_id, absence_key) do nothing;
    insert into audit.changes (
        customer_id, user_id, run_id, planned_at, absence_key, action, before, after,
        booking_keys, booking_marks, is_guarded
    )
    values (
        1, 1, 1, '2026-11-23 08:00+01', pg_temp.key_of(number), action,
        case when before is not null then pg_temp.content(before) end,
        case when after is not null then pg_temp.content(after) end, '{b}', '{m}', false
    );
$$;

create function pg_temp.placed()
returns text
language sql as $$
    select string_agg(
        concat_ws(
            ' ', right(absence_key::text, 1),
            to_char(starts_at at time zone 'Europe/Stockholm', 'HH24') || '-'
            || to_char(ends_at at time zone 'Europe/Stockholm', 'HH24'),
            case when is_unconfirmed then '?' end
        ),
        ', ' order by starts_at, absence_key
    )
    from telephony.placed;
$$;

-- One that is created, one that is withdrawn; two that move on, the first to the other's place.
select pg_temp.lost(1, 'create', null, '[8,9)');
select pg_temp.lost(2, 'withdraw', '[9,10)', null);
select pg_temp.lost(3, 'update', '[10,11)', '[11,12)');
select pg_temp.lost(4, 'update', '[11,12)', '[12,13)');
delete from calendar.touched;

select is(
    intake.reassert_unknown(1, '2026-11-23 08:05+01'), 4::bigint, 'each lost answer is settled'
);
select is(
    pg_temp.placed(), '1 08-09 ?, 2 09-10 ?, 3 10-11 ?, 4 12-13 ?',
    'and each that may stand is doubted, also where it cannot be placed where it may stand'
);
select lives_ok('set constraints all immediate', 'no two are placed at one instant');
select results_eq(
    'select user_id, cause from calendar.touched',
    $$ values (1::bigint, 'settled') $$,
    'whose they are is looked at again'
);
select is(
    intake.reassert_unknown(1, '2026-11-23 08:06+01'), 0::bigint, 'once'
);

select * from finish();
rollback;
