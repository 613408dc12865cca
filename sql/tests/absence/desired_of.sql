-- absence.desired_of: absences as callers and colleagues are to know them (domain P-12 to P-15).

begin;
\ir ../fixtures/makers.sql
select plan(12);

select pg_temp.anna('{"announce_as": {"meeting": "busy", "away": "errand"}, "text":
    ["subject", "location", "body"], "ring_seconds": 20}');
select pg_temp.book(
    'm', '2026-11-23 09:00+01', '2026-11-23 10:00+01',
    subject => E' Budget\n 2027 ', location => 'Rum 4', body => 'Ta med siffrorna'
);
select pg_temp.book(
    'a', '2026-11-23 11:00+01', '2026-11-23 12:00+01', 'out_of_office',
    body => ' '
);
select pg_temp.take_in();

select results_eq(
    $$ select extension, reason, announced_reason, shown_text, target, ring_seconds, back_at
       from absence.desired_of(1) order by starts_at $$,
    $$ values
        ('101', 'meeting', 'busy', 'Budget 2027, Rum 4, Ta med siffrorna', 'announcement', 20,
            timestamptz '2026-11-23 10:00+01'),
        ('101', 'away', 'errand', null, 'announcement', 20, timestamptz '2026-11-23 12:00+01')
    $$,
    'text is those fields that are not empty; what callers hear may be another reason'
);

select intake.take_in_preferences(1, 1, '{
    "announce_as": {"meeting": "lunch"},
    "targets": {
        "meeting": {"type": "number", "number": "+46701234567"},
        "away": {"type": "voicemail"}
    }
}', '2026-11-20 09:00+01');

select results_eq(
    'select announced_reason, target from absence.desired_of(1) order by starts_at',
    $$ values ('lunch', 'number:+46701234567'), ('errand', 'voicemail') $$,
    'a user''s own announced reason wins over the administrator''s; targets are per reason'
);

select pg_temp.customer('one-x', '{"user_rules": false, "announce_as": {"meeting": "busy"}}');

select results_eq(
    'select announced_reason, target, shown_text from absence.desired_of(1) order by starts_at',
    $$ values ('busy', 'number:+46701234567', null), ('away', 'voicemail', null) $$,
    'without user rules only their targets count, and text that no rule shows is shown at once'
    ' no more'
);

-- Of several bookings behind one absence the first one's text is shown.
select pg_temp.customer('one-x', '{"merge_gap": 300, "text": ["subject"]}');
delete from calendar.bookings;
select pg_temp.book('first', '2026-11-23 09:00+01', '2026-11-23 10:00+01');
select pg_temp.book('second', '2026-11-23 10:00+01', '2026-11-23 11:00+01', subject => 'Budget');
select pg_temp.take_in();

select results_eq(
    'select booking_keys, shown_text from absence.desired_of(1)',
    $$ values ('{first,second}'::text[], null::text) $$,
    'of several bookings the first one''s text counts, also where it has none'
);

-- The return time.
select pg_temp.customer('one-x', '{"return_time": "leave_end", "holidays": ["2026-11-26"],
    "show_as": {"out_of_office": {"reason": "vacation"}}}');
delete from calendar.bookings;
select pg_temp.book('mon', '2026-11-23 00:00+01', '2026-11-23 17:00+01', 'out_of_office');
select pg_temp.book('tue', '2026-11-24 08:00+01', '2026-11-24 18:00+01', 'out_of_office');
select pg_temp.book('meeting', '2026-11-24 19:00+01', '2026-11-24 20:00+01');
select pg_temp.book('wed', '2026-11-25 07:00+01', '2026-11-25 17:00+01', 'out_of_office');
select pg_temp.book('fri', '2026-11-27 08:00+01', '2026-11-27 12:00+01', 'out_of_office');
select pg_temp.book('fri2', '2026-11-27 12:00+01', '2026-11-27 12:30+01', 'out_of_office');
select pg_temp.book('later', '2026-11-27 12:31+01', '2026-11-27 13:00+01', 'out_of_office');
select pg_temp.take_in();

select results_eq(
    'select booking_keys[1], back_at from absence.desired_of(1) order by starts_at',
    $$ values
        ('mon', timestamptz '2026-11-27 12:30+01'), ('tue', timestamptz '2026-11-27 12:30+01'),
        ('meeting', timestamptz '2026-11-24 20:00+01'),
        ('wed', timestamptz '2026-11-27 12:30+01'), ('fri', timestamptz '2026-11-27 12:30+01'),
        ('fri2', timestamptz '2026-11-27 12:30+01'),
        ('later', timestamptz '2026-11-27 13:00+01')
    $$,
    'callers hear the end of the leave: over nights and holidays, but over no office hours'
);

select pg_temp.customer('one-x', '{"show_as": {"out_of_office": {"reason": "vacation"}}}');

select
    ok(
        bool_and(back_at = ends_at), 'callers hear the end of the absence unless the rules say more'
    )
from absence.desired_of(1);

-- The whole path for four ways to be asked: one row per absence and nothing twice.
select is(count(*), count(distinct starts_at), 'one row per absence')
from absence.desired_of(1);

select pg_temp.customer('one-x', '{"diversion_service_required": false, "show_as":
    {"busy": {"reason": "meeting", "kind": "direct"}}}');
select pg_temp.stage_user('anna', '101', has_diversion => false, language => 'no');
select pg_temp.take_in_roster('2026-11-20 10:00+01');

select is(kind::text, 'direct', 'a diversion needs no service where none is required')
from absence.desired_of(1) where booking_keys[1] = 'meeting';

select is_empty(
    'select * from absence.desired_of(2)', 'other customers have their own'
);

-- A vacation, a day of something else, and vacation again.
select pg_temp.customer('one-x', '{"return_time": "leave_end", "show_as":
    {"out_of_office": {"reason": "vacation"}, "busy": {"reason": "sick"}}}');
delete from calendar.bookings;
select pg_temp.book_days('before', '2026-11-23', '2026-11-24', 'out_of_office');
select pg_temp.book_days('between', '2026-11-24', '2026-11-25');
select pg_temp.book_days('after', '2026-11-25', '2026-11-26', 'out_of_office');
select pg_temp.take_in();

select results_eq(
    'select back_at from absence.desired_of(1) order by starts_at',
    $$ values (timestamptz '2026-11-24 00:00+01'), (timestamptz '2026-11-25 00:00+01'),
        (timestamptz '2026-11-26 00:00+01') $$,
    'an absence of another reason ends a leave'
);
select results_eq(
    $$ select user_id, count(*) from absence.desired_of(1, '{1,2}', '[1,3)') group by user_id $$,
    'values (1::bigint, 3::bigint)',
    'of the users that are asked for'
);
select is_empty(
    $$ select * from absence.desired_of(1, '{2}') union all
       select * from absence.desired_of(1, null, '[2,)') $$,
    'and of nobody else'
);

select * from finish();
rollback;
