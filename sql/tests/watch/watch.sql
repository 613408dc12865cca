-- watch: rows only where somebody should look, without the text of any booking.

begin;
\ir ../fixtures/makers.sql
select plan(9);

select pg_temp.anna();
select is(
    (select count(*) from watch.quarantine) + (select count(*) from watch.failed_calendars)
    + (select count(*) from watch.skipped_runs) + (select count(*) from watch.changes),
    0::bigint,
    'no rows where all is well'
);

insert into staging.quarantine values
(1, 1, 1, 1, 'a.ics', null, 'unreadable', false), (1, 1, 1, 1, 'b.ics', 'b', 'no zone', true);
insert into staging.cursors values (1, 1, 1, 1, 1, 'c1', 10, '{500}');
select pg_temp.take_in('2026-11-20 08:00+01');
select results_eq(
    $$ select customer_key, user_key, source, address, resource_key, booking_key, reason,
        is_degraded, since
       from watch.quarantine order by resource_key $$,
    $$ values
        ('c1', 'anna', 'source', 'first', 'a.ics', null, 'unreadable', false,
            timestamptz '2026-11-20 08:00+01'),
        ('c1', 'anna', 'source', 'first', 'b.ics', 'b', 'no zone', true, '2026-11-20 08:00+01')
    $$,
    'what could not be read, and why'
);
select results_eq(
    'select user_key, failure, failed_at, loaded_at, whole_at from watch.failed_calendars',
    $$ values ('anna', '500', timestamptz '2026-11-20 08:00+01',
        timestamptz '2026-11-20 08:00+01', null::timestamptz) $$,
    'a calendar that failed the last time'
);

insert into audit.loads (
    customer_id, load_id, source, is_full, window_start, window_end, started_at, ended_at,
    failed_count
)
values
(1, 1, 'source', true, '-infinity', 'infinity', '2026-11-19 02:00+01', '2026-11-19 02:05+01', 0),
(1, 2, 'source', false, '-infinity', 'infinity', '2026-11-19 08:00+01', '2026-11-19 08:01+01', 0),
(1, 3, 'source', false, '-infinity', 'infinity', '2026-11-20 08:00+01', '2026-11-20 08:01+01', 1),
(1, 4, 'source', false, '-infinity', 'infinity', '2026-11-20 08:01+01', null, 0);
update customer.customers
set calendars = '[{"name": "source", "kind": "ics"}, {"name": "unused", "kind": "caldav"}]';
select results_eq(
    $$ select source, kind, last_good_load_at, last_good_full_load_at, last_load_at,
        calendar_count, failing_count, never_whole_count, with_cursor_count, oldest_loaded_at,
        last_failure, last_failed_at
       from watch.sources order by source $$,
    $$ values
        ('source', 'ics', timestamptz '2026-11-19 08:00+01', timestamptz '2026-11-19 02:00+01',
            timestamptz '2026-11-20 08:01+01', 1::bigint, 1::bigint, 1::bigint, 1::bigint,
            timestamptz '2026-11-20 08:00+01', '500', timestamptz '2026-11-20 08:00+01'),
        ('unused', 'caldav', null, null, null, 0, 0, 0, 0, null, null, null)
    $$,
    'how up to date each source is'
);

insert into audit.skipped_runs values
(1, 'reconcile', '2026-11-20 08:01+01', 'host:2'),
(1, 'reconcile', '2026-11-20 08:11+01', 'host:3'),
(1, 'load source', '2026-11-20 08:11+01', 'host:3');
insert into customer.work values
(1, 'reconcile', 5, '2026-11-20 08:00+01', 'host:1'),
(1, 'load source', 6, '2026-11-20 08:00+01', 'host:1');
select set_config('kalenderkoppling.as_of', '2026-11-20 08:12+01', true);
select results_eq(
    'select customer_key, work, run_count, last_skipped_by, taken_by from watch.skipped_runs',
    $$ values ('c1', 'reconcile', 2::bigint, 'host:3', 'host:1') $$,
    'who has had the work for ten minutes, and who left; a load may take longer'
);
select set_config('kalenderkoppling.as_of', '2026-11-20 08:22+01', true);
select is_empty(
    'select * from watch.skipped_runs', 'where nobody leaves any more all is well again'
);

insert into audit.runs (customer_id, run_id, mode, scope, as_of, started_at, touched_count)
values (1, 1, 'apply', 'touched', '2026-11-20 12:00+01', '2026-11-20 12:00+01', 1);
insert into audit.changes (
    customer_id, user_id, run_id, planned_at, absence_key, action, before, after, booking_keys,
    booking_marks, is_guarded
)
values (
    1, 1, 1, '2026-11-20 12:00+01', gen_random_uuid(), 'update',
    '{"reason": "away", "shown_text": "Hemlig"}',
    '{"reason": "meeting", "shown_text": "Hemlig"}', '{b}', '{m}', false
);
reset role;
insert into customer.readers values (1, 'kk_reader');
set local role kk_reader;
select results_eq(
    'select customer_key, user_key, action::text, before, after, outcome from watch.changes',
    $$ values ('c1', 'anna', 'update', '{"reason": "away"}'::jsonb, '{"reason": "meeting"}'::jsonb,
        null::audit.outcome) $$,
    'readers see what was planned without any text'
);
select throws_ok('select after from audit.changes', '42501', null, 'and not with it');

set local role kk_job;
update roster.users set is_active = false;
select is(count(*), 0::bigint, 'whoever left has no failed calendars') from watch.failed_calendars;

select * from finish();
rollback;
