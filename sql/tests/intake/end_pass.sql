-- intake.end_pass: whom a pass verified, that it came to its end, and what came of its changes.

begin;
\ir ../fixtures/makers.sql
select plan(6);

select pg_temp.customer();
select pg_temp.stage_user('user' || number, (100 + number)::text)
from generate_series(1, 4) as number;
select pg_temp.take_in_roster();
update roster.users set is_active = false
where user_key = 'user4';

select intake.end_pass(
    1, 7, 'everybody', null, array[2], array['done', 'failed'], array[3, 1],
    '2026-11-20 08:00+01', '2026-11-20 08:00:05+01'
);
create temporary view verified as
select
    users.user_key,
    verified.verified_at,
    verified.run_id
from telephony.verified
inner join roster.users
    on verified.customer_id = users.customer_id and verified.user_id = users.user_id;
select set_eq(
    'select * from verified',
    $$ values
        ('user1', timestamptz '2026-11-20 08:00+01', 7::bigint),
        ('user3', '2026-11-20 08:00+01', 7) $$,
    'all active users of a pass over everybody, but those of whom something is left to do'
);

select intake.end_pass(
    1, 8, 'touched', array[2, 3], '{}', array['done', 'unknown'], array[2, 1],
    '2026-11-20 08:01+01', '2026-11-20 08:01:05+01'
);
select set_eq(
    'select * from verified',
    $$ values
        ('user1', timestamptz '2026-11-20 08:00+01', 7::bigint),
        ('user2', '2026-11-20 08:01+01', 8), ('user3', '2026-11-20 08:01+01', 8) $$,
    'and just those of a pass over some'
);
select intake.end_pass(
    1, 9, 'touched', '{}', '{}', '{}', '{}', '2026-11-20 08:02+01', '2026-11-20 08:02:05+01'
);
select is(
    count(*), 0::bigint, 'nobody of a pass that had nobody to look at'
) from telephony.verified
where run_id = 9;
select set_eq(
    'select scope, ended_at, pass_count from customer.passes',
    $$ values
        ('everybody', timestamptz '2026-11-20 08:00:05+01', 1::bigint),
        ('touched', '2026-11-20 08:02:05+01', 2) $$,
    'which still came to its end'
);
select set_eq(
    'select outcome, change_count from customer.outcome_counts',
    $$ values ('done', 5::bigint), ('failed', 1), ('unknown', 1) $$,
    'outcomes add up'
);
select results_eq(
    $$ select user_key from verified order by verified_at desc, user_key limit 1 $$,
    $$ values ('user2') $$,
    'and nothing is written twice'
);

select * from finish();
rollback;
