-- absence.claims: what each booking wants, or why it wants nothing (domain P-1, P-2, P-5, P-8).

begin;
\ir ../fixtures/makers.sql
select plan(14);

select pg_temp.anna();
select pg_temp.stage_user('anna', '101');
select pg_temp.stage_user('bo', '102', has_diversion => false);
select pg_temp.stage_user('cia', '103', has_calendar => false);
select pg_temp.take_in_roster('2026-11-02 08:00+01');

-- The standard template.
select pg_temp.book('busy', '2026-11-23 09:00+01', '2026-11-23 10:00+01');
select pg_temp.book('out', '2026-11-23 10:00+01', '2026-11-23 11:00+01', 'out_of_office');
select pg_temp.book('tentative', '2026-11-23 11:00+01', '2026-11-23 12:00+01', 'tentative');
select pg_temp.book('elsewhere', '2026-11-23 12:00+01', '2026-11-23 13:00+01', 'working_elsewhere');
select pg_temp.book('free', '2026-11-23 13:00+01', '2026-11-23 14:00+01', 'free');
select pg_temp.take_in();

select results_eq(
    $$ select booking_key, because, reason, kind::text, origin, decided_by
       from absence.claims where user_id = 1 order by starts_at $$,
    $$ values
        ('busy', null, 'meeting', 'information', 1, 'template'),
        ('out', null, 'away', 'information', 1, 'template'),
        ('tentative', 'show_as', 'meeting', 'information', 1, 'template'),
        ('elsewhere', 'show_as', 'meeting', 'information', 1, 'template'),
        ('free', 'show_as', 'meeting', 'information', 1, 'template')
    $$,
    'the standard template takes busy and out of office, as information'
);

-- In the order in which the reasons are tested, each booking has all the later ones as well.
delete from calendar.bookings;
select pg_temp.book(
    'cancelled', '2026-11-23 09:00+01', '2026-11-23 09:00+01', 'free', 'private',
    'declined', is_cancelled => true, choice => '"skip"'
);
select pg_temp.book(
    'declined', '2026-11-23 10:00+01', '2026-11-23 10:00+01', 'free', 'private',
    'declined', choice => '"skip"'
);
select pg_temp.book(
    'no_time', '2026-11-23 11:00+01', '2026-11-23 11:00+01', 'free', 'private',
    choice => '"skip"'
);
select pg_temp.book(
    'private', '2026-11-23 12:00+01', '2026-11-23 13:00+01', 'free', 'private',
    choice => '"skip"'
);
select pg_temp.book(
    'confidential', '2026-11-23 13:00+01', '2026-11-23 14:00+01', 'busy',
    'confidential'
);
select pg_temp.book('personal', '2026-11-23 14:00+01', '2026-11-23 15:00+01', 'busy', 'personal');
select pg_temp.book('override', '2026-11-23 15:00+01', '2026-11-23 16:00+01', choice => '"skip"');
select pg_temp.book(
    'service', '2026-11-23 09:00+01', '2026-11-23 10:00+01', 'busy', 'private',
    user_id => 3
);
select pg_temp.take_in();

select results_eq(
    'select booking_key, because from absence.claims order by user_id, starts_at',
    $$ values
        ('cancelled', 'cancelled'), ('declined', 'declined'), ('no_time', 'no_time'),
        ('private', 'private'), ('confidential', 'private'), ('personal', null),
        ('override', 'booking_override'), ('service', 'user_without_service')
    $$,
    'cancelled, declined, no time, no service, private, the choice: in that order'
);

select intake.take_in_preferences(1, 1, '{"enabled": false}', '2026-11-20 09:00+01');

select
    is(
        because, 'user_disabled', 'whoever switched off gets nothing, before private is asked'
    )
from absence.claims where booking_key = 'private';

-- A user's own table, and the choice for one booking above it.
select intake.take_in_preferences(1, 1, '{
    "show_as": {
        "busy": {"reason": "course", "kind": "direct"},
        "out_of_office": "skip",
        "free": {"reason": "lunch"}
    }
}', '2026-11-20 10:00+01');
delete from calendar.bookings;
select pg_temp.book('busy', '2026-11-23 09:00+01', '2026-11-23 10:00+01');
select pg_temp.book('out', '2026-11-23 10:00+01', '2026-11-23 11:00+01', 'out_of_office');
select pg_temp.book('free', '2026-11-23 11:00+01', '2026-11-23 12:00+01', 'free');
select pg_temp.book(
    'chosen', '2026-11-23 12:00+01', '2026-11-23 13:00+01', 'out_of_office',
    choice => '{"reason": "errand"}'
);
select pg_temp.book(
    'open', '2026-11-23 13:00+01', '2026-11-23 14:00+01',
    choice => '{"kind": "open"}'
);
select pg_temp.take_in();

select results_eq(
    $$ select booking_key, because, reason, kind::text, origin, decided_by
       from absence.claims order by starts_at $$,
    $$ values
        ('busy', null, 'course', 'direct', 1, 'user'),
        ('out', 'show_as', 'meeting', 'information', 1, 'user'),
        ('free', null, 'lunch', 'information', 1, 'user'),
        ('chosen', null, 'errand', 'information', 3, 'choice'),
        ('open', null, 'course', 'open', 3, 'choice')
    $$,
    'a user''s own row is stronger than the table, and the choice for one booking than both'
);

select pg_temp.customer('one-x', '{"user_rules": false}');

select results_eq(
    'select booking_key, because, reason, kind::text from absence.claims order by starts_at',
    $$ values
        ('busy', null, 'meeting', 'information'), ('out', null, 'away', 'information'),
        ('free', 'show_as', 'meeting', 'information'),
        ('chosen', null, 'away', 'information'), ('open', null, 'meeting', 'information')
    $$,
    'with the plug-in switched off neither own tables nor choices count'
);

-- Free and tentative as busy; no diversion; no diversion service.
select pg_temp.customer('one-x', '{"show_as": {"busy": {"reason": "busy", "kind": "open"}}}');
select intake.take_in_preferences(
    1, 1, '{"free": true, "tentative": true}', '2026-11-20 11:00+01'
);
delete from calendar.bookings;
select pg_temp.book('free', '2026-11-23 09:00+01', '2026-11-23 10:00+01', 'free');
select pg_temp.book('tentative', '2026-11-23 10:00+01', '2026-11-23 11:00+01', 'tentative');
select pg_temp.book('elsewhere', '2026-11-23 11:00+01', '2026-11-23 12:00+01', 'working_elsewhere');
select pg_temp.book('busy', '2026-11-23 09:00+01', '2026-11-23 10:00+01', user_id => 2);
select pg_temp.take_in();

select results_eq(
    $$ select booking_key, because, reason, kind::text, decided_by, is_weakened
       from absence.claims order by user_id, starts_at $$,
    $$ values
        ('free', null, 'busy', 'open', 'user', false),
        ('tentative', null, 'busy', 'open', 'user', false),
        ('elsewhere', 'show_as', 'meeting', 'information', 'template', false),
        ('busy', null, 'busy', 'information', 'administrator', true)
    $$,
    'free and tentative count as busy where the user asked; no diversion without the service'
);

select intake.take_in_preferences(
    1, 1, '{"free": true, "tentative": true, "show_as": {"free": "skip"}}', '2026-11-20 12:00+01'
);

select is(because, 'show_as', 'the user''s own row for free is stronger than "use free ones"')
from absence.claims where booking_key = 'free';

select intake.take_in_preferences(
    1, 1, '{"tentative": true, "no_diversion": true}', '2026-11-20 13:00+01'
);
select pg_temp.book(
    'open', '2026-11-23 13:00+01', '2026-11-23 14:00+01',
    choice => '{"kind": "direct"}'
);
select pg_temp.take_in('2026-11-20 13:00+01');

select results_eq(
    $$ select booking_key, kind::text from absence.claims
       where user_id = 1 and because is null order by starts_at $$,
    $$ values ('tentative', 'information'), ('open', 'direct') $$,
    'who wants no diversion has none, but for the bookings chosen one by one'
);

-- All-day bookings and codes.
select pg_temp.customer('trio');
delete from calendar.bookings;
select pg_temp.book_days('day', '2026-11-23', '2026-11-24', subject => 'SAM: dag');
select pg_temp.book_days('chosen', '2026-11-24', '2026-11-25', choice => '{"reason": "vacation"}');
select pg_temp.book(
    'coded', '2026-11-25 09:00+01', '2026-11-25 10:00+01', 'free',
    subject => 'sam; budget'
);
select pg_temp.book('plain', '2026-11-25 10:00+01', '2026-11-25 11:00+01', subject => 'Budget');
select pg_temp.book(
    'invited', '2026-11-25 11:00+01', '2026-11-25 12:00+01',
    response => 'not_responded', subject => 'SAM: budget'
);
select pg_temp.book(
    'maybe', '2026-11-25 12:00+01', '2026-11-25 13:00+01',
    response => 'tentative', subject => 'TJÄ: budget'
);
select pg_temp.take_in();

select results_eq(
    'select booking_key, because from absence.claims order by starts_at',
    $$ values
        ('day', 'all_day'), ('chosen', 'all_day'), ('coded', null), ('plain', 'no_code'),
        ('invited', 'not_answered'), ('maybe', null)
    $$,
    'a code counts on free and tentative bookings, not on whole days nor before the answer'
);
select results_eq(
    $$ select booking_key, reason, kind::text, origin, code, decided_by
       from absence.claims where because is null order by starts_at $$,
    $$ values
        ('coded', 'meeting', 'information', 2, 'sam', 'code'),
        ('maybe', 'errand', 'direct', 2, 'tjä', 'code')
    $$,
    'the code names the reason and its sign the kind'
);

select pg_temp.customer('trio', '{"user_rules": true}');

select results_eq(
    $$ select booking_key, reason, kind::text, starts_at, ends_at, is_clipped
       from absence.claims where booking_key = 'chosen' $$,
    $$ values (
        'chosen', 'vacation', 'information', timestamptz '2026-11-24 00:00+01',
        timestamptz '2026-11-25 00:00+01', false
    ) $$,
    'a choice makes a whole day count that the rules skip'
);

select pg_temp.customer('one-x');

select is(
    (select array_agg(because order by starts_at) from absence.claims),
    array[null, null, 'show_as', null, null, null],
    'where no code counts, what is left of them from earlier rules does not count'
);

update roster.calendars set is_active = false;

select is_empty(
    'select * from absence.claims', 'bookings of a calendar that is not in use claim nothing'
);

-- What only one of the tables above can tell, of a user in another zone.
select pg_temp.customer('trio', '{"user_rules": true, "sync": "codes_first", "all_day":
    "whole_day", "show_as": {"busy": {}}}');
update roster.calendars set is_active = true;
select pg_temp.stage_user('anna', '101', time_zone => 'America/New_York');
select pg_temp.take_in_roster('2026-11-20 12:00+01');
select intake.take_in_preferences(1, 1, '{"no_diversion": true}', '2026-11-20 12:00+01');
delete from calendar.bookings;
select pg_temp.book_days('zone', '2026-11-24', '2026-11-25');
select pg_temp.book('direct', '2026-11-26 09:00+01', '2026-11-26 10:00+01', subject => 'SAM: a');
select pg_temp.take_in();

select results_eq(
    'select booking_key, kind::text, starts_at from absence.claims order by starts_at',
    $$ values ('zone', 'information', timestamptz '2026-11-24 00:00-05'),
        ('direct', 'information', '2026-11-26 09:00+01') $$,
    'whole days begin where the user is; without diversion a code informs as well'
);

select * from finish();
rollback;
