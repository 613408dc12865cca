-- absence.explained: what became of each booking, and beside whom it stands.

begin;
\ir ../fixtures/makers.sql
select plan(5);

select pg_temp.anna('{"office_hours_only": true, "merge_gap": 300, "show_as": {
    "busy": {"reason": "meeting", "kind": "information"},
    "out_of_office": {"reason": "away", "kind": "direct"}
}}');
select pg_temp.stage_user('anna', '101');
select pg_temp.stage_user('bo', '102');
select pg_temp.take_in_roster('2026-11-02 08:00+01');
select pg_temp.book('one', '2026-11-23 08:00+01', '2026-11-23 09:00+01');
select pg_temp.book('two', '2026-11-23 09:00+01', '2026-11-23 10:00+01');
select pg_temp.book('partly', '2026-11-23 11:00+01', '2026-11-23 13:00+01');
select pg_temp.book('strong', '2026-11-23 12:00+01', '2026-11-23 15:00+01', 'out_of_office');
select pg_temp.book('covered', '2026-11-23 13:30+01', '2026-11-23 14:30+01');
select pg_temp.book('evening', '2026-11-23 18:00+01', '2026-11-23 19:00+01');
select pg_temp.book('free', '2026-11-23 19:00+01', '2026-11-23 20:00+01', 'free');
select pg_temp.book('covered', '2026-11-23 13:30+01', '2026-11-23 14:30+01', user_id => 2);
select pg_temp.take_in();

select results_eq(
    $$ select booking_key, because, reason, kind::text, decided_by
       from absence.explained where user_id = 1 order by starts_at $$,
    $$ values
        ('one', null, 'meeting', 'information', 'administrator'),
        ('two', null, 'meeting', 'information', 'administrator'),
        ('partly', null, 'meeting', 'information', 'administrator'),
        ('strong', null, 'away', 'direct', 'administrator'),
        ('covered', 'covered', 'meeting', 'information', 'administrator'),
        ('evening', 'outside_office_hours', 'meeting', 'information', 'administrator'),
        ('free', 'show_as', null, null, 'template')
    $$,
    'each booking with what it wants and why it gives nothing'
);
select results_eq(
    $$ select booking_key, merged_with, suppressed_by
       from absence.explained where user_id = 1 order by starts_at $$,
    $$ values
        ('one', '{two}'::text[], '{}'::text[]), ('two', '{one}', '{}'),
        ('partly', '{}', '{strong}'), ('strong', '{}', '{}'), ('covered', '{}', '{strong}'),
        ('evening', '{}', '{}'), ('free', '{}', '{}')
    $$,
    'with whom it was merged, and who takes of its time'
);
select results_eq(
    'select booking_key, because, suppressed_by from absence.explained where user_id = 2',
    $$ values ('covered', null::text, '{}'::text[]) $$,
    'a booking that two have is explained for each alone'
);

-- Over two days of office hours a booking is two spells, merged with another on each.
delete from calendar.bookings;
select pg_temp.book('days', '2026-11-23 16:00+01', '2026-11-24 09:00+01');
select pg_temp.book('monday', '2026-11-23 15:00+01', '2026-11-23 16:00+01');
select pg_temp.book('tuesday', '2026-11-24 09:00+01', '2026-11-24 10:00+01');
select pg_temp.take_in();
select results_eq(
    'select booking_key, merged_with, because from absence.explained order by starts_at',
    $$ values
        ('monday', '{days}'::text[], null::text), ('days', '{monday,tuesday}', null),
        ('tuesday', '{days}', null)
    $$,
    'a booking of several days, with all that it was merged with on any'
);

delete from calendar.bookings;
select pg_temp.book_days('day', '2026-11-23', '2026-11-24');
select pg_temp.take_in();
select results_eq(
    'select is_all_day, starts_at, ends_at, held_from from absence.explained',
    $$ values (true, timestamptz '2026-11-23 00:00+01', timestamptz '2026-11-24 00:00+01',
        timestamptz '2026-11-20 08:00+01') $$,
    'a whole day, from when on it was known'
);

select * from finish();
rollback;
