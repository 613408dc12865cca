-- intake.forget, intake.close_months: what is older than a customer keeps it goes, and then whole
-- months.

begin;
\ir ../fixtures/makers.sql
\ir ../fixtures/schemas.sql
select plan(12);

select pg_temp.customer(customer_id => 2);
select pg_temp.anna();
select results_eq(
    'select customer_id, purpose, months from intake.retentions order by customer_id, purpose',
    $$ values (1::bigint, 'audit', 24), (1, 'versions', 13), (2, 'audit', 24), (2, 'versions',
        13) $$,
    'what a customer does not say is kept as long as is written'
);
insert into customer.retentions values (1, 'audit', 3), (1, 'versions', 2), (2, 'audit', 5);

-- A pass and a load of both customers at the middle of each month from May on.
insert into audit.runs (customer_id, run_id, mode, scope, as_of, started_at, touched_count)
select customer_id, month, 'apply', 'touched', start, start, 1
from generate_series(1, 2) as customer_id
cross join generate_series(5, 11) as month
cross join make_timestamptz(2026, month, 15, 12, 0, 0, 'UTC') as start;
insert into audit.changes (
    customer_id, user_id, run_id, planned_at, absence_key, action, after, booking_keys,
    booking_marks, is_guarded, outcome, ended_at
)
select
    customer_id, 1, run_id, started_at, ('00000000-0000-0000-0000-0000000000' || 10 + run_id)::uuid,
    'create', '{}', '{}', '{}', false,
    case when run_id <> 6 then 'done' end::audit.outcome,
    case when run_id <> 6 then started_at end
from audit.runs;
insert into telephony.placed (
    customer_id, user_id, absence_key, extension, kind, reason, announced_reason, starts_at,
    ends_at, back_at, target, ring_seconds, booking_keys, booking_marks, acknowledged_at
)
values (
    1, 1, '00000000-0000-0000-0000-000000000015', '101', 'direct', 'holiday', 'holiday',
    '2026-05-16', '2027-01-01', '2027-01-01', 'announcement', 15, '{}', '{}', '2026-05-15'
);
insert into audit.loads (
    customer_id, load_id, source, is_full, window_start, window_end, started_at
)
select customer_id, run_id, 'one', true, started_at, started_at, started_at from audit.runs;
insert into audit.load_failures (
    customer_id, load_id, user_id, calendar_id, failure, failed_at, load_started_at
)
select customer_id, load_id, 1, 1, '500', started_at, started_at from audit.loads;
insert into audit.outages (customer_id, began_at, last_tried_at, ended_at, failure)
values (1, '2026-05-01', '2026-05-02', '2026-05-03', 'no answer'),
(1, '2026-06-01', '2026-11-19', null, 'no answer');
select pg_temp.book('old', '2026-09-01 09:00+02', '2026-09-01 10:00+02');
select pg_temp.take_in('2026-08-20 12:00+02');
select pg_temp.book('old', '2026-09-01 09:00+02', '2026-09-01 11:00+02');
select pg_temp.take_in('2026-09-19 12:00+02');
select pg_temp.book('old', '2026-09-01 09:00+02', '2026-09-01 12:00+02');
select pg_temp.take_in('2026-09-21 12:00+02');
select intake.open_months('2026-11-20 12:00+01');

select intake.forget(1, '2026-11-20 12:00Z');
select results_eq(
    'select array_agg(run_id order by run_id) from audit.runs group by customer_id
     order by customer_id',
    $$ values ('{5,6,9,10,11}'::bigint[]), ('{5,6,7,8,9,10,11}') $$,
    'passes older than three months are gone, of this customer, but those of what is not over'
);
select results_eq(
    'select array_agg(run_id order by run_id) from audit.changes where customer_id = 1',
    $$ values ('{5,6,9,10,11}'::bigint[]) $$,
    'what still stands is told who placed it, and an unknown outcome stays to be learned'
);
select results_eq(
    $$ select (select array_agg(load_id order by load_id) from audit.loads where customer_id = 1),
        (select array_agg(load_id order by load_id) from audit.load_failures
        where customer_id = 1) $$,
    $$ values ('{9,10,11}'::bigint[], '{9,10,11}'::bigint[]) $$,
    'so are loads and their failures'
);
select results_eq(
    'select began_at from audit.outages', $$ values (timestamptz '2026-06-01') $$,
    'an outage under way is not over'
);
select results_eq(
    'select upper(held_during) from calendar.booking_versions',
    $$ values (timestamptz '2026-09-21 12:00+02') $$,
    'versions that ended longer ago than two months are gone'
);

select is(
    intake.close_months('2026-11-20 12:00Z'), 0::bigint,
    'months in which another customer has something stay'
);
select intake.forget(2, '2026-11-20 12:00Z');
select is(
    intake.close_months('2026-11-20 12:00Z'), 2::bigint, 'and go, loads and failures, with the last'
);
delete from telephony.placed;
select intake.forget(1, '2026-11-20 12:00Z');
select is(
    intake.close_months('2026-11-20 12:00Z'), 2::bigint, 'passes with their changes'
);
select is_empty(
    $$ select relname from pg_class
       where relnamespace = 'audit_months'::regnamespace and relname ~ '2026_05' $$,
    'nothing of May is left'
);

-- Whoever adds a table to the audit, or one of versions, says how long it is kept.
select is_empty(
    $$ select relations.name from relations
       where (schema_name = 'audit' or relname ~ '_versions$') and relkind = 'r'
           and pg_get_functiondef('intake.forget'::regproc)
           || pg_get_functiondef('intake.forget_versions'::regproc)
           !~ ('delete from ' || name || '\M') $$,
    'nothing of the audit, and no version, is kept for ever'
);

insert into audit.runs (customer_id, run_id, mode, scope, as_of, started_at, touched_count)
values (2, 99, 'apply', 'touched', now(), now(), 1);
select intake.forget(2, now() + interval '100 years');
select is(
    (select count(*) from audit.runs where customer_id = 2 and run_id = 99), 1::bigint,
    'an instant ahead, as a wrong clock may tell, forgets nothing of today'
);

select * from finish();
rollback;
