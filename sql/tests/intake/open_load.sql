-- intake.open_load: which load goes on where one before it was cut off.

begin;
\ir ../fixtures/makers.sql
select plan(8);

select pg_temp.customer();
create function pg_temp.open(load_id bigint, is_full boolean, at timestamptz)
returns bigint
language sql as $$
    select intake.open_load(1, load_id, 'one', is_full, '-infinity', 'infinity', at)
$$;
create function pg_temp.end_load(load_id bigint, at timestamptz)
returns void
language sql as $$
    select intake.end_load(1, load_id, loads.started_at, 1, 0, 0, 0, end_load.at)
    from audit.loads
    where loads.load_id = end_load.load_id;
$$;

select is(
    pg_temp.open(1, true, '2026-11-20 02:00+01'), null, 'nothing was cut off before the first'
);
select is(
    pg_temp.open(2, false, '2026-11-20 03:00+01'), null, 'a load of another sort does not go on'
);
select pg_temp.end_load(2, '2026-11-20 03:01+01');
select is(
    pg_temp.open(3, true, '2026-11-20 04:00+01'), 1::bigint,
    'one behind a load that was cut off goes on where that began'
);
select is(
    pg_temp.open(4, true, '2026-11-20 05:00+01'), 1::bigint,
    'and so does the next, where that was cut off as well'
);
select is(
    pg_temp.open(5, true, '2026-11-20 14:00:01+01'), null, 'until half a day is over'
);
select pg_temp.end_load(5, '2026-11-20 14:05+01');
select is(
    pg_temp.open(6, true, '2026-11-20 14:10+01'), null, 'a load that came to its end leaves nothing'
);
select is(
    pg_temp.open(7, false, '2026-11-20 15:00+01'), null, 'nor does what changed an hour ago'
);
select is(
    pg_temp.open(8, false, '2026-11-20 15:09+01'), 7::bigint,
    'what changed goes on within ten minutes'
);

select * from finish();
rollback;
