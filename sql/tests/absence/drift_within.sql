-- absence.drift_within: where wanted, carried out and shown do not agree.

begin;
\ir ../fixtures/makers.sql
select plan(12);

select pg_temp.anna();
select pg_temp.book('a', '2026-11-23 09:00+01', '2026-11-23 10:00+01');
select pg_temp.book('b', '2026-11-23 11:00+01', '2026-11-23 12:00+01');
select pg_temp.take_in();

create function pg_temp.read_all(at timestamptz)
returns void
language sql as $$
    select pg_temp.read_back(read_all.at);
    insert into audit.read_backs (customer_id, read_back_id, read_at, is_whole, entry_count)
    select 1, count(*) + 1, read_all.at, true, 0 from audit.read_backs;
$$;

create function pg_temp.drift()
returns text
language sql as $$
    select string_agg(
        drift || ' ' || to_char(starts_at at time zone 'Europe/Stockholm', 'HH24:MI'), ', '
        order by drift, starts_at
    )
    from absence.drift_within(1, '2026-11-23 08:00+01');
$$;

select is(
    pg_temp.drift(), 'not_carried_out 09:00, not_carried_out 11:00', 'nothing was placed yet'
);

select pg_temp.place('2026-11-20 09:00+01');
select is(pg_temp.drift(), null, 'what was placed since the last read-back is no drift');

select pg_temp.stage_placed();
select pg_temp.read_all('2026-11-20 10:00+01');
select is(pg_temp.drift(), null, 'all agrees');

select pg_temp.stage_placed(without => '{a}');
select pg_temp.read_all('2026-11-20 11:00+01');
select is(pg_temp.drift(), null, 'what one read-back misses a person may have deleted');
-- As where it misses too many to be people's doing.
update telephony.placed set missing_count = 0;
select is(pg_temp.drift(), 'missing 09:00', 'what was seen and is gone');

select pg_temp.stage_placed();
select pg_temp.read_all('2026-11-20 12:00+01');
select is(pg_temp.drift(), null, 'and is back');

update telephony.placed set seen_at = null where booking_keys = '{a}';
delete from telephony.shown where starts_at = '2026-11-23 09:00+01';
select is(pg_temp.drift(), 'never_shown 09:00', 'what was acknowledged and never seen');
select is(intake.record_drift(1, '2026-11-23 08:00+01'), 1::bigint, 'it is written down');
select results_eq(
    'select user_key, drift, kind, read_at from watch.drift',
    $$ values ('anna', 'never_shown', 'information'::customer.kind,
        '2026-11-20 12:00+01'::timestamptz) $$,
    'for people to see'
);
select is(intake.place_again(1, '2026-11-23 08:00+01'), 1::bigint, 'it may be placed again');
select is(pg_temp.drift(), 'not_carried_out 09:00', 'by the next plan');

-- Somebody else's hand, or a database that was set back: ours, and not known here.
insert into staging.shown (
    customer_id, read_back_id, entry_key, absence_key, extension, origin, kind, reason, starts_at,
    ends_at
)
values (
    1, 1, 'x', '00000000-0000-4000-8000-000000000001', '101', 'calendar', 'information', 'meeting',
    '2026-11-23 11:30+01', '2026-11-23 12:30+01'
);
select pg_temp.stage_placed();
select pg_temp.read_all('2026-11-20 13:00+01');
select is(
    pg_temp.drift(), 'not_carried_out 09:00, overlapping 11:30, stray 11:30',
    'what overlaps ours is not taken for ours'
);

select * from finish();
rollback;
