-- intake.take_in_rule_set: versions of a customer's rules, template and overrides resolved.

begin;
\ir ../fixtures/makers.sql
select plan(20);

select pg_temp.anna();
select pg_temp.stage_user('anna', '101');
select pg_temp.stage_user('bo', '102');
select pg_temp.take_in_roster('2026-11-02 08:00+01');
select pg_temp.stage_user('anna', '101');
select pg_temp.take_in_roster('2026-11-02 09:00+01');

select results_eq(
    $$ select system, sync, private, all_day, is_office_hours_only, merge_gap, text_fields,
        text_chosen_by, has_user_rules, is_diversion_service_required, is_enabled_by_default,
        default_reason, default_kind::text, return_time, ring_seconds, days_ahead
       from customer.rule_sets $$,
    $$ values ('one-x', 'show_as', 'never', 'whole_day', false, null::interval, '{}'::text[],
        'administrator', true, true, false, 'meeting', 'information', 'absence_end', 15, 30) $$,
    'without overrides the template counts, every key of it'
);
select results_eq(
    $$ select show_as::text, is_skipped, reason, kind::text, decided_by
       from customer.show_as_rules order by show_as_rules.show_as $$,
    $$ values
        ('free', true, null, null, 'template'), ('working_elsewhere', true, null, null, 'template'),
        ('tentative', true, null, null, 'template'),
        ('busy', false, 'meeting', 'information', 'template'),
        ('out_of_office', false, 'away', 'information', 'template')
    $$,
    'the standard table'
);

create function pg_temp.apply(rules jsonb, at timestamptz, system text default 'one-x')
returns integer
language sql as $$
    select intake.take_in_rule_set(1, apply.system, apply.rules, apply.at, 'test');
$$;

insert into calendar.cursors values (1, 1, 1, 'c1', 1, '2026-11-02 10:00+01');
insert into calendar.resources values (1, 1, 1, 'a.ics', '1');
delete from calendar.touched;
select is(pg_temp.apply('{}', '2026-11-03 08:00+01'), 1, 'the same rules are no new version');
select is(count(*), 0::bigint, 'and touch nobody') from calendar.touched;

select is(
    pg_temp.apply('{"show_as": {"busy": {"reason": "busy", "kind": "open"}, "free":
        {"reason": "lunch"}}, "ring_seconds": 20, "merge_gap": 300, "holidays": ["2026-12-24",
        "2026-12-24"], "office_hours": {"mon": "08:00-24:00", "sat": "10:00-12:30"},
        "announce_as": {"sick": "away"}}', '2026-11-03 09:00+01'),
    2,
    'others are a new version'
);
select results_eq(
    'select rule_set_version, held_during from customer.rule_sets order by 1',
    $$ values
        (1, tstzrange('2026-11-01 08:00+01', '2026-11-03 09:00+01')),
        (2, tstzrange('2026-11-03 09:00+01', null))
    $$,
    'the earlier one is kept, with the time that it held'
);
select results_eq(
    $$ select show_as::text, is_skipped, reason, kind::text, decided_by
       from customer.show_as_rules where rule_set_version = 2 order by show_as_rules.show_as $$,
    $$ values
        ('free', false, 'lunch', null, 'administrator'),
        ('working_elsewhere', true, null, null, 'template'),
        ('tentative', true, null, null, 'template'),
        ('busy', false, 'busy', 'open', 'administrator'),
        ('out_of_office', false, 'away', 'information', 'template')
    $$,
    'the administrator''s table is laid over the template''s, value by value'
);
select results_eq(
    $$ select weekday, opens_at, closes_at from customer.office_hours
       where rule_set_version = 2 order by weekday $$,
    $$ values
        (1, interval '8 hours', interval '24 hours'), (6, interval '10 hours', interval '12:30')
    $$,
    'office hours replace the template''s whole'
);
select results_eq(
    $$ select (select array_agg(holiday) from customer.holidays where rule_set_version = 2),
        (select array_agg(reason || '>' || announced_reason) from customer.announced_reasons),
        merge_gap, ring_seconds
       from customer.rule_sets where rule_set_version = 2 $$,
    $$ values ('{2026-12-24}'::date[], '{sick>away}'::text[], interval '5 minutes', 20) $$,
    'holidays, announced reasons and the rest'
);
select set_eq(
    'select user_id, cause from calendar.touched', $$ values (1::bigint, 'rules') $$,
    'all active users are touched'
);
select is(cursor, 'c1', 'what is kept of a booking is the same: nothing is loaded afresh')
from calendar.cursors;

-- What decides what is kept.
create function pg_temp.is_loaded_afresh()
returns boolean
language sql as $$
    select cursor is null and not exists (select from calendar.resources) from calendar.cursors;
$$;
create function pg_temp.read_again()
returns void
language sql as $$
    update calendar.cursors set cursor = 'again';
    insert into calendar.resources values (1, 1, 1, 'a.ics', '1') on conflict do nothing;
$$;

select pg_temp.apply('{"text": ["subject"]}', '2026-11-04 08:00+01');
select ok(pg_temp.is_loaded_afresh(), 'other text loads afresh');
select pg_temp.read_again();
select pg_temp.apply('{"text": ["subject"], "private": "user_choice"}', '2026-11-04 09:00+01');
select ok(pg_temp.is_loaded_afresh(), 'private bookings load afresh');
select pg_temp.read_again();
select pg_temp.apply(
    '{"text": ["subject"], "private": "user_choice", "sync": "codes_first"}',
    '2026-11-04 10:00+01'
);
select ok(pg_temp.is_loaded_afresh(), 'another trigger loads afresh');
select pg_temp.read_again();
select pg_temp.apply(
    '{"codes": [{"code": "XYZ", "reason": "course"}]}', '2026-11-04 11:00+01', 'trio'
);
select ok(pg_temp.is_loaded_afresh(), 'codes load afresh');

-- A template that changed is a new version of the rules that lean on it.
select pg_temp.apply('{}', '2026-11-05 08:00+01');
reset role;
update customer.templates set rules = rules || '{"ring_seconds": 25}' where system = 'one-x';
set local role kk_job;
select is(pg_temp.apply('{}', '2026-11-05 09:00+01'), 8, 'a changed template is a new version');
select is(ring_seconds, 25, 'with what it says') from customer.rule_sets where rule_set_version = 8;

-- A clock that went back, and a system that nobody knows.
select pg_temp.apply('{"days_ahead": 7}', '2026-11-05 08:30+01');
select
    is(
        lower(held_during), timestamptz '2026-11-05 09:00:00.000001+01',
        'a version begins behind the last one, so that each has held'
    )
from customer.rule_sets where upper_inf(held_during);
select throws_ok(
    $$ select pg_temp.apply('{}', '2026-11-06 08:00+01', 'pbx2000') $$, 'KK003',
    'no template for the system pbx2000', 'a system without a template is refused'
);
select pg_temp.customer('kalender-push', '{"forwarding": true}', at => '2026-11-07 08:00+01');
select is(default_kind::text, 'direct', 'forwarding is the default kind')
from customer.rule_sets where upper_inf(held_during);

select * from finish();
rollback;
