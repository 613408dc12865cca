-- billing.count_user_days: who had the service on which day, by what held on it.

begin;
\ir ../fixtures/makers.sql
\ir ../fixtures/billing.sql
select plan(15);

select pg_temp.anna('{"enabled_by_default": true}');
select pg_temp.stage_user('anna', '101');
select pg_temp.stage_user('bo', '102', addresses => '{second}');
select pg_temp.stage_user('cia', '103', addresses => '{third}', has_calendar => false);
select pg_temp.take_in_roster('2026-11-02 00:00+01');

select is(
    billing.count_user_days(1, '2026-11-01 23:59+01'), 0::bigint, 'a day is counted when it is over'
);
select is(billing.count_user_days(1, '2026-11-02 00:00+01'), 1::bigint, 'and then at once');
select is(billing.count_user_days(1, '2026-11-02 02:30+01'), 0::bigint, 'and once');
select results_eq(
    'select user_id, day_date, is_enabled, is_verified, has_absences from ledger.user_days',
    $$ values (1::bigint, date '2026-11-01', true, false, false) $$,
    'who came within the day had the service on it'
);

-- Bo leaves in the middle of the third, anna switches it off on the fourth and on again later.
select pg_temp.stage_user('anna', '101');
select pg_temp.stage_user('cia', '103', addresses => '{third}', has_calendar => false);
select pg_temp.take_in_roster('2026-11-03 12:00+01');
select intake.take_in_preferences(1, 1, '{"enabled": false}', '2026-11-03 23:00+01');
select intake.take_in_preferences(1, 1, '{"enabled": true}', '2026-11-05 08:00+01');
select is(
    billing.count_user_days(1, '2026-11-06 02:30+01'), 4::bigint,
    'nights that were missed are made up for'
);
select results_eq(
    $$ select day_date, array_agg(user_key order by user_key)
       from ledger.user_days inner join roster.users using (customer_id, user_id)
       where is_enabled group by day_date order by day_date $$,
    $$ values
        (date '2026-11-01', '{anna}'::text[]), ('2026-11-02', '{anna,bo,cia}'),
        ('2026-11-03', '{anna,bo,cia}'), ('2026-11-04', '{cia}'), ('2026-11-05', '{anna,cia}')
    $$,
    'each day by what held on it, whoever had the service for a part of it'
);
select is(
    (select count(*) from ledger.counted_days where counted_at = '2026-11-06 02:30+01'),
    4::bigint,
    'when it was counted is told'
);

-- Templates that enable nobody by default count those with the service.
select pg_temp.customer('one-x', '{"enabled_by_default": false}', at => '2026-11-06 00:00+01');
select billing.count_user_days(1, '2026-11-07 02:30+01');
select results_eq(
    $$ select user_id from ledger.user_days where day_date = '2026-11-06' $$,
    $$ values (1::bigint) $$,
    'where the service must be had, only who has it'
);

-- Absences and passes.
select pg_temp.book('a', '2026-11-09 09:00+01', '2026-11-10 10:00+01', show_as => 'out_of_office');
select pg_temp.take_in('2026-11-08 08:00+01');
select pg_temp.place('2026-11-08 08:00+01');
insert into audit.runs (
    customer_id, run_id, mode, scope, as_of, started_at, ended_at, touched_count
)
select 1, run_id, 'apply', scope, at, at, case when is_over then at + interval '1 minute' end, 3
from (
    values
    (1, 'everybody', timestamptz '2026-11-09 02:00+01', true),
    (2, 'touched', '2026-11-10 02:00+01', true),
    (3, 'everybody', '2026-11-11 02:00+01', false),
    (4, 'everybody', '2026-11-12 02:00+01', true)
) as runs (run_id, scope, at, is_over);
insert into audit.changes (
    customer_id, user_id, run_id, planned_at, absence_key, action, after, booking_keys,
    booking_marks, is_guarded, outcome, ended_at, failure
)
values (
    1, 1, 4, '2026-11-12 02:00+01', gen_random_uuid(), 'create', '{}', '{}', '{}', false, 'failed',
    '2026-11-12 02:01+01', 'no'
);
select is(billing.count_user_days(1, '2026-11-13 02:30+01'), 6::bigint, 'a week goes by');
select set_eq(
    'select day_date from ledger.user_days where has_absences',
    $$ values (date '2026-11-09'), ('2026-11-10') $$,
    'an absence is counted on each day on which it stood'
);
select set_eq(
    'select day_date from ledger.user_days where is_verified',
    $$ values (date '2026-11-09') $$,
    'verified is who was looked at by a pass over everybody that ended, with no failure'
);

-- The clock: a day is the customer's.
reset role;
update customer.customers set time_zone = 'America/New_York';
set local role kk_job;
select is(
    billing.count_user_days(1, '2026-11-14 04:59+00'), 0::bigint,
    'a day is over on the customer''s wall'
);
select is(billing.count_user_days(1, '2026-11-14 05:00+00'), 1::bigint, 'not before');

select throws_ok(
    $$ insert into ledger.counted_days values (1, '2026-12-01', '2026-12-01') $$,
    '42501', null, 'jobs write no evidence by themselves'
);
set local role kk_finance;
select throws_ok(
    $$ select billing.correct_user_days(
        1, 1, '2026-11-01', '2026-11-01', false, '', '', '2026-12-01') $$,
    '42501', null, 'finance reads'
);

select * from finish();
rollback;
