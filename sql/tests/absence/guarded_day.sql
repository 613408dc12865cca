-- absence.guarded_day: what the limits of a plan are held against (design principle 6).

begin;
\ir ../fixtures/makers.sql
select plan(4);

select pg_temp.anna();
select pg_temp.stage_user('anna', '101');
select pg_temp.stage_user('bo', '102');
select pg_temp.stage_user('cia', '103');
select pg_temp.take_in_roster('2026-11-02 08:00+01');
select pg_temp.stage_user('anna', '101');
select pg_temp.stage_user('bo', '102');
select pg_temp.take_in_roster('2026-11-02 09:00+01');
select pg_temp.book('a', '2026-11-23 09:00+01', '2026-11-23 10:00+01');
select pg_temp.book('b', '2026-11-23 11:00+01', '2026-11-23 12:00+01');
select pg_temp.take_in();
select pg_temp.place('2026-11-20 09:00+01');

insert into audit.runs (
    customer_id, run_id, mode, scope, as_of, started_at, touched_count
)
values (1, 1, 'apply', 'touched', '2026-11-20 09:00+01', '2026-11-20 09:00+01', 1);
insert into audit.changes (
    customer_id, user_id, run_id, planned_at, absence_key, action, before, after, booking_keys,
    booking_marks, is_guarded, is_approved, outcome, ended_at
)
select
    1, 1, 1, '2026-11-20 09:00+01', gen_random_uuid(), action::audit.action, '{}',
    case when action = 'update' then '{}'::jsonb end, '{}', '{}', is_guarded, is_approved,
    outcome::audit.outcome, ended_at
from (
    values
    ('withdraw', true, false, 'done', timestamptz '2026-11-22 10:00+01'),
    ('update', true, false, 'found_done', timestamptz '2026-11-23 09:00+01'),
    ('withdraw', true, false, 'done', timestamptz '2026-11-22 09:30+01'),
    ('withdraw', true, true, 'done', timestamptz '2026-11-23 09:00+01'),
    ('withdraw', true, false, 'failed', timestamptz '2026-11-23 09:00+01'),
    ('update', false, false, 'done', timestamptz '2026-11-23 09:00+01'),
    ('withdraw', true, false, 'done', timestamptz '2026-11-23 09:31+01')
) as given (action, is_guarded, is_approved, outcome, ended_at);

select results_eq(
    $$ select standing_count, user_count, taken_count, withdrawn_count
       from absence.guarded_day(1, '2026-11-23 09:30+01') $$,
    $$ values (2::bigint, 2::bigint, 2::bigint, 1::bigint) $$,
    'counts what was taken away unapproved in the 24 hours before, and who is there'
);
select results_eq(
    $$ select standing_count from absence.guarded_day(1, '2026-11-23 10:00+01') $$,
    $$ values (1::bigint) $$,
    'what has ended does not stand'
);
select intake.take_in_capabilities(
    1, '{direct}', '{announcement}', false, true, 'any', null, 1, null, true, true, null, null,
    true, '2026-11-20 08:00+01'
);
select results_eq(
    $$ select as_of, standing_count, ended_count
       from unnest(
           array['2026-11-23 10:00+01', '2026-11-24 09:59+01', '2026-11-24 10:00+01']
           ::timestamptz[]
       ) as given (as_of)
       cross join lateral absence.guarded_day(1, given.as_of) $$,
    $$ values
       ('2026-11-23 10:00+01'::timestamptz, 1::bigint, 1::bigint),
       ('2026-11-24 09:59+01', 0, 2),
       ('2026-11-24 10:00+01', 0, 1) $$,
    'where there is only now, what ended within the day counts beside it'
);
select results_eq(
    $$ select standing_count, user_count, taken_count, withdrawn_count
       from absence.guarded_day(2, '2026-11-23 09:30+01') $$,
    $$ values (0::bigint, 0::bigint, 0::bigint, 0::bigint) $$,
    'of another customer nothing'
);

select * from finish();
rollback;
