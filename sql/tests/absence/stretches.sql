-- absence.stretches: claims within their office hours (domain P-9, P-22).

begin;
\ir ../fixtures/makers.sql
select plan(8);

select pg_temp.anna();
select pg_temp.book_days('days', '2026-11-20', '2026-11-25');
select pg_temp.take_in();

select results_eq(
    'select starts_at, ends_at, is_part from absence.stretches',
    $$ values (
        timestamptz '2026-11-20 00:00+01', timestamptz '2026-11-25 00:00+01', false
    ) $$,
    'whole days are one stretch from midnight to midnight in the user''s zone'
);

select pg_temp.customer('one-x', '{"all_day": "office_hours", "holidays": ["2026-11-23"]}');

select results_eq(
    'select starts_at, ends_at, is_part from absence.stretches order by starts_at',
    $$ values
        (timestamptz '2026-11-20 08:00+01', timestamptz '2026-11-20 17:00+01', true),
        (timestamptz '2026-11-24 08:00+01', timestamptz '2026-11-24 17:00+01', true)
    $$,
    'with office hours each working day gives a part; the weekend and a holiday give none'
);

delete from calendar.bookings;
select pg_temp.book('evening', '2026-11-23 16:00+01', '2026-11-24 09:00+01');
select pg_temp.book('night', '2026-11-23 22:00+01', '2026-11-24 06:00+01');
select pg_temp.take_in();
select pg_temp.customer('one-x', '{"office_hours_only": true}');

select results_eq(
    'select booking_key, starts_at, ends_at from absence.stretches order by starts_at',
    $$ values
        ('evening', timestamptz '2026-11-23 16:00+01', timestamptz '2026-11-23 17:00+01'),
        ('evening', timestamptz '2026-11-24 08:00+01', timestamptz '2026-11-24 09:00+01')
    $$,
    'within office hours alone, a booking is clipped to the hours of each day'
);

select pg_temp.customer('one-x', '{"office_hours_only": true,
    "office_hours": {"mon": "00:00-24:00", "tue": "00:00-24:00"}}');

select results_eq(
    $$ select starts_at, ends_at from absence.stretches
       where booking_key = 'night' order by starts_at $$,
    $$ values (timestamptz '2026-11-23 22:00+01', timestamptz '2026-11-24 06:00+01') $$,
    'hours to midnight and from midnight touch, and make one part'
);

-- 29 March 2026: 02:00 to 03:00 does not exist in Stockholm; 25 October: it exists twice.
delete from calendar.bookings;
select pg_temp.book('spring', '2026-03-29 00:00+01', '2026-03-30 00:00+02');
select pg_temp.book('autumn', '2026-10-25 00:00+02', '2026-10-26 00:00+01');
select pg_temp.take_in();
select pg_temp.customer('one-x', '{"office_hours_only": true,
    "office_hours": {"sun": "01:00-04:00"}}');

select results_eq(
    'select booking_key, starts_at, ends_at from absence.stretches order by starts_at',
    $$ values
        ('spring', timestamptz '2026-03-29 01:00+01', timestamptz '2026-03-29 04:00+02'),
        ('autumn', timestamptz '2026-10-25 01:00+02', timestamptz '2026-10-25 04:00+01')
    $$,
    'office hours across a clock change are an hour shorter in spring and longer in autumn'
);

select pg_temp.customer('one-x', '{"office_hours_only": true,
    "office_hours": {"sun": "02:15-03:00"}}');

select results_eq(
    'select booking_key, starts_at, ends_at from absence.stretches order by starts_at',
    $$ values ('autumn', timestamptz '2026-10-25 02:15+02', timestamptz '2026-10-25 03:00+01') $$,
    'office hours that the clock change swallows give no part'
);

delete from calendar.bookings;
select pg_temp.book(
    'private', '2026-11-22 00:00+01', '2026-11-23 00:00+01',
    sensitivity => 'private'
);
select pg_temp.take_in();

select is_empty(
    'select * from absence.stretches', 'what claims nothing has no stretch'
);

-- Office hours are on the user's own wall.
select pg_temp.customer('one-x', '{"office_hours_only": true}');
select pg_temp.stage_user('anna', '101', time_zone => 'America/New_York');
select pg_temp.take_in_roster('2026-11-20 09:00+01');
delete from calendar.bookings;
select pg_temp.book('day', '2026-11-23 07:00-05', '2026-11-23 18:00-05');
select pg_temp.take_in();

select results_eq(
    'select starts_at, ends_at from absence.stretches',
    $$ values (timestamptz '2026-11-23 08:00-05', timestamptz '2026-11-23 17:00-05') $$,
    'office hours open and close where the user is'
);

select * from finish();
rollback;
