-- watch.alarms and what it is made of: when each begins, and when it is critical. What provokes
-- them in a pass is tested with passes.

begin;
\ir ../fixtures/makers.sql
select plan(17);

select pg_temp.anna();
update customer.customers set calendars = '[{"name": "source", "kind": "ics"}]';
select intake.converge(1, array_agg(user_id), array_agg(cause), array_agg(times))
from calendar.touched;

-- The alarms at an instant of 20 November, as `severity alarm about`.
create function pg_temp.alarms(at text)
returns text[]
language sql as $$
    select set_config('kalenderkoppling.as_of', '2026-11-20 ' || alarms.at || '+01', true);
    select coalesce(array_agg(concat_ws(' ', severity, alarm, about) order by alarm), '{}')
    from watch.alarms;
$$;
create function pg_temp.pass(scope text, at text)
returns void
language sql as $$
    select intake.end_pass(
        1, 1, pass.scope, null, '{}', '{}', '{}', ('2026-11-20 ' || pass.at || '+01')::timestamptz,
        ('2026-11-20 ' || pass.at || '+01')::timestamptz
    );
$$;

select intake.open_months('2026-11-20 02:00+01');
select pg_temp.pass('everybody', '02:00');
select is(pg_temp.alarms('02:10'), '{}', 'ten minutes after a pass nothing is late');
select is(
    pg_temp.alarms('02:11'), '{warning missed_runs jobs/minutely}', 'a minute later it is'
);
select is(
    pg_temp.alarms('02:30'), '{critical missed_runs jobs/minutely}', 'later it is critical'
);
update telephony.verified set verified_at = '2026-11-19 01:00+01';
select is(
    pg_temp.alarms('02:59'),
    '{critical missed_runs jobs/minutely}',
    'not verified for almost 26 hours is well'
);
select pg_temp.pass('touched', '03:01');
update telephony.verified set verified_at = '2026-11-19 01:00+01';
select is(pg_temp.alarms('03:01'), '{warning stale_users users: 1}', 'and more is not');
select pg_temp.pass('touched', '03:02');

-- Marked and not seen to.
insert into calendar.touched values (1, 1, 'booking', '2026-11-20 03:00+01');
select pg_temp.pass('touched', '03:14');
select is(pg_temp.alarms('03:15'), '{}', 'a quarter of an hour may pass');
select pg_temp.pass('touched', '03:16');
select is(pg_temp.alarms('03:16'), '{warning stale_users users: 1}', 'but no more');
select pg_temp.pass('touched', '04:00');
select is(pg_temp.alarms('04:00'), '{critical stale_users users: 1}', 'an hour is critical');
delete from calendar.touched;

-- A load of everything takes hours.
insert into audit.loads (
    customer_id, load_id, source, is_full, window_start, window_end, started_at
)
values (1, 1, 'source', true, '-infinity', 'infinity', '2026-11-20 03:00+01');
select pg_temp.pass('touched', '08:00');
select is(pg_temp.alarms('08:00'), '{}', 'a whole load has five hours');
select is(pg_temp.alarms('08:01'), '{warning stuck_loads source source}', 'and no more');
insert into audit.loads (
    customer_id, load_id, source, is_full, window_start, window_end, started_at, ended_at
)
values (
    1, 2, 'source', false, '-infinity', 'infinity', '2026-11-20 08:01+01', '2026-11-20 08:01+01'
);
select is(pg_temp.alarms('08:01'), '{}', 'one that was cut off is nothing once another has ended');

-- A clock.
insert into customer.hosts values (1, 'a', '2026-11-20 08:00+01', '-61 seconds');
select is(pg_temp.alarms('08:01'), '{critical clock_skew host a}', 'a minute behind is critical');
update customer.hosts set clock_ahead = '4.9 seconds';
select is(pg_temp.alarms('08:01'), '{}', 'less than five seconds is well');

-- Readers ask as well, of what they may not read themselves.
reset role;
insert into customer.readers values (1, 'kk_reader');
set local role kk_reader;
select is(pg_temp.alarms('08:12'), '{warning missed_runs jobs/minutely}', 'readers may ask');
select is(
    array_agg(label_value || ' ' || value order by label_value),
    '{critical 0,warning 1}',
    'and for figures'
) from watch.metrics
where metric = 'kalenderkoppling_alarms';
select is_empty(
    $$ select metric from watch.metrics
       group by metric having count(distinct (type, help)) > 1 or min(help) = '' $$,
    'each metric has one type and one meaning'
);
select is_empty(
    $$ select metric, type from watch.metrics
       where (type = 'counter') <> (metric like '%\_total') $$,
    'what only grows is called so'
);

select * from finish();
rollback;
