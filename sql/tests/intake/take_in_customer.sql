-- intake.take_in_customer, intake.take_fence: a customer's own row, and who holds which work.

begin;
\ir ../fixtures/makers.sql
select plan(7);

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
    intake.take_in_customer(pg_temp.settings('a', 'A'), '2026-11-20 08:00+01'), 1::bigint,
    'a new customer gets a number'
);
select is(
    intake.take_in_customer(pg_temp.settings('b', 'B'), '2026-11-20 08:01+01'), 2::bigint,
    'each its own'
);
select is(
    intake.take_in_customer(pg_temp.settings('a', 'AB'), '2026-11-20 08:02+01'), 1::bigint,
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
