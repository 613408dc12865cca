-- intake.bookings_at: bookings as they stood at an instant.

begin;
\ir ../fixtures/makers.sql
select plan(5);

select pg_temp.anna();
select pg_temp.stage_user('anna', '101');
select pg_temp.stage_user('bo', '102');
select pg_temp.take_in_roster('2026-11-02 08:00+01');
select pg_temp.book('moved', '2026-11-23 09:00+01', '2026-11-23 10:00+01');
select pg_temp.book('gone', '2026-11-23 11:00+01', '2026-11-23 12:00+01');
select pg_temp.book('bos', '2026-11-23 11:00+01', '2026-11-23 12:00+01', user_id => 2);
select pg_temp.take_in('2026-11-20 08:00+01');
select pg_temp.book('moved', '2026-11-23 13:00+01', '2026-11-23 14:00+01');
select pg_temp.cover();
select pg_temp.take_in('2026-11-20 09:00+01');

-- The bookings of anna at an instant with the hour at which each began.
create function pg_temp.stood(at timestamptz, out text)
language sql as $$
    select string_agg(
        booking_key || to_char(starts_at at time zone 'Europe/Stockholm', ' HH24'), ', '
        order by booking_key, starts_at
    )
    from intake.bookings_at(1, stood.at, '{1}');
$$;

select is(
    array[
        pg_temp.stood('2026-11-20 07:59:59+01'), pg_temp.stood('2026-11-20 08:00+01'),
        pg_temp.stood('2026-11-20 08:59:59+01'), pg_temp.stood('2026-11-20 09:00+01')
    ],
    array[null, 'gone 11, moved 09', 'gone 11, moved 09', 'moved 13'],
    'each from the load that brought it to the load that changed it'
);
select is(count(*), 2::bigint, 'of everybody where nobody is named')
from intake.bookings_at(1, '2026-11-20 09:00+01');

update calendar.booking_versions set ended_by = 'pruned' where booking_key = 'gone';
select is(
    array[
        pg_temp.stood('2026-11-20 07:59:59+01'), pg_temp.stood('2026-11-20 08:30+01'),
        pg_temp.stood('2026-11-20 10:00+01')
    ],
    array[null, 'gone 11, moved 09', 'gone 11, moved 13'],
    'what was pruned still stands, and once'
);

-- It comes back with its key, in another week.
select pg_temp.book('moved', '2026-11-23 13:00+01', '2026-11-23 14:00+01');
select pg_temp.book('gone', '2026-11-30 15:00+01', '2026-11-30 16:00+01');
select pg_temp.take_in('2026-11-21 09:00+01');
select is(
    array[pg_temp.stood('2026-11-20 10:00+01'), pg_temp.stood('2026-11-21 10:00+01')],
    array['gone 11, moved 13', 'gone 15, moved 13'],
    'what was pruned and has come back stands once'
);
create temporary table shadows as select intake.cast_shadow(1, '2026-11-21 10:00+01') as id;
select is(count(*), 3::bigint, 'so a shadow can be cast of it')
from calendar.bookings
where customer_id in (select id from shadows);

select * from finish();
rollback;
