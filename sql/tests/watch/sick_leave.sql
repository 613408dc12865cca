-- That somebody is sick is told in no view that is read (domain P-14).

begin;
\ir ../fixtures/makers.sql
select plan(7);

select pg_temp.anna('{}', 'cmg');
select pg_temp.book(
    'sick', '2026-11-23 09:00+01', '2026-11-23 10:00+01', subject => 'NP/Sj: hemma'
);
select pg_temp.book(
    'child', '2026-11-23 11:00+01', '2026-11-23 12:00+01', subject => 'NP/VAB:'
);
select pg_temp.book(
    'left_out', '2026-11-23 13:00+01', '2026-11-23 14:00+01', subject => 'NP/Sj:',
    is_cancelled => true
);
select pg_temp.book(
    'chosen', '2026-11-23 15:00+01', '2026-11-23 16:00+01',
    choice => '{"reason": "sick", "kind": "direct"}'
);
select pg_temp.book('lunch', '2026-11-23 16:00+01', '2026-11-23 17:00+01', subject => 'NP/L:');
select pg_temp.book('near', '2026-11-24 09:00+01', '2026-11-24 10:00+01', subject => 'NP/SJ hemma');
select pg_temp.book('nearer', '2026-11-24 10:00+01', '2026-11-24 11:00+01', subject => 'NP/VAP:');
select pg_temp.book('food', '2026-11-24 12:00+01', '2026-11-24 13:00+01', subject => 'NP/L mat');
select pg_temp.cover();
select pg_temp.take_in();
select pg_temp.place('2026-11-20 09:00+01');

select results_eq(
    $$ select booking_key, reason, code from watch.explained
       where booking_key <> all ('{near,nearer,food}') order by starts_at $$,
    $$ values
        ('sick', 'unavailable', null), ('child', 'unavailable', null), ('left_out', null, null),
        ('chosen', 'unavailable', null), ('lunch', 'lunch', 'np/l:')
    $$,
    'neither as a reason nor as the code that means it, used or not'
);
select results_eq(
    'select near_miss from watch.near_misses order by near_miss', array['np/l'],
    'nor as a word that is nearly one'
);
select bag_eq(
    'select reason from watch.on_phones',
    array['unavailable', 'unavailable', 'unavailable', 'lunch', 'meeting', 'meeting', 'meeting'],
    'nor as what stands'
);

insert into audit.runs (customer_id, run_id, mode, scope, as_of, started_at, touched_count)
values (1, 1, 'apply', 'touched', '2026-11-20 12:00+01', '2026-11-20 12:00+01', 1);
insert into audit.changes (
    customer_id, user_id, run_id, absence_key, action, before, after, booking_keys,
    booking_marks, is_guarded, planned_at
)
values (
    1, 1, 1, gen_random_uuid(), 'update', '{"reason": "sick", "announced_reason": "sick"}',
    '{"reason": "sick_child", "announced_reason": "away", "kind": "open"}', '{b}', '{m}', false,
    '2026-11-20 12:00+01'
);
select results_eq(
    'select before, after from watch.changes',
    $$ values (
        '{"reason": "unavailable", "announced_reason": "unavailable"}'::jsonb,
        '{"reason": "unavailable", "announced_reason": "away", "kind": "open"}'::jsonb
    ) $$,
    'nor within a change'
);

insert into audit.drift_checks values (1, '2026-11-20 12:00+01', null, 0, 0, 0, 1);
insert into audit.drifts values (
    1, 1, '2026-11-20 12:00+01', 'missing', 'k', '101', '2026-11-23 09:00+01',
    '2026-11-23 10:00+01', 'direct', 'sick'
);
select results_eq('select reason from watch.drift', array['unavailable'], 'nor within a drift');

select results_eq(
    $$ select outcomes.booking_key, outcomes.reason, outcomes.code
       from absence.outcomes_within(1, '2026-11-20 12:00+01', '{1}') as outcomes
       where outcomes.booking_key = 'sick' $$,
    $$ values ('sick', 'unavailable', null::text) $$,
    'nor where a person is told why a telephone is as it is'
);
select bag_eq(
    $$ select reason from absence.desired_within(1, '2026-11-20 12:00+01')
       where reason like 'sick%' $$,
    array['sick', 'sick', 'sick_child'],
    'and the telephone system gets it as it is'
);

select * from finish();
rollback;
