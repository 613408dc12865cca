-- intake.adopt_restored: after the database was restored, what stands is placed, and nothing is
-- taken for a hand edit.

begin;
\ir ../fixtures/makers.sql
select plan(17);

select pg_temp.anna();
select pg_temp.book('stays', '2026-11-23 09:00+01', '2026-11-23 10:00+01');
select pg_temp.book('moves', '2026-11-24 09:00+01', '2026-11-24 10:00+01');
select pg_temp.book('goes', '2026-11-25 09:00+01', '2026-11-25 10:00+01');
select pg_temp.cover();
select pg_temp.take_in();
select pg_temp.place('2026-11-20 09:00+01');
select pg_temp.stage_placed();
select pg_temp.read_back('2026-11-20 10:00+01');
insert into calendar.cursors (
    customer_id, user_id, calendar_id, rule_set_version, loaded_at, whole_at
)
values (1, 1, 1, 1, '2026-11-20 08:00+01', '2026-11-20 08:00+01');
delete from calendar.touched;
select intake.take_fence(1, 'reconcile', 'a', '2026-11-20 10:00+01');

-- Since last night's base one was moved, one withdrawn and one placed.
select pg_temp.stage_placed(
    array['goes'],
    'moves',
    '{"starts_at": "2026-11-24 13:00+01", "ends_at": "2026-11-24 14:00+01", "version_tag": "2"}'
);
insert into staging.shown (
    customer_id, read_back_id, entry_key, absence_key, extension, origin, kind, reason, starts_at,
    ends_at, version_tag
)
values (
    1, 1, 'new', '00000000-0000-4000-8000-000000000001', '101', 'calendar', 'open', 'meeting',
    '2026-11-25 09:30+01', '2026-11-25 11:00+01', '1'
);
select pg_temp.stage_own('own', '101', '2026-11-26 12:00+01', '2026-11-26 13:00+01');
create temporary table lost as select * from staging.shown;
grant select on lost to kk_job;
select intake.begin_epoch(1, 'told', null, '2026-11-21 08:00+01');

-- First some users are read back, then a list that is cut off: neither tells enough.
select pg_temp.read_back('2026-11-21 08:01+01', true, '{1}');
insert into staging.shown select * from lost where entry_key <> 'new';
select pg_temp.read_back('2026-11-21 08:02+01', false);
select is_empty('select 1 from telephony.holds', 'nothing is a hand edit before it is adopted');
select is(
    (select count(*) from customer.epochs where adopted_at is null), 1::bigint,
    'what is not whole is not adopted'
);

select results_eq(
    'select customer_key, cause, adopted_at is null from watch.restored',
    $$ values ('c1', 'told', true) $$,
    'somebody is told that it waits'
);
insert into staging.shown select * from lost;
select results_eq(
    'select * from intake.take_in_shown(1, 1, 4, null, true, ''2026-11-21 08:03+01'')',
    'values (4::bigint, 0::bigint, 0::bigint)',
    'a whole read-back is, without a doubt'
);
select is(
    (select max(adopted_at) from customer.epochs), '2026-11-21 08:03+01'::timestamptz,
    'and the epoch says when'
);
select results_eq(
    'select starts_at, version_tag, booking_keys from telephony.placed order by starts_at',
    $$ values
        ('2026-11-23 09:00+01'::timestamptz, '1', array['stays']),
        ('2026-11-24 13:00+01', '2', array['moves']),
        ('2026-11-25 09:30+01', '1', '{}') $$,
    'placed is what stands: moved, withdrawn and placed since'
);
select is_empty('select 1 from telephony.holds', 'nothing of it is taken for a hand edit');
select results_eq(
    'select user_id, cause, since from calendar.touched where cause = ''restored''',
    $$ values (1::bigint, 'restored', '2026-11-21 08:00+01'::timestamptz) $$,
    'everybody is looked at again'
);
select results_eq(
    'select user_id from absence.unloaded_users where customer_id = 1',
    'values (1::bigint)',
    'but not before their calendars were loaded'
);
select results_eq(
    'select adopted_at is null, waiting_user_count from watch.restored',
    'values (false, 1::bigint)',
    'and for whom'
);
update calendar.cursors set loaded_at = '2026-11-21 08:05+01';
select is_empty('select 1 from absence.unloaded_users', 'and then they are');

select intake.converge(1, '{1}', '{restored}', '{1}');
select is_empty('select 1 from watch.restored', 'with which it is over');

insert into staging.shown select * from lost where entry_key <> 'new';
select pg_temp.read_back('2026-11-21 09:00+01');
insert into staging.shown select * from lost where entry_key <> 'new';
select pg_temp.read_back('2026-11-21 09:01+01');
select results_eq(
    'select cause from telephony.holds', $$ values ('deleted_by_hand') $$,
    'what a person does from then on counts again'
);

-- Another one stood in the end where one of last night was to stand.
insert into telephony.placed
select (jsonb_populate_record(placed, jsonb_build_object(
    'absence_key', '00000000-0000-4000-8000-000000000002', 'starts_at', '2026-11-18 06:00+01',
    'ends_at', '2026-11-18 08:30+01'
))).*
from telephony.placed
where booking_keys = '{stays}';
select intake.begin_epoch(1, 'told', null, '2026-11-21 10:00+01');
insert into staging.shown
select (jsonb_populate_record(lost, jsonb_build_object(
    'entry_key', 'late', 'absence_key', '00000000-0000-4000-8000-000000000003',
    'starts_at', '2026-11-18 08:00+01', 'ends_at', '2026-11-21 11:00+01'
))).*
from lost
where entry_key = 'new';
select pg_temp.read_back('2026-11-21 10:01+01');
select results_eq(
    'select absence_key from telephony.placed where starts_at < ''2026-11-23''',
    $$ values ('00000000-0000-4000-8000-000000000003'::uuid) $$,
    'what has ended makes way for what stood there'
);
select lives_ok('set constraints all immediate', 'and no two of ours overlap');

-- A system that cannot be read.
select intake.begin_epoch(1, 'told', null, '2026-11-21 11:00+01');
select intake.adopt_restored(1, false, '2026-11-21 10:30+01');
select results_eq(
    'select is_unconfirmed from telephony.placed', 'values (true)',
    'where nothing can be read, what is placed is placed once more'
);
select is_empty(
    'select 1 from customer.epochs where adopted_at is null', 'and that is all there is to adopt'
);

select * from finish();
rollback;
