-- absence.unsettled_users: users with changes whose outcome was never written down.

begin;
\ir ../fixtures/makers.sql
select plan(1);

insert into audit.runs (customer_id, run_id, mode, scope, as_of, started_at, touched_count)
select 1, run_id, mode, 'touched', '2026-11-20 09:00+01', '2026-11-20 09:00+01', 1
from (values (1, 'apply'), (2, 'dry_run')) as given (run_id, mode);
insert into audit.changes (
    customer_id, user_id, run_id, planned_at, absence_key, action, before, after,
    booking_keys, booking_marks, is_guarded, held_because, outcome, ended_at
)
values
(
    1, 1, 1, '2026-11-20 09:00+01', gen_random_uuid(), 'update', '{"extension": "101"}',
    '{"extension": "109"}', '{}', '{}', false, null, null, null
),
(
    1, 2, 1, '2026-11-20 09:00+01', gen_random_uuid(), 'create', null, '{"extension": "102"}',
    '{}', '{}', false, null, 'done', '2026-11-20 09:01+01'
),
(
    1, 3, 1, '2026-11-20 09:00+01', gen_random_uuid(), 'create', null, '{"extension": "103"}',
    '{}', '{}', false, 'limits', null, null
),
(
    1, 4, 2, '2026-11-20 09:00+01', gen_random_uuid(), 'create', null, '{"extension": "104"}',
    '{}', '{}', false, null, 'not_carried_out', '2026-11-20 09:00+01'
);

select bag_eq(
    'select customer_id, user_id, extension from absence.unsettled_users',
    $$ values (1::bigint, 1::bigint, '101'), (1::bigint, 1::bigint, '109') $$,
    'each extension that such a change names; not what is done, held back or only planned'
);

select * from finish();
rollback;
