-- absence.outcomes_within: what became of each booking, and why nothing did.

begin;
\ir ../fixtures/makers.sql
select plan(6);

select pg_temp.anna('{"office_hours_only": true, "days_ahead": 3, "merge_gap": 300, "show_as":
    {"out_of_office": {"reason": "away", "kind": "direct"}}}');
select pg_temp.stage_user('anna', '101');
select pg_temp.stage_user('bo', '102');
select pg_temp.take_in_roster('2026-11-02 08:00+01');
select pg_temp.book('past', '2026-11-20 09:00+01', '2026-11-20 10:00+01');
select pg_temp.book('runs', '2026-11-23 08:00+01', '2026-11-23 10:00+01');
select pg_temp.book('joined', '2026-11-23 10:05+01', '2026-11-23 11:00+01');
select pg_temp.book('strong', '2026-11-23 12:00+01', '2026-11-23 15:00+01', 'out_of_office');
select pg_temp.book('covered', '2026-11-23 13:00+01', '2026-11-23 14:00+01');
select pg_temp.book('evening', '2026-11-23 18:00+01', '2026-11-23 19:00+01');
select pg_temp.book('free', '2026-11-24 09:00+01', '2026-11-24 10:00+01', 'free');
select pg_temp.book('far', '2026-11-26 09:30+01', '2026-11-26 11:00+01');
select pg_temp.book('other', '2026-11-23 08:00+01', '2026-11-23 09:30+01', user_id => 2);
select pg_temp.take_in();

select results_eq(
    $$ select booking_key, because, reason, kind::text
       from absence.outcomes_within(1, '2026-11-23 09:30+01', '{1}') $$,
    $$ values
        ('past', 'past', 'meeting', 'information'), ('runs', null, 'meeting', 'information'),
        ('joined', null, 'meeting', 'information'), ('strong', null, 'away', 'direct'),
        ('covered', 'covered', 'meeting', 'information'),
        ('evening', 'outside_office_hours', 'meeting', 'information'),
        ('free', 'show_as', null, null), ('far', 'beyond_horizon', 'meeting', 'information')
    $$,
    'each booking with the first reason that held, or none where it stands behind an absence'
);
select results_eq(
    $$ select user_id, booking_key, because
       from absence.outcomes_within(1, '2026-11-23 09:30+01') where user_id = 2 $$,
    $$ values (2::bigint, 'other', 'past') $$,
    'of everybody where nobody is named; what ends now is past'
);
select is(
    (
        select because from absence.outcomes_within(1, '2026-11-23 09:30:01+01', '{1}')
        where booking_key = 'far'
    ),
    null,
    'a second later the horizon has come that far'
);
select is_empty(
    $$ select * from absence.outcomes_within(2, '2026-11-23 09:30+01') $$,
    'nothing of other customers'
);

-- A booking that is one absence on each of its days: the first is past, the second far ahead.
delete from calendar.bookings;
select pg_temp.customer('one-x', '{"office_hours_only": true, "days_ahead": 3, "office_hours":
    {"mon": "08:00-17:00", "fri": "08:00-17:00"}}');
select pg_temp.book('days', '2026-11-23 08:00+01', '2026-11-27 17:00+01');
select pg_temp.take_in('2026-11-20 09:00+01');

select is(because, 'past', 'past where a day of it is, and the next is beyond the horizon')
from absence.outcomes_within(1, '2026-11-23 20:00+01');
select is(because, null, 'and wanted again when the horizon has come that far')
from absence.outcomes_within(1, '2026-11-25 08:00+01');

select * from finish();
rollback;
