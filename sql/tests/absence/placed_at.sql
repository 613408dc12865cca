-- absence.placed_at, absence.shown_at: what was believed to stand at an instant, and what was seen.
--
-- Whatever changes a placed absence is done once, and what stands afterwards is written down
-- beside it: every one of these instants must be answered as it was.

begin;
\ir ../fixtures/makers.sql
select plan(10);

select pg_temp.customer();
select pg_temp.stage_user('user' || number, (100 + number)::text)
from generate_series(1, 3) as number;
select pg_temp.take_in_roster();

create temporary table truth (step integer, at timestamptz, side text, content jsonb);

-- The instant of a step, a minute each.
create function pg_temp.step(number integer)
returns timestamptz
language sql as $$
    select timestamptz '2026-11-23 08:00+01' + number * interval '1 minute';
$$;

-- Notes what stands after a step, all of it but what versions do not keep.
create function pg_temp.note(number integer)
returns void
language sql as $$
    insert into truth
    select
        note.number, pg_temp.step(note.number), 'placed',
        to_jsonb(placed) - '{shown_text,version_tag,seen_at,missing_count,held_from}'::text[]
    from telephony.placed
    where placed.customer_id = 1 and placed.ends_at > pg_temp.step(note.number)
    union all
    select
        note.number, pg_temp.step(note.number), 'shown',
        to_jsonb(shown) - '{shown_text,version_tag,seen_at,held_from}'::text[]
    from telephony.shown
    where shown.customer_id = 1 and shown.ends_at > pg_temp.step(note.number);
$$;

-- One change of a user's absence in a run of its own, and what came of it: none is unknown.
create function pg_temp.change(
    number integer,
    user_id bigint,
    action audit.action,
    reason text,
    outcome audit.outcome,
    from_hour integer default 9
)
returns void
language sql as $$
    insert into audit.runs (customer_id, run_id, mode, scope, as_of, started_at, touched_count)
    values (
        1, change.number, 'apply', 'touched', pg_temp.step(change.number),
        pg_temp.step(change.number), 1
    );
    insert into audit.changes (
        customer_id, user_id, run_id, planned_at, absence_key, action, before, after,
        booking_keys, booking_marks, is_guarded
    )
    select
        1, change.user_id, change.number, pg_temp.step(change.number), keys.absence_key,
        change.action,
        case when change.action <> 'create' then content end,
        case when change.action <> 'withdraw' then content end,
        array['b' || change.user_id], array['m' || change.number], false
    from (
        select ('00000000-0000-0000-0000-00000000000' || change.user_id)::uuid as absence_key
    ) as keys
    cross join lateral jsonb_build_object(
        'extension', (100 + change.user_id)::text, 'kind', 'direct', 'reason', change.reason,
        'announced_reason', change.reason, 'target', 'announcement', 'ring_seconds', 15,
        'starts_at', make_timestamptz(2026, 11, 23, change.from_hour, 0, 0, 'Europe/Stockholm'),
        'ends_at', '2026-11-23 18:00+01', 'back_at', '2026-11-23 18:00+01'
    ) as content;
    select intake.record_outcomes(
        1, change.number, pg_temp.step(change.number), array[change.user_id],
        array[('00000000-0000-0000-0000-00000000000' || change.user_id)::uuid],
        array[change.outcome], '{1}', '{null}', pg_temp.step(change.number)
    )
    where change.outcome is not null;
$$;

-- What both sides say of an instant, without since when.
create view pg_temp.told as
select distinct
    truth.step,
    'placed' as side,
    to_jsonb(stood) - '{held_during,ended_by}'::text[] as content
from truth
cross join lateral absence.placed_at(1, truth.at) as stood
union all
select distinct
    truth.step,
    'shown',
    to_jsonb(seen) - '{held_during,ended_by}'::text[]
from truth
cross join lateral absence.shown_at(1, truth.at) as seen;

select pg_temp.change(1, 1, 'create', 'meeting', 'done');
select pg_temp.change(2, 2, 'create', 'lunch', 'done');
select pg_temp.note(2);
select pg_temp.change(3, 1, 'update', 'course', 'unchanged', 10);
select pg_temp.note(3);
select pg_temp.change(4, 1, 'update', 'away', 'failed');
select pg_temp.note(4);

-- Seen, then changed by hand, then deleted by hand.
select pg_temp.stage_placed();
select pg_temp.stage_own('own', '103', '2026-11-23 12:00+01', '2026-11-23 13:00+01');
select pg_temp.read_back(pg_temp.step(5));
select pg_temp.note(5);
select pg_temp.stage_placed(edited => 'b2', edit => '{"reason": "errand", "set_by": "bo"}');
select pg_temp.stage_own('own', '103', '2026-11-23 12:00+01', '2026-11-23 14:00+01');
select pg_temp.read_back(pg_temp.step(6));
select pg_temp.note(6);
select pg_temp.stage_placed();
select pg_temp.read_back(pg_temp.step(7));
select pg_temp.note(7);
select pg_temp.stage_placed('{b2}');
select pg_temp.read_back(pg_temp.step(8));
select pg_temp.note(8);
select pg_temp.stage_placed('{b2}');
select pg_temp.read_back(pg_temp.step(9));
select pg_temp.note(9);

-- Other bookings behind it, an unknown outcome, and what nobody here knew.
select
    intake.adopt_bookings(1, jsonb_agg(jsonb_build_object(
        'user_id', user_id, 'absence_key', absence_key, 'booking_keys', array['other'],
        'booking_marks', array['n']
    )), pg_temp.step(10))
from telephony.placed;
select pg_temp.note(10);
select pg_temp.change(11, 1, 'update', 'errand', null, 11);
select pg_temp.change(12, 3, 'create', 'errand', null, 14);
select pg_temp.note(12);
select pg_temp.stage_placed();
select pg_temp.read_back(pg_temp.step(13));
select intake.settle_unknown(1, '{1,3}', pg_temp.step(13));
select pg_temp.note(13);
insert into staging.shown (
    customer_id, read_back_id, entry_key, absence_key, extension, origin, kind, reason, starts_at,
    ends_at
)
values (
    1, 1, 'stray', '00000000-0000-0000-0000-000000000009', '103', 'calendar', 'open', 'meeting',
    '2026-11-23 09:00+01', '2026-11-23 10:00+01'
);
select pg_temp.stage_placed();
select pg_temp.read_back(pg_temp.step(14));
select pg_temp.note(14);

-- Unknown where nothing can be read, lost without anybody's doing, withdrawn, forgotten.
select pg_temp.change(15, 1, 'update', 'course', null, 10);
select intake.reassert_unknown(1, pg_temp.step(15));
select pg_temp.note(15);
select pg_temp.change(16, 1, 'withdraw', 'course', 'done');
select pg_temp.note(16);
select pg_temp.change(17, 2, 'create', 'lunch', 'done');
select pg_temp.note(17);
select pg_temp.change(18, 2, 'update', 'errand', null, 11);
select intake.settle_unknown(1, '{2}', pg_temp.step(18));
select pg_temp.note(18);
select pg_temp.change(19, 2, 'create', 'lunch', 'done');
select pg_temp.note(19);
insert into audit.read_backs (customer_id, read_back_id, read_at, is_whole, entry_count)
values (1, 20, pg_temp.step(20), true, 0);
select intake.place_again(1, pg_temp.step(21));
select pg_temp.note(21);
select intake.prune(1, '2026-11-25 00:00+01', '2026-11-01 00:00+01', pg_temp.step(22));

select set_eq(
    'select step, side, content from truth', 'select step, side, content from pg_temp.told',
    'whatever was done, what stood and what was seen after it is told as it was'
);
select cmp_ok(
    (select count(*) from truth), '>', 40::bigint, 'which is something'
);
select is_empty('select from telephony.placed', 'of which nothing is left');
select set_eq(
    'select distinct ended_by from telephony.placed_versions',
    array[
        'changed', 'bookings', 'withdrawn', 'changed_by_hand', 'deleted_by_hand', 'not_found',
        'lost', 'expired'
    ],
    'and every end of it was met'
);
select set_eq(
    'select distinct ended_by from telephony.shown_versions',
    array['changed', 'gone', 'expired'],
    'also on the telephone side'
);
select is_empty(
    $$ select one.absence_key
       from telephony.placed_versions as one
       inner join telephony.placed_versions as other
           on one.customer_id = other.customer_id and one.user_id = other.user_id
           and one.absence_key = other.absence_key and one.held_during && other.held_during
           and one.held_during <> other.held_during $$,
    'no two versions of one held at one instant'
);
select is(
    array(
        select count(*) from absence.placed_at(1, pg_temp.step(3), '{1}')
        union all
        select count(*) from absence.placed_at(1, pg_temp.step(3))
        union all
        select count(*) from absence.shown_at(1, pg_temp.step(6), '{3}')
    ),
    '{1,2,1}',
    'of the users asked for, or of all'
);
select is(
    (select array_agg(user_id order by user_id) from absence.placed_at(1, '2026-11-23 18:00+01')),
    null,
    'what has ended stands no longer'
);
insert into telephony.exchanges (
    customer_id, kinds, targets, has_future_start, ends_by_itself, end_reach, time_grain,
    has_ring_seconds, has_return_time, is_readable, learned_at
)
values (1, '{direct}', '{announcement}', false, false, 'any', 1, false, false, false, now());
select pg_temp.change(23, 1, 'create', 'meeting', 'done');
select is(
    (select array_agg(user_id) from absence.placed_at(1, '2026-11-24 18:00+01')), '{1}'::bigint[],
    'but where nothing ends by itself'
);
select is(
    (
        select array_agg(column_name::text) from information_schema.columns
        where table_schema = 'telephony' and table_name ~ '_versions$' and column_name ~ 'text'
    ),
    null,
    'versions keep no text'
);

select * from finish();
rollback;
