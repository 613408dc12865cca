-- intake.take_in_shown: what a read-back showed.

begin;
\ir ../fixtures/makers.sql
select plan(17);

select pg_temp.customer();
select pg_temp.stage_user('anna', '101');
select pg_temp.stage_user('bo', '102');
select pg_temp.take_in_roster();
select pg_temp.book('a', '2026-11-23 09:00+01', '2026-11-23 10:00+01');
select pg_temp.take_in();
select pg_temp.place('2026-11-20 12:00+01');
delete from calendar.touched;

create function pg_temp.shown()
returns text
language sql as $$
    select string_agg(user_id || ' ' || origin || ' ' || extension, ', ' order by user_id, origin)
    from telephony.shown;
$$;

select pg_temp.stage_placed();
select pg_temp.stage_own('own', '102', '2026-11-23 12:00+01', '2026-11-23 13:00+01');
select pg_temp.stage_own('stranger', '999', '2026-11-23 12:00+01', '2026-11-23 13:00+01');
select results_eq(
    $$ select * from intake.take_in_shown(1, 1, 3, null, true, '2026-11-20 12:05+01') $$,
    $$ values (2::bigint, 0::bigint, 0::bigint) $$,
    'what belongs to nobody is left out'
);
select is(pg_temp.shown(), '1 calendar 101, 2 person 102', 'the rest is known by its user');
select set_eq(
    'select user_id, cause from calendar.touched', $$ values (2::bigint, 'read_back') $$,
    'a person''s own absence touches the user'
);
select is(count(*), 0::bigint, 'nothing stays in the stage') from staging.shown;

delete from calendar.touched;
select pg_temp.stage_placed();
select pg_temp.stage_own('own', '102', '2026-11-23 12:00+01', '2026-11-23 13:00+01');
select pg_temp.read_back('2026-11-20 12:10+01');
select is(count(*), 0::bigint, 'the same again touches nobody') from calendar.touched;
select pg_temp.stage_own('own', '102', '2026-11-23 12:00+01', '2026-11-23 13:00+01');
select pg_temp.read_back('2026-11-20 12:11+01', is_whole => false);
select is(count(*), 0::bigint, 'nor does a part of it') from calendar.touched;
select is(pg_temp.shown(), '1 calendar 101, 2 person 102', 'of which nothing is missing');

select pg_temp.stage_own('own', '102', '2026-11-23 12:00+01', '2026-11-23 14:00+01');
select pg_temp.read_back('2026-11-20 12:12+01', is_whole => false);
select
    is(
        count(*), 1::bigint, 'when a person changes it, it touches the user'
    )
from calendar.touched;
delete from calendar.touched;
select pg_temp.read_back('2026-11-20 12:13+01', user_ids => '{2}');
select set_eq(
    'select user_id, cause from calendar.touched', $$ values (2::bigint, 'read_back') $$,
    'and when it is gone'
);
select is(pg_temp.shown(), '1 calendar 101', 'of the users read alone');

-- Ours is known by its key, wherever it stands.
delete from calendar.touched;
select pg_temp.stage_placed(edited => 'a', edit => '{"extension": "102"}');
select pg_temp.read_back('2026-11-20 12:15+01');
select is(pg_temp.shown(), '1 calendar 102', 'ours is known by its key at whatever extension');

-- A person's own absence goes over to the extension's new owner.
select pg_temp.stage_placed();
select pg_temp.stage_own('own', '102', '2026-11-23 12:00+01', '2026-11-23 14:00+01');
select pg_temp.read_back('2026-11-20 12:20+01');
select pg_temp.stage_user('anna', '102');
select pg_temp.stage_user('bo', '101');
select pg_temp.take_in_roster('2026-11-20 12:25+01');
delete from calendar.touched;
select pg_temp.stage_placed();
select pg_temp.stage_own('own', '102', '2026-11-23 12:00+01', '2026-11-23 14:00+01');
select pg_temp.read_back('2026-11-20 12:30+01');
select set_eq(
    'select user_id from calendar.touched', array[1, 2]::bigint[],
    'when an extension goes over, both its users are touched'
);

-- What was placed since is newer than the list.
update telephony.placed
set acknowledged_at = '2026-11-20 13:00+01', version_tag = '5', seen_at = null;
select pg_temp.stage_placed(edited => 'a', edit => '{"version_tag": "4"}');
select pg_temp.read_back('2026-11-20 12:59+01');
select results_eq(
    'select version_tag, seen_at from telephony.placed',
    $$ values ('5', timestamptz '2026-11-20 12:59+01') $$,
    'a list that is older than what was placed brings no older version'
);
select pg_temp.stage_placed(edited => 'a', edit => '{"version_tag": "6"}');
select pg_temp.read_back('2026-11-20 13:01+01');
select is(version_tag, '6', 'a newer one does') from telephony.placed;

select pg_temp.stage_placed();
select throws_ok(
    $$ select * from intake.take_in_shown(1, 1, 2, null, true, '2026-11-20 14:00+01') $$, 'KK002',
    'staging does not hold what was sent; the read-back is taken back',
    'a stage that lost rows is refused'
);

-- A telephone side that lost everything, or a list that was cut off.
delete from telephony.placed;
insert into telephony.placed (
    customer_id, user_id, absence_key, extension, kind, reason, announced_reason, starts_at,
    ends_at, back_at, target, ring_seconds, booking_keys, booking_marks, acknowledged_at, seen_at
)
select
    1, 1, gen_random_uuid(), '101', 'direct', 'meeting', 'meeting', day, day + interval '1 hour',
    day + interval '1 hour', 'announcement', 15, '{a}', '{00}', '2026-11-20 12:00+01',
    '2026-11-20 12:05+01'
from generate_series(timestamptz '2026-12-01 09:00+01', '2026-12-10 09:00+01', '1 day') as day;
select results_eq(
    $$ select * from intake.take_in_shown(1, 9, 0, null, true, '2026-11-20 13:00+01') $$,
    $$ values (0::bigint, 0::bigint, 10::bigint) $$,
    'one that misses nearly everything is doubted'
);
select is(max(missing_count), 0, 'and counts nothing as missing') from telephony.placed;

select * from finish();
rollback;
