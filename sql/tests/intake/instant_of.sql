-- intake.instant_of: times on the wall, also where clocks change (shared cases, README).

begin;
\ir ../fixtures/makers.sql
select plan(4);

-- 2026: Stockholm on 29 March at 01:00Z and 25 October at 01:00Z, New York on 8 March and
-- 1 November, Lord Howe by half an hour on 4 October and 5 April, south of the equator.
select results_eq(
    $$ select wall, intake.instant_of(wall::timestamp, time_zone)
       from (
           values
               (1, '2026-11-23 09:00', 'Europe/Stockholm'), (2, '2026-07-01 09:00',
               'Europe/Stockholm'),
               (3, '2026-03-29 01:59:59', 'Europe/Stockholm'),
               (4, '2026-03-29 03:00', 'Europe/Stockholm'), (5, '2026-03-29 05:30',
               'Europe/Stockholm'),
               (6, '2026-10-25 01:59:59', 'Europe/Stockholm'),
               (7, '2026-10-25 03:00', 'Europe/Stockholm'), (8, '2026-10-25 05:30',
               'Europe/Stockholm')
       ) as walls (place, wall, time_zone)
       order by place $$,
    $$ values
        ('2026-11-23 09:00', timestamptz '2026-11-23 09:00+01'),
        ('2026-07-01 09:00', timestamptz '2026-07-01 09:00+02'),
        ('2026-03-29 01:59:59', timestamptz '2026-03-29 01:59:59+01'),
        ('2026-03-29 03:00', timestamptz '2026-03-29 03:00+02'),
        ('2026-03-29 05:30', timestamptz '2026-03-29 05:30+02'),
        ('2026-10-25 01:59:59', timestamptz '2026-10-25 01:59:59+02'),
        ('2026-10-25 03:00', timestamptz '2026-10-25 03:00+01'),
        ('2026-10-25 05:30', timestamptz '2026-10-25 05:30+01')
    $$,
    'beside the changes there is no doubt'
);
select results_eq(
    $$ select intake.instant_of(wall::timestamp, time_zone)
       from (
           values
               (1, '2026-03-29 02:00', 'Europe/Stockholm'), (2, '2026-03-29 02:59:59',
               'Europe/Stockholm'),
               (3, '2026-03-08 02:30', 'America/New_York'),
               (4, '2026-10-04 02:15', 'Australia/Lord_Howe')
       ) as walls (place, wall, time_zone)
       order by place $$,
    $$ values
        (timestamptz '2026-03-29 02:00+01'), (timestamptz '2026-03-29 02:59:59+01'),
        (timestamptz '2026-03-08 02:30-05'), (timestamptz '2026-10-04 02:15+10:30')
    $$,
    'in the gap the offset before it counts'
);
select results_eq(
    $$ select intake.instant_of(wall::timestamp, time_zone)
       from (
           values
               (1, '2026-10-25 02:00', 'Europe/Stockholm'), (2, '2026-10-25 02:59:59',
               'Europe/Stockholm'),
               (3, '2026-11-01 01:30', 'America/New_York'),
               (4, '2026-04-05 01:45', 'Australia/Lord_Howe')
       ) as walls (place, wall, time_zone)
       order by place $$,
    $$ values
        (timestamptz '2026-10-25 02:00+02'), (timestamptz '2026-10-25 02:59:59+02'),
        (timestamptz '2026-11-01 01:30-04'), (timestamptz '2026-04-05 01:45+11')
    $$,
    'in the overlap the first of the two'
);
select is(intake.instant_of(null, 'Europe/Stockholm'), null, 'no time is no instant');

select * from finish();
rollback;
