-- intake.adopt_shown: what stands under a key of ours and nobody here knows is ours all the same.

begin;
\ir ../fixtures/makers.sql
select plan(4);

select pg_temp.anna();
select pg_temp.book('a', '2026-11-23 09:00+01', '2026-11-23 10:00+01');
select pg_temp.take_in();

-- Placed, and then the database was set back to before.
select pg_temp.place('2026-11-20 09:00+01');
select pg_temp.stage_placed();
delete from telephony.placed;
delete from calendar.touched;
insert into staging.shown (
    customer_id, read_back_id, entry_key, absence_key, extension, origin, kind, reason, starts_at,
    ends_at
)
values (
    1, 1, 'x', '00000000-0000-4000-8000-000000000001', '101', 'calendar', 'direct', 'errand',
    '2026-11-23 15:00+01', '2026-11-23 16:00+01'
);
select pg_temp.read_back('2026-11-20 10:00+01');

select results_eq(
    'select reason, booking_keys, seen_at from telephony.placed order by starts_at',
    $$ values ('meeting', '{}'::text[], '2026-11-20 10:00+01'::timestamptz),
        ('errand', '{}', '2026-11-20 10:00+01') $$,
    'it is known from now on'
);
select results_eq(
    $$ select before_reason, reason from absence.differences_within(1, '2026-11-23 08:00+01')
       order by before_starts_at $$,
    $$ values ('meeting', 'meeting'), ('errand', null) $$,
    'what is wanted stays as it is with its booking behind it, the rest is to go'
);
select results_eq(
    'select cause from calendar.touched', $$ values ('read_back') $$, 'by the next pass'
);
select is_empty('select 1 from telephony.holds', 'and nothing is taken for a hand edit');

select * from finish();
rollback;
