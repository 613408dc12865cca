-- intake.take_in_preferences: a user's own rules.

begin;
\ir ../fixtures/makers.sql
select plan(13);

select pg_temp.anna();
insert into calendar.cursors values (1, 1, 1, 'c', 1, '2026-11-02 09:00+01');
delete from calendar.touched;

create function pg_temp.prefer(settings jsonb, at timestamptz)
returns boolean
language sql as $$
    select intake.take_in_preferences(1, 1, prefer.settings, prefer.at, 'eva')
$$;

select ok(
    pg_temp.prefer('{
        "enabled": true, "codes_only": false, "default_reason": "errand", "no_diversion": true,
        "free": true, "tentative": false,
        "show_as": {"busy": "skip", "free": {"reason": "lunch", "kind": "open"}},
        "announce_as": {"sick": "away"},
        "targets": {"meeting": {"type": "number", "number": "+46701234567"}, "sick":
            {"type": "voicemail"}}
    }', '2026-11-03 08:00+01'),
    'own rules are taken in'
);
select results_eq(
    $$ select is_enabled, is_codes_only, default_reason, has_no_diversion, text_fields,
        uses_private, uses_free, uses_tentative
       from roster.preferences $$,
    $$ values (true, false, 'errand', true, null::text[], null::boolean, true, false) $$,
    'what is not said is no wish'
);
select results_eq(
    $$ select show_as::text, is_skipped, reason, kind::text
       from roster.show_as_preferences order by 1 $$,
    $$ values ('busy', true, null, null), ('free', false, 'lunch', 'open') $$,
    'the user''s own table'
);
select results_eq(
    'select reason, target_type::text, target_number from roster.targets order by reason',
    $$ values ('meeting', 'number', '+46701234567'), ('sick', 'voicemail', null) $$,
    'and targets'
);
select results_eq(
    'select cause from calendar.touched', $$ values ('preferences') $$, 'the user is touched'
);
select is(cursor, 'c', 'what is kept of a booking is the same') from calendar.cursors;

delete from calendar.touched;
select ok(
    not pg_temp.prefer((select settings from roster.preferences), '2026-11-03 09:00+01'),
    'the same again is no change'
);
select is(count(*), 0::bigint, 'and touches nobody') from calendar.touched;

select pg_temp.prefer('{"private": true}', '2026-11-04 08:00+01');
select is(cursor, null, 'private bookings load the user afresh') from calendar.cursors;
select is(
    (select count(*) from roster.show_as_preferences) + (select count(*) from roster.targets)
    + (select count(*) from roster.announced_reasons),
    0::bigint,
    'what is not said any more is gone'
);

select pg_temp.prefer('{"free": true}', '2026-11-04 08:00+01');
select pg_temp.prefer('{"free": false}', '2026-11-04 08:00+01');
select pg_temp.prefer('{"private": true}', '2026-11-04 07:00+01');
select results_eq(
    $$ select lower(held_during), upper(held_during), settings ? 'enabled'
       from roster.preference_versions order by 1 $$,
    $$ values
        (timestamptz '2026-11-03 08:00+01', timestamptz '2026-11-04 08:00+01', true),
        (timestamptz '2026-11-04 08:00+01', null, false)
    $$,
    'how they stood is kept; of several at one instant the last holds'
);
select is(settings, '{"private": true}', 'and that is what counts')
from roster.preference_versions where upper_inf(held_during);
select is(applied_by, 'eva', 'with who made it')
from roster.preference_versions where upper_inf(held_during);

select * from finish();
rollback;
