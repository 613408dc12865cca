-- absence.weighed_within: what is known only after its end is past, unless something follows it.

begin;
\ir ../fixtures/makers.sql
select plan(5);

create function pg_temp.accounts(as_of timestamptz)
returns table (booking_key text, account text)
language sql as $$
    select accounts.booking_key, concat_ws(' ', coalesce(accounts.account, 'lost'), because)
    from absence.accounts_within(1, accounts.as_of) as accounts
    order by accounts.booking_key;
$$;

select pg_temp.anna('{"show_as": {
    "busy": {"reason": "meeting", "kind": "information"},
    "out_of_office": {"reason": "away", "kind": "direct"}
}}');
select pg_temp.book('strong', '2026-11-19 08:00+01', '2026-11-19 12:00+01', 'out_of_office');
select pg_temp.book('weak', '2026-11-19 09:00+01', '2026-11-19 10:00+01');
select pg_temp.take_in('2026-11-20 08:00+01');
select results_eq(
    $$ select * from pg_temp.accounts('2026-11-20 08:00+01') $$,
    $$ values ('strong', 'suppressed past'), ('weak', 'suppressed past') $$,
    'it gives nothing, whatever it would have met'
);
select results_eq(
    $$ select booking_key, verdict, is_known_late, is_over
       from absence.weighed_within(1, '2026-11-20 08:00+01', '{1}', null, '(,)')
       order by booking_key $$,
    $$ values ('strong', null::text[], true, true), ('weak', null, true, true) $$,
    'nobody has to be asked what is desired'
);

-- One spell with what is still to come.
select pg_temp.customer('one-x', '{"merge_gap": 300}');
delete from calendar.bookings;
select pg_temp.book('over', '2026-11-20 07:00+01', '2026-11-20 08:00+01');
select pg_temp.book('to_come', '2026-11-20 08:05+01', '2026-11-20 09:00+01');
select pg_temp.take_in('2026-11-20 08:01+01');
select results_eq(
    $$ select booking_key, verdict, is_known_late, is_over
       from absence.weighed_within(1, '2026-11-20 08:01+01', '{1}', null, '(,)')
       order by booking_key $$,
    $$ values ('over', null::text[], true, false), ('to_come', null, false, false) $$,
    'what is merged may go on after its own end'
);
select results_eq(
    $$ select * from pg_temp.accounts('2026-11-20 08:01+01') $$,
    $$ values ('over', 'pending booking'), ('to_come', 'pending booking') $$,
    'and awaits the pass that places it'
);
delete from calendar.touched;
select results_eq(
    $$ select * from pg_temp.accounts('2026-11-20 08:01+01') $$,
    $$ values ('over', 'lost'), ('to_come', 'lost') $$,
    'or is lost where nobody is going to'
);

select * from finish();
rollback;
