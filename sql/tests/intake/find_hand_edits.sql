-- intake.find_hand_edits: what people deleted or changed by hand (domain P-4, principle 8).

begin;
\ir ../fixtures/makers.sql
select plan(37);

-- Ten users with an absence each, placed at noon.
select pg_temp.customer('one-x', '{"show_as": {"busy": {"reason": "meeting", "kind": "open"}}}');
select pg_temp.stage_user('user' || number, (100 + number)::text)
from generate_series(1, 10) as number;
select pg_temp.take_in_roster();
select pg_temp.book('b' || number, '2026-11-23 09:00+01', '2026-11-23 10:00+01', user_id => number)
from generate_series(1, 10) as number;
select pg_temp.take_in('2026-11-20 08:00+01');
select pg_temp.place('2026-11-20 12:00+01');
delete from calendar.touched;

create function pg_temp.holds()
returns text
language sql as $$
    select string_agg(user_id || ' ' || cause, ', ' order by user_id,
    held_from) from telephony.holds;
$$;

-- Never seen: not judged.
select pg_temp.stage_placed(without => '{b1}');
select pg_temp.read_back('2026-11-20 12:05+01');
select pg_temp.stage_placed(without => '{b1}');
select is(
    pg_temp.read_back('2026-11-20 12:10+01'), 0::bigint,
    'what was never seen was not deleted by hand'
);
select is(seen_at, null, 'and is known as never seen') from telephony.placed where user_id = 1;
select
    is(
        seen_at, timestamptz '2026-11-20 12:05+01', 'what was seen is known since when'
    )
from telephony.placed where user_id = 2;

-- Seen, missing once, there again, missing twice.
select pg_temp.stage_placed();
select pg_temp.read_back('2026-11-20 12:15+01');
select pg_temp.stage_placed(without => '{b1}');
select is(pg_temp.read_back('2026-11-20 12:20+01'), 0::bigint, 'missing once is a lagging list');
select is(missing_count, 1, 'and is counted') from telephony.placed where user_id = 1;
select pg_temp.stage_placed();
select pg_temp.read_back('2026-11-20 12:25+01');
select is(missing_count, 0, 'there again, it starts anew') from telephony.placed where user_id = 1;
select pg_temp.stage_placed(without => '{b1}');
select pg_temp.read_back('2026-11-20 12:30+01');
select pg_temp.stage_placed(without => '{b1}');
select is(
    pg_temp.read_back('2026-11-20 12:35+01', is_whole => false), 0::bigint,
    'a list that is not whole tells of nothing missing'
);
select is(count(*), 0::bigint, 'until then nobody is touched') from calendar.touched;
select pg_temp.stage_placed(without => '{b1}');
select is(
    pg_temp.read_back('2026-11-20 12:40+01'), 1::bigint,
    'missing in two whole ones it was deleted by hand'
);
select results_eq(
    $$ select user_id, cause, held_from, starts_at, ends_at,
        booking_marks = (select array_agg(encode(mark,
        'hex')) from calendar.bookings where user_id = 1)
       from telephony.holds $$,
    $$ values (1::bigint, 'deleted_by_hand', timestamptz '2026-11-20 12:40+01',
        timestamptz '2026-11-23 09:00+01', timestamptz '2026-11-23 10:00+01', true) $$,
    'the hold stands on user, stretch and the versions of the bookings'
);
select is(count(*), 0::bigint, 'it is not placed any more') from telephony.placed where user_id = 1;
select set_eq(
    'select user_id, cause from calendar.touched', $$ values (1::bigint, 'hand_edit') $$,
    'and the user is touched'
);

-- Three of nine may be missing, four may not.
select pg_temp.stage_placed(without => '{b2,b3,b4,b5}');
select pg_temp.read_back('2026-11-20 12:45+01');
select pg_temp.stage_placed(without => '{b2,b3,b4,b5}');
select is(
    pg_temp.read_back('2026-11-20 12:50+01'), 0::bigint,
    'when 44 % are missing the list was cut off'
);
select is(max(missing_count), 0, 'and not even counted') from telephony.placed;
select pg_temp.stage_placed(without => '{b2,b3,b4}');
select pg_temp.read_back('2026-11-20 12:55+01');
select is(max(missing_count), 1, 'three may be missing') from telephony.placed;
select pg_temp.stage_placed();
select pg_temp.read_back('2026-11-20 13:00+01');

-- Changed by hand.
select pg_temp.stage_placed(
    edited => 'b2',
    edit => '{
        "kind": "direct", "ends_at": "2026-11-23 11:00+01", "version_tag": "2", "set_by": "user2"
    }'
);
select is(pg_temp.read_back('2026-11-20 13:05+01'), 1::bigint, 'what differs was changed by hand');
select results_eq(
    'select cause, starts_at, ends_at, set_by from telephony.holds where user_id = 2',
    $$ values ('changed_by_hand', timestamptz '2026-11-23 09:00+01',
        timestamptz '2026-11-23 11:00+01', 'user2') $$,
    'the hold covers what was and what is'
);
select results_eq(
    'select kind::text, ends_at, version_tag from telephony.placed where user_id = 2',
    $$ values ('direct', timestamptz '2026-11-23 11:00+01', '2') $$,
    'and what is placed is what stands'
);
select pg_temp.stage_placed();
select is(pg_temp.read_back('2026-11-20 13:10+01'), 0::bigint, 'it is found once');

-- What the exchange does not tell is not compared.
select pg_temp.stage_placed(
    edited => 'b3',
    edit => '{"back_at": null, "target": null, "ring_seconds": null, "announced_reason": null}'
);
select is(pg_temp.read_back('2026-11-20 13:15+01'), 0::bigint, 'what is not told did not change');
select pg_temp.stage_placed(edited => 'b3', edit => '{"announced_reason": "lunch"}');
select is(pg_temp.read_back('2026-11-20 13:20+01'), 1::bigint, 'another announced reason did');

-- Taken over by a person.
select pg_temp.stage_placed(edited => 'b4', edit => '{"origin": "person", "set_by": "user4"}');
select is(
    pg_temp.read_back('2026-11-20 13:25+01'), 1::bigint, 'what a person took over counts at once'
);
select results_eq(
    'select cause, set_by from telephony.holds where user_id = 4',
    $$ values ('deleted_by_hand', 'user4') $$,
    'as deleted by hand'
);
select is(count(*), 0::bigint, 'and is ours no more') from telephony.placed where user_id = 4;

-- Not judged: acknowledged since the list was read, ended, or under way.
update telephony.placed set acknowledged_at = '2026-11-20 13:30+01' where user_id = 5;
select pg_temp.stage_placed(edited => 'b5', edit => '{"kind": "direct", "version_tag": "0"}');
select is(
    pg_temp.read_back('2026-11-20 13:30+01'), 0::bigint,
    'what was acknowledged at the same time or later is not judged'
);
select pg_temp.stage_placed(edited => 'b6', edit => '{"kind": "direct"}');
select is(pg_temp.read_back('2026-11-23 10:00+01'), 0::bigint, 'what has ended is not judged');

insert into audit.runs (customer_id, run_id, mode, scope, as_of, started_at, touched_count)
select 1, run_id, mode, 'touched', '2026-11-20 13:00+01', '2026-11-20 13:00+01', 1
from (values (1, 'apply'), (2, 'dry_run')) as given (run_id, mode);
insert into audit.changes (
    customer_id, user_id, run_id, planned_at, absence_key, action, before, booking_keys,
    booking_marks, is_guarded, outcome, ended_at
)
select
    1, user_id, case user_id when 7 then 1 else 2 end, '2026-11-20 13:00+01', absence_key,
    'withdraw', '{}', '{}', '{}', true,
    case user_id when 8 then 'not_carried_out' end::audit.outcome,
    case user_id when 8 then timestamptz '2026-11-20 13:00+01' end
from telephony.placed
where user_id in (7, 8);
select pg_temp.stage_placed(edited => 'b7', edit => '{"kind": "direct"}');
select is(
    pg_temp.read_back('2026-11-20 14:00+01'), 0::bigint, 'what has a change under way is not judged'
);
select pg_temp.stage_placed(edited => 'b8', edit => '{"kind": "direct"}');
select is(
    pg_temp.read_back('2026-11-20 14:05+01'), 1::bigint, 'what was only planned in a dry run is'
);

-- The exchange met nothing there.
select count(*)
from intake.end_changes(
    1, 1, '2026-11-20 13:00+01', '{7}',
    array(select absence_key from audit.changes where user_id = 7), '{conflict}', '{null}',
    '2026-11-20 14:06+01'
);
select pg_temp.stage_placed(without => '{b7,b5,b6,b9,b10}');
select pg_temp.read_back('2026-11-20 14:07+01');
select
    is(
        count(*), 1::bigint, 'a cut-off list takes nothing away, whatever the exchange met'
    )
from telephony.placed where user_id = 7;
select pg_temp.stage_placed(without => '{b7}');
select is(
    pg_temp.read_back('2026-11-20 14:08+01'),
    1::bigint,
    'what the exchange did not find and the list does not show was deleted by hand'
);

-- Only of the users read.
select pg_temp.stage_placed(edited => 'b9', edit => '{"kind": "direct"}');
select is(
    pg_temp.read_back('2026-11-20 14:10+01', user_ids => '{10}'), 0::bigint,
    'of the users that were asked for alone'
);
select pg_temp.stage_placed(edited => 'b9', edit => '{"kind": "direct"}');
select is(
    pg_temp.read_back('2026-11-20 14:15+01', user_ids => '{9}'), 1::bigint, 'when asked for, found'
);

-- A list that lags behind a change of ours.
insert into audit.changes (
    customer_id, user_id, run_id, planned_at, absence_key, action, before, after, booking_keys,
    booking_marks, is_guarded, outcome, ended_at
)
select
    1, user_id, 1, '2026-11-20 13:00+01', absence_key, 'update', to_jsonb(placed), '{}', '{}',
    '{}', false, 'done', '2026-11-20 14:20+01'
from telephony.placed
where user_id = 10;
update telephony.placed
set ends_at = '2026-11-23 11:00+01', version_tag = '2', acknowledged_at = '2026-11-20 14:20+01'
where user_id = 10;
select pg_temp.stage_placed(
    edited => 'b10',
    edit => '{
        "ends_at": "2026-11-23 10:00+01", "version_tag": "1", "set_at": "2026-11-20 12:00+01"
    }'
);
select is(
    pg_temp.read_back('2026-11-20 14:25+01', user_ids => '{10}'), 0::bigint,
    'what stood before our last change is shown late'
);
select results_eq(
    'select ends_at, version_tag from telephony.placed where user_id = 10',
    $$ values (timestamptz '2026-11-23 11:00+01', '2') $$,
    'and what was placed is still known as it is'
);
select pg_temp.stage_placed(
    edited => 'b10',
    edit => '{
        "ends_at": "2026-11-23 10:00+01", "version_tag": "3", "set_at": "2026-11-20 14:26+01"
    }'
);
select is(
    pg_temp.read_back('2026-11-20 14:30+01', user_ids => '{10}'), 1::bigint,
    'unless the system says that it was set since'
);
select is(set_at, timestamptz '2026-11-20 14:26+01', 'and the hold says when')
from telephony.holds where user_id = 10;
select is(
    pg_temp.holds(),
    '1 deleted_by_hand, 2 changed_by_hand, 3 changed_by_hand, 4 deleted_by_hand, '
    '7 deleted_by_hand, 8 changed_by_hand, 9 changed_by_hand, '
    '10 changed_by_hand',
    'that was all'
);

select * from finish();
rollback;
