-- intake.touch_boundaries: starts and ends mark their users where there is only now.

begin;
\ir ../fixtures/makers.sql
select plan(19);

select pg_temp.anna();
select pg_temp.book('a', '2026-11-23 09:00+01', '2026-11-23 10:00+01');
select pg_temp.take_in();

create function pg_temp.marked(as_of timestamptz)
returns boolean
language sql as $$
    delete from calendar.touched;
    select intake.touch_boundaries(1, marked.as_of);
    select exists (select from calendar.touched where cause = 'boundary');
$$;

create function pg_temp.learn(
    has_future_start boolean, end_reach text default 'any', time_grain integer default 1
)
returns void
language sql as $$
    select intake.take_in_capabilities(
        1, '{information,open,direct}', '{announcement}', has_future_start, true, end_reach,
        null, time_grain, null, true, true, null, null, true, '2026-11-20 08:00+01'
    );
$$;

select pg_temp.learn(true);
select is(pg_temp.marked('2026-11-23 09:00+01'), false, 'what can be placed ahead needs no mark');

select pg_temp.learn(false);
select is(pg_temp.marked('2026-11-23 08:59+01'), false, 'from the first pass on');
select is(pg_temp.marked('2026-11-23 09:00+01'), true, 'a start marks, at its very instant');
select is(pg_temp.marked('2026-11-23 09:30+01'), false, 'between its boundaries nothing does');
select is(pg_temp.marked('2026-11-23 10:00+01'), true, 'an end marks');
select is(pg_temp.marked('2026-11-23 11:00+01'), false, 'and no longer than once');

select is(
    pg_temp.marked('2026-11-23 09:30+01'), true,
    'where the clock was put back, an end that is still to come marks'
);
select is(pg_temp.marked('2026-11-23 09:40+01'), false, 'once');
select is(pg_temp.marked('2026-11-23 10:00+01'), true, 'and again when it has come');

-- The steps are at 07:00, 13:00 and so on.
select pg_temp.learn(false, time_grain => 6 * 3600);
select pg_temp.marked('2026-11-23 06:59+01');
select is(
    pg_temp.marked('2026-11-23 07:00+01'), true,
    'where times have a large step, a start marks where it is told'
);
select is(pg_temp.marked('2026-11-23 09:00+01'), false, 'and not where the booking has it');

select pg_temp.book('days', '2026-11-24 22:00+01', '2026-11-27 12:00+01');
select pg_temp.take_in();
select pg_temp.learn(false, 'today');
select pg_temp.marked('2026-11-24 23:58+01');
select is(pg_temp.marked('2026-11-24 23:59+01'), false, 'a day is placed on its own');
select is(pg_temp.marked('2026-11-25 00:00+01'), true, 'so midnight marks what runs');
select is(pg_temp.marked('2026-11-25 00:01+01'), false, 'once');
select pg_temp.learn(true, 'today');
select is(
    pg_temp.marked('2026-11-26 00:00+01'), true, 'also where a start can be told ahead'
);

select pg_temp.customer(
    'one-x', '{"office_hours_only": true, "office_hours": {"thu": "08:00-16:30"}}'
);
select pg_temp.learn(false);
select pg_temp.marked('2026-11-26 07:59+01');
select is(pg_temp.marked('2026-11-26 08:00+01'), true, 'a part begins where office hours do');
select is(pg_temp.marked('2026-11-26 16:29+01'), false, 'within them nothing does');
select is(pg_temp.marked('2026-11-26 16:30+01'), true, 'and it ends where they do');
select is(pg_temp.marked('2026-11-27 00:00+01'), false, 'midnight is nothing then');

select * from finish();
rollback;
