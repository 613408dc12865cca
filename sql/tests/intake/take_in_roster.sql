-- intake.take_in_roster, intake.take_in_calendars: users join, change, leave and return.

begin;
\ir ../fixtures/makers.sql
select plan(24);

select pg_temp.customer();
select pg_temp.stage_user('anna', '101');
select pg_temp.stage_user('bo', '102');

select is(pg_temp.take_in_roster('2026-11-02 08:00+01'), '{2,0,0}', 'users join');
select results_eq(
    'select user_id, user_key, extension, is_active, held_from from roster.users order by user_id',
    $$ values
        (1::bigint, 'anna', '101', true, timestamptz '2026-11-02 08:00+01'),
        (2::bigint, 'bo', '102', true, timestamptz '2026-11-02 08:00+01')
    $$,
    'with a number each, in the order of the file'
);
select set_eq(
    'select user_id, cause from calendar.touched',
    $$ values (1::bigint, 'roster'), (2, 'roster') $$,
    'and are touched'
);
select results_eq(
    $$ select imported_at, imported_by, user_count, added_count, changed_count, left_count
       from audit.rosters $$,
    $$ values (timestamptz '2026-11-02 08:00+01', 'test', 2, 2, 0, 0) $$,
    'and it is written down'
);

delete from calendar.touched;
insert into calendar.cursors
select 1, user_id, 1, 'c', 1, '2026-11-02 09:00+01' from roster.users;
select pg_temp.stage_user('bo', '102');
select pg_temp.stage_user('anna', '101');
select is(
    pg_temp.take_in_roster('2026-11-03 08:00+01'), '{0,0,0}', 'the same roster changes nothing'
);
select is(count(*), 0::bigint, 'and touches nobody') from calendar.touched;

-- Two swap their extensions.
select pg_temp.stage_user('anna', '102');
select pg_temp.stage_user('bo', '101');
select is(
    pg_temp.take_in_roster('2026-11-04 08:00+01'), '{0,2,0}', 'two may swap their extensions'
);
set constraints all immediate;
select results_eq(
    'select user_key, extension from roster.users order by user_id',
    $$ values ('anna', '102'), ('bo', '101') $$,
    'in one import'
);
select results_eq(
    $$ select user_key, extension, held_during, changed_by
       from roster.user_versions order by user_id $$,
    $$ values
        ('anna', '101', tstzrange('2026-11-02 08:00+01', '2026-11-04 08:00+01'), 'test'),
        ('bo', '102', tstzrange('2026-11-02 08:00+01', '2026-11-04 08:00+01'), 'test')
    $$,
    'and how they stood is kept, with the time that it held and who changed it'
);
select is(count(*), 2::bigint, 'an extension alone loads nobody afresh')
from calendar.cursors where cursor is not null;
set constraints all deferred;

-- One leaves, another joins.
delete from calendar.touched;
select pg_temp.stage_user('anna', '102');
select pg_temp.stage_user('cia', '101');
select is(pg_temp.take_in_roster('2026-11-05 08:00+01'), '{1,0,1}', 'one leaves, one joins');
select results_eq(
    'select user_id, user_key, extension, is_active from roster.users order by user_id',
    $$ values
        (1::bigint, 'anna', '102', true), (2::bigint, 'bo', '101', false),
        (3::bigint, 'cia', '101', true)
    $$,
    'whoever left keeps the row and may leave the extension to another'
);
select set_eq(
    'select user_id from calendar.touched', array[2, 3]::bigint[], 'both are touched'
);
select is(is_active, false, 'the calendar of whoever left is not in use')
from roster.calendars where user_id = 2;

-- And returns.
delete from calendar.touched;
update calendar.cursors set cursor = 'c';
select pg_temp.stage_user('anna', '102');
select pg_temp.stage_user('cia', '101');
select pg_temp.stage_user('bo', '103');
select is(pg_temp.take_in_roster('2026-11-06 08:00+01'), '{0,1,0}', 'whoever left may return');
select results_eq(
    $$ select users.is_active, calendars.is_active, calendars.calendar_id, cursors.cursor
       from roster.users
       inner join roster.calendars using (customer_id, user_id)
       inner join calendar.cursors using (customer_id, user_id, calendar_id)
       where user_id = 2 $$,
    $$ values (true, true, 1, null::text) $$,
    'with the calendar that was there, loaded afresh'
);
select
    is(
        count(*), 4::bigint, 'each stretch of time has its version'
    )
from roster.user_versions where user_id in (1, 2);

-- Calendars.
delete from calendar.touched;
update calendar.cursors set cursor = 'c';
select pg_temp.stage_user(
    'anna', '102', sources => '{source,other}', addresses => '{second,first}'
);
select pg_temp.stage_user('cia', '101', mail_addresses => '{cia@example.com}');
select pg_temp.stage_user('bo', '103');
select is(
    pg_temp.take_in_roster('2026-11-07 08:00+01'), '{0,2,0}',
    'who has another calendar has changed as well'
);
select results_eq(
    $$ select calendar_id, source, address, is_active from roster.calendars
       where user_id = 1 order by calendar_id $$,
    $$ values
        (1, 'source', 'first', false), (2, 'other', 'first', true), (3, 'source', 'second', true)
    $$,
    'a calendar that is named no more is not in use, new ones get numbers of their own'
);
select set_eq(
    'select user_id from calendar.touched', array[1, 3]::bigint[], 'their users are touched'
);
select set_eq(
    'select user_id from calendar.cursors where cursor is null', array[1]::bigint[],
    'and loaded afresh'
);
select
    is(
        mail_addresses, '{cia@example.com}', 'mail addresses are those of the newest roster'
    )
from roster.users where user_id = 3;

-- What cannot be.
select pg_temp.stage_user('anna', '102');
select throws_ok(
    $$ select * from intake.take_in_roster(1, 2, '2026-11-08 08:00+01', 'test') $$, 'KK002',
    'staging does not hold what was sent; the roster is taken back',
    'a stage that lost rows is refused'
);
select pg_temp.stage_user('bo', '102');
select pg_temp.take_in_roster('2026-11-08 08:00+01');
select throws_ok(
    'set constraints all immediate', '23P01', null, 'two active users never share an extension'
);

select * from finish();
rollback;
