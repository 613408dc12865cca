-- absence.has_office_hours: whether any office hours lie between two instants (domain P-13).

begin;
\ir ../fixtures/makers.sql
select plan(8);

select pg_temp.customer('one-x', '{"holidays": ["2026-11-26"]}');

create function pg_temp.has_hours(after timestamptz, before timestamptz)
returns boolean
language sql as $$
    select absence.has_office_hours(
        1, 1, 'Europe/Stockholm', has_hours.after, has_hours.before
    );
$$;

select ok(not pg_temp.has_hours('2026-11-23 17:00+01', '2026-11-24 08:00+01'), 'a night has none');
select ok(
    pg_temp.has_hours('2026-11-23 16:59:59+01', '2026-11-24 08:00+01'),
    'a second before closing counts'
);
select ok(
    pg_temp.has_hours('2026-11-23 17:00+01', '2026-11-24 08:00:01+01'),
    'a second after opening counts'
);
select ok(
    not pg_temp.has_hours('2026-11-20 17:00+01', '2026-11-23 08:00+01'), 'a weekend has none'
);
select ok(
    not pg_temp.has_hours('2026-11-25 17:00+01', '2026-11-27 08:00+01'), 'a holiday has none'
);
select ok(
    pg_temp.has_hours('2026-11-20 17:00+01', '2026-11-25 08:00+01'), 'a day in between has some'
);
select ok(
    not pg_temp.has_hours('2026-11-23 10:00+01', '2026-11-23 10:00+01'),
    'no time at all has none'
);
select is(
    absence.has_office_hours(
        1, 1, 'America/New_York', '2026-11-23 17:00+01', '2026-11-24 08:00+01'
    ),
    true,
    'the hours are those of the user''s wall'
);

select * from finish();
rollback;
