-- intake.record_outage: one row per stretch of time without an answer.

begin;
\ir ../fixtures/makers.sql
select plan(3);

select pg_temp.anna();
select intake.record_outage(1, 'no answer', '2026-11-23 09:00+01');
select intake.record_outage(1, 'refused', '2026-11-23 09:01+01');

select results_eq(
    $$ select customer_key, began_at, last_tried_at, try_count, failure, waiting_user_count
       from watch.outages $$,
    $$ values ('c1', '2026-11-23 09:00+01'::timestamptz, '2026-11-23 09:01+01'::timestamptz, 2,
        'refused', 1::bigint) $$,
    'it goes on, and the last failure counts'
);

select intake.take_in_capabilities(
    1, '{information,open,direct}', '{announcement}', true, true, 'any', null, 1, null, true, true,
    null, null, true, '2026-11-23 09:02+01'
);
select is_empty('select 1 from watch.outages', 'an answer ends it');

select intake.record_outage(1, 'no answer', '2026-11-23 09:03+01');
select results_eq(
    'select began_at from audit.outages order by began_at',
    $$ values ('2026-11-23 09:00+01'::timestamptz), ('2026-11-23 09:03+01') $$,
    'and the next one is another'
);

select * from finish();
rollback;
