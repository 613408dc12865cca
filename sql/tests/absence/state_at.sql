-- absence.wanted_at, absence.state_at: what was wanted, placed and shown at an instant.

begin;
\ir ../fixtures/makers.sql
select plan(13);

create temporary table truth (at timestamptz, content jsonb);

-- Notes what is wanted at an instant, as it is known then.
create function pg_temp.note(at timestamptz)
returns void
language sql as $$
    insert into truth
    select note.at, to_jsonb(desired) - 'shown_text'
    from absence.desired_within(1, note.at) as desired;
$$;

-- Carries out whatever differs at an instant, in a run of its own.
create function pg_temp.carry_out(run_id bigint, at timestamptz)
returns void
language sql as $$
    insert into audit.runs (customer_id, run_id, mode, scope, as_of, started_at, touched_count)
    values (1, carry_out.run_id, 'apply', 'everybody', carry_out.at, carry_out.at, 1);
    insert into audit.changes (
        customer_id, user_id, run_id, planned_at, absence_key, action, before, after,
        booking_keys, booking_marks, is_guarded
    )
    select
        1, user_id, carry_out.run_id, carry_out.at, coalesce(absence_key, gen_random_uuid()),
        case
            when absence_key is null then 'create' when extension is null then 'withdraw'
            else 'update'
        end::audit.action,
        case when absence_key is not null then jsonb_build_object('reason', before_reason) end,
        case when extension is not null then to_jsonb(differences) end,
        booking_keys, booking_marks, false
    from absence.differences_within(1, carry_out.at) as differences;
    select intake.record_outcomes(
        1, carry_out.run_id, carry_out.at, array_agg(user_id), array_agg(absence_key),
        array_agg('done'::audit.outcome), array_agg('1'::text), array_agg(null::text), carry_out.at
    )
    from audit.changes
    where changes.run_id = carry_out.run_id;
$$;

-- The labels of what runs at an instant, with the reasons.
create function pg_temp.running(at timestamptz, user_id bigint default 1, out text)
language sql as $$
    select string_agg(state || ' ' || reason, ', ' order by state, reason)
    from absence.state_at(1, running.user_id, running.at)
    where is_running;
$$;

select pg_temp.anna();
select pg_temp.book('a', '2026-11-23 09:00+01', '2026-11-23 12:00+01', subject => 'Canary');
select pg_temp.cover();
select pg_temp.take_in('2026-11-20 08:00+01');
select pg_temp.note('2026-11-20 08:30+01');
select intake.take_in_preferences(1, 1, '{"default_reason": "errand", "show_as":
    {"busy": {"reason": "errand"}}}', '2026-11-20 09:00+01');
select pg_temp.note('2026-11-20 09:30+01');
select pg_temp.customer(
    'one-x', '{"show_as": {"busy": {"reason": "course", "kind": "direct"}}}',
    at => '2026-11-20 10:00+01'
);
select intake.take_in_preferences(1, 1, '{}', '2026-11-20 10:00+01');
select pg_temp.note('2026-11-20 10:30+01');
select pg_temp.carry_out(1, '2026-11-20 11:00+01');

-- Another address: the earlier calendar counts until the new one has told what stands there.
insert into staging.cursors (
    customer_id, load_id, user_id, calendar_id, generation, cursor, byte_count, failures
)
select 1, 1, 1, 1, generation, 'c', 0, '{}' from roster.calendars;
select pg_temp.book('a', '2026-11-23 09:00+01', '2026-11-23 12:00+01');
select pg_temp.cover();
select pg_temp.take_in('2026-11-20 11:10+01');
select pg_temp.stage_user('anna', '101', addresses => '{second}');
select pg_temp.take_in_roster('2026-11-20 12:00+01');
select pg_temp.note('2026-11-20 12:30+01');
insert into staging.cursors (
    customer_id, load_id, user_id, calendar_id, generation, cursor, byte_count, failures
)
select 1, 1, 1, 2, generation, 'c', 0, '{}' from roster.calendars where calendar_id = 2;
select pg_temp.book('b', '2026-11-23 10:00+01', '2026-11-23 11:00+01', calendar_id => 2);
select pg_temp.cover(calendar_id => 2);
select pg_temp.take_in('2026-11-20 13:00+01');
select pg_temp.note('2026-11-20 13:30+01');
select pg_temp.stage_user('anna', '101', addresses => '{first}');
select pg_temp.take_in_roster('2026-11-20 14:00+01');
select pg_temp.note('2026-11-20 14:30+01');
select pg_temp.stage_user('anna', '101', addresses => '{second}');
select pg_temp.take_in_roster('2026-11-20 15:00+01');
select pg_temp.note('2026-11-20 15:30+01');
select pg_temp.carry_out(2, '2026-11-20 16:00+01');

select set_eq(
    'select * from truth',
    $$ select distinct truth.at, to_jsonb(wanted) - 'shown_text'
       from truth cross join lateral absence.wanted_at(1, truth.at) as wanted $$,
    'bookings, rules, preferences and calendars count as they stood'
);
select is(
    array(
        select content ->> 'reason' || ' ' || (content ->> 'booking_keys')
        from truth order by at
    ),
    array[
        'meeting ["a"]', 'errand ["a"]', 'course ["a"]', 'course ["a"]', 'course ["b"]',
        'course ["a"]', 'course ["b"]'
    ],
    'which has been something else each time'
);
select is_empty(
    $$ select from customer.customers where customer_id < 0 $$, 'the shadow is gone'
);
select is_empty(
    $$ select from absence.wanted_at(1, '2026-11-20 15:30+01', '{}') $$,
    'of nobody where nobody is named'
);

select pg_temp.stage_placed();
select pg_temp.stage_own('own', '101', '2026-11-23 10:30+01', '2026-11-23 10:45+01');
select pg_temp.read_back('2026-11-20 17:00+01');

select is(
    array[
        pg_temp.running('2026-11-23 08:59+01'), pg_temp.running('2026-11-23 10:00+01'),
        pg_temp.running('2026-11-23 10:30+01'), pg_temp.running('2026-11-23 11:00+01')
    ],
    array[
        null, 'placed course, shown course, wanted course',
        'placed course, shown course, shown errand, wanted course', null
    ],
    'each from its start to its end'
);
select is(pg_temp.running('2026-11-23 10:30+01', 2), null, 'nothing of other users');
select results_eq(
    $$ select state, is_running, starts_at, booking_keys, known_from
       from absence.state_at(1, 1, '2026-11-20 11:30+01') order by state $$,
    $$ values
        ('placed', false, timestamptz '2026-11-23 09:00+01', '{a}'::text[],
            timestamptz '2026-11-20 11:00+01'),
        ('wanted', false, '2026-11-23 09:00+01', '{a}', null)
    $$,
    'what lies ahead is told as it was expected then'
);
select results_eq(
    $$ select run_id, planned_at, acknowledged_at from absence.state_at(1, 1, '2026-11-20 11:30+01')
       where state = 'placed' $$,
    $$ values (1::bigint, timestamptz '2026-11-20 11:00+01', timestamptz '2026-11-20 11:00+01') $$,
    'with who planned it and when'
);
select is(
    (
        select array_agg(run_id) from absence.state_at(1, 1, '2026-11-20 16:05+01')
        where state = 'placed'
    ),
    '{2}', 'the newest that did'
);
insert into audit.runs (customer_id, run_id, mode, scope, as_of, started_at, touched_count)
values (1, 3, 'apply', 'everybody', '2026-11-20 16:10+01', '2026-11-20 16:10+01', 1);
insert into audit.changes (
    customer_id, user_id, run_id, planned_at, absence_key, action, before, after, booking_keys,
    booking_marks, is_guarded, outcome, ended_at
)
select
    1, user_id, 3, '2026-11-20 16:10+01', absence_key, 'update', after, after, booking_keys,
    booking_marks, false, 'found_done', '2026-11-20 16:10+01'
from audit.changes
where run_id = 2 and action <> 'withdraw';
select is(
    (
        select array_agg(run_id) from absence.state_at(1, 1, '2026-11-20 16:30+01')
        where state = 'placed'
    ),
    '{3}', 'also where it was only found afterwards that it had'
);
select results_eq(
    $$ select origin, kind::text, back_at, acknowledged_at, set_by
       from absence.state_at(1, 1, '2026-11-23 10:30+01')
       where state = 'shown' and origin = 'person' $$,
    $$ values ('person', 'direct', timestamptz '2026-11-23 10:45+01', null::timestamptz,
        null::text) $$,
    'what the telephone side does not tell is its end, or nothing'
);
select pg_temp.stage_placed(edited => 'b', edit => '{"reason": "lunch", "set_by": "bo"}');
select pg_temp.read_back('2026-11-23 10:10+01');
select results_eq(
    $$ select state, reason, set_by from absence.state_at(1, 1, '2026-11-23 10:11+01')
       where state <> 'wanted' and origin = 'calendar' order by state $$,
    $$ values ('placed', 'lunch', 'bo'), ('shown', 'lunch', 'bo') $$,
    'what a person changed stands as they left it, and says so'
);
select is(
    pg_temp.running('2026-11-23 10:09+01'), 'placed course, shown course, wanted course',
    'before it was found it is not known'
);

select * from finish();
rollback;
