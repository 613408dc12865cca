-- intake.calendars_to_load: the calendars that loads read; intake.record_load_failures.

begin;
\ir ../fixtures/makers.sql
select plan(7);

select pg_temp.customer();
select pg_temp.stage_user('anna', '101', sources => '{one,two}', addresses => '{first,second}');
select pg_temp.stage_user('bo', '102', has_calendar => false);
select pg_temp.stage_user('cia', '103');
select pg_temp.take_in_roster();
select intake.take_in_preferences(1, 3, '{"enabled": false}', '2026-11-02 08:00+01');
select pg_temp.stage_user('anna', '101', sources => '{one}', addresses => '{first}');
select pg_temp.stage_user('bo', '102', has_calendar => false);
select pg_temp.stage_user('cia', '103');
select pg_temp.take_in_roster('2026-11-02 09:00+01');

select results_eq(
    'select user_key, source, address, time_zone from intake.calendars_to_load',
    $$ values ('anna', 'one', 'first', 'Europe/Stockholm') $$,
    'only calendars in use, of users who take part'
);

insert into audit.loads (
    customer_id, load_id, source, is_full, window_start, window_end,
    started_at
)
values (1, 1, 'one', true, '2026-11-01 00:00+01', '2027-01-01 00:00+01', '2026-11-20 08:00+01');
insert into audit.load_failures
values (1, 1, 1, 1, 'first: 500', '2026-11-20 08:01+01', '2026-11-20 08:00+01');
select intake.record_load_failures(1, 1, '2026-11-20 08:00+01');
select results_eq(
    'select loaded_at, whole_at, failed_at, failure from calendar.cursors',
    $$ values (timestamptz '-infinity', null::timestamptz, timestamptz '2026-11-20 08:01+01',
        'first: 500') $$,
    'a calendar that never answered is known to have failed'
);
insert into staging.cursors
select 1, 1, 1, 1, generation, 'c1', 10, '{}' from roster.calendars
where user_id = 1 and calendar_id = 1;
select pg_temp.cover();
select pg_temp.take_in('2026-11-20 08:02+01');
select is(failure, null, 'until it answers') from calendar.cursors;
select results_eq(
    'select taken_in_by, taken_in_whole_by from intake.calendars_to_load',
    $$ values (1::bigint, 1::bigint) $$,
    'and need not be asked again just then'
);
select intake.record_load_failures(1, 1, '2026-11-20 08:00+01');
select results_eq(
    'select cursor, loaded_at, failure from calendar.cursors',
    $$ values ('c1', timestamptz '2026-11-20 08:02+01', 'first: 500') $$,
    'when it fails again, what was read of it stays'
);
select is(cursor, 'c1', 'and its next load starts where it was') from calendar.cursors;

select is(taken_in_by, null, 'but not as if it had never failed') from intake.calendars_to_load;

select * from finish();
rollback;
