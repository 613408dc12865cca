-- intake.take_in_customer, intake.take_fence: a customer's own row, and who holds which work.

begin;
\ir ../fixtures/makers.sql
select plan(11);

create function pg_temp.settings(customer text, name text)
returns jsonb
language sql as $$
    select jsonb_build_object(
        'customer', settings.customer, 'name', settings.name, 'timezone', 'Europe/Stockholm',
        'language', 'sv', 'calendars', '[{"name": "one"}]'::jsonb, 'exchange',
        '{"kind": "table"}'::jsonb, 'contract', null, 'limits', '{
            "withdrawn_share": 0.2, "withdrawn_share_from": 10, "withdrawn_count": 500,
            "newly_direct_share": 0.5, "newly_direct_from": 10, "newly_direct_count": 500
        }'::jsonb
    );
$$;

select is(
    intake.take_in_customer(pg_temp.settings('a', 'A'), '2026-11-20 08:00+01', 'eva'), 1::bigint,
    'a new customer gets a number'
);
select is(
    intake.take_in_customer(pg_temp.settings('b', 'B'), '2026-11-20 08:01+01', 'eva'), 2::bigint,
    'each its own'
);
select is(
    intake.take_in_customer(pg_temp.settings('a', 'AB'), '2026-11-20 08:02+01', 'bo'), 1::bigint,
    'and keeps it'
);
select results_eq(
    $$ select customer_key, name, contract, created_at, withdrawn_share
       from customer.customers inner join customer.limits using (customer_id)
       order by customer_id $$,
    $$ values
        ('a', 'AB', null::jsonb, timestamptz '2026-11-20 08:00+01', 0.2),
        ('b', 'B', null, timestamptz '2026-11-20 08:01+01', 0.2)
    $$,
    'what the file says counts from now on'
);

select is(
    intake.take_in_customer(
        pg_temp.settings('a', 'AB') || '{"retention": {"audit": 36}}', '2026-11-20 08:03+01', 'bo'
    ), 1::bigint,
    'a file says how long'
);
select intake.take_in_customer(
    pg_temp.settings('a', 'AB') || '{"retention": {"audit": 36}}', '2026-11-20 08:09+01', 'eva'
);
select results_eq(
    $$ select held_during, settings ->> 'name', settings -> 'retention' ->> 'audit', applied_by
       from customer.customer_versions where customer_id = 1 order by held_during $$,
    $$ values
        (tstzrange('2026-11-20 08:00+01', '2026-11-20 08:02+01'), 'A', null, 'eva'),
        (tstzrange('2026-11-20 08:02+01', '2026-11-20 08:03+01'), 'AB', null, 'bo'),
        (tstzrange('2026-11-20 08:03+01', null), 'AB', '36', 'bo')
    $$,
    'what a file said, when, and who took it in; the same again is no version'
);
select results_eq(
    'select purpose, months from intake.retentions where customer_id = 1 order by purpose',
    $$ values ('audit', 36), ('versions', 13) $$,
    'what it leaves out is kept as long as ever'
);
select intake.take_in_customer(pg_temp.settings('a', 'AB'), '2026-11-20 08:10+01', 'eva');
select is_empty('select * from customer.retentions', 'and what it says no longer');

select results_eq(
    $$ select intake.take_fence(1, 'reconcile', 'host:1', '2026-11-20 08:03+01'),
        intake.take_fence(1, 'load one', 'host:2', '2026-11-20 08:04+01') $$,
    $$ values (1::bigint, 2::bigint) $$,
    'every run gets a higher number than the one before, whatever its work'
);
select is(
    intake.take_fence(1, 'reconcile', 'host:3', '2026-11-20 08:05+01'), 3::bigint, 'and the next'
);
select results_eq(
    'select work, fence, taken_by from customer.work order by work',
    $$ values ('load one', 2::bigint, 'host:2'), ('reconcile', 3::bigint, 'host:3') $$,
    'the newest of each work holds it'
);

select * from finish();
rollback;
