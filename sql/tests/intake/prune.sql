-- intake.prune: forgets what has ended long ago.

begin;
\ir ../fixtures/makers.sql
select plan(5);

select pg_temp.anna();
select pg_temp.book('old', '2026-11-02 09:00+01', '2026-11-02 10:00+01');
select pg_temp.book('new', '2026-11-18 09:00+01', '2026-11-18 10:00+01');
select pg_temp.take_in('2026-11-01 12:00+01');
select pg_temp.place('2026-11-01 12:00+01');
select pg_temp.stage_placed();
select pg_temp.read_back('2026-11-01 13:00+01');
insert into telephony.holds (
    customer_id, user_id, absence_key, held_from, cause, starts_at, ends_at, booking_marks
)
select 1, 1, absence_key, '2026-11-01 14:00+01', 'deleted_by_hand', starts_at, ends_at, '{}'
from telephony.placed;

select intake.prune(2, '2026-11-18 00:00+01', '2026-11-10 00:00+01', '2026-11-20 03:00+01');
select is(count(*), 2::bigint, 'of another customer nothing is forgotten') from calendar.bookings;
select intake.prune(1, '2026-11-18 00:00+01', '2026-11-10 00:00+01', '2026-11-20 03:00+01');
select results_eq(
    $$ select (select count(*) from telephony.placed), (select count(*) from telephony.shown),
        (select count(*) from telephony.holds),
        (select array_agg(booking_key) from calendar.bookings) $$,
    $$ values (1::bigint, 1::bigint, 1::bigint, '{new}'::text[]) $$,
    'what ended before is gone'
);
select results_eq(
    'select booking_key, held_during, ended_by from calendar.booking_versions',
    $$ values ('old', tstzrange('2026-11-01 12:00+01', '2026-11-20 03:00+01'), 'pruned') $$,
    'bookings are kept as versions'
);
select intake.prune(1, '2026-11-18 00:00+01', '2026-11-10 00:00+01', '2026-11-21 03:00+01');
select is(count(*), 1::bigint, 'once') from calendar.booking_versions;

create function pg_temp.left_after(ends_by_itself boolean)
returns bigint
language sql as $$
    select intake.take_in_capabilities(
        1, '{direct}', '{announcement}', true, ends_by_itself, 'any', null, 1, null, true, true,
        null, null, true, '2026-11-21 08:00+01'
    );
    select intake.prune(
        1, '2026-11-19 00:00+01', '2026-11-10 00:00+01', '2026-11-21 03:00+01'
    );
    select count(*) from telephony.placed;
$$;
select results_eq(
    'select pg_temp.left_after(false), pg_temp.left_after(true)',
    $$ values (1::bigint, 0::bigint) $$,
    'what does not end by itself is kept until it is withdrawn'
);

select * from finish();
rollback;
