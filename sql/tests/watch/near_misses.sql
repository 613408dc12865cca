-- watch.near_misses: words that look like codes but are none, by user and week (domain P-24).

begin;
\ir ../fixtures/makers.sql
select plan(3);

select pg_temp.anna('{}', 'trio');
select pg_temp.stage_user('anna', '101');
select pg_temp.stage_user('bo', '102', time_zone => 'America/New_York');
select pg_temp.take_in_roster('2026-11-02 08:00+01');
select pg_temp.book('sunday', '2026-11-22 23:30+01', '2026-11-22 23:45+01', subject => 'SAM Oslo');
select pg_temp.book('monday', '2026-11-23 00:30+01', '2026-11-23 00:45+01', subject => 'SAM Oslo');
select pg_temp.book('again', '2026-11-29 23:30+01', '2026-11-29 23:45+01', subject => 'sam igen');
select pg_temp.book('other', '2026-11-24 09:00+01', '2026-11-24 10:00+01', subject => 'SEM');
select pg_temp.book('code', '2026-11-24 11:00+01', '2026-11-24 12:00+01', subject => 'SAM: Oslo');
select pg_temp.book(
    'bos', '2026-11-23 00:30+01', '2026-11-23 00:45+01', subject => 'SAM Oslo',
    user_id => 2
);
select pg_temp.take_in();

select results_eq(
    $$ select customer_key, user_key, week, near_miss, is_code, booking_count
       from watch.near_misses order by user_key, week, near_miss $$,
    $$ values
        ('c1', 'anna', date '2026-11-16', 'sam', false, 1::bigint),
        ('c1', 'anna', '2026-11-23', 'sam', false, 2),
        ('c1', 'anna', '2026-11-23', 'sem', false, 1),
        ('c1', 'bo', '2026-11-16', 'sam', false, 1)
    $$,
    'how often each stands in the subjects of a week on the user''s wall, and no code'
);

select pg_temp.customer('kalender-push', '{}', 2);
select pg_temp.stage_user('dan', '201', customer_id => 2);
select pg_temp.take_in_roster(customer_id => 2);
select pg_temp.book(
    'doubtful', '2026-11-24 09:00+01', '2026-11-24 10:00+01',
    subject => 'Ola &Per', customer_id => 2
);
select pg_temp.book(
    'certain', '2026-11-24 10:00+01', '2026-11-24 11:00+01',
    subject => 'Ola &Syk', customer_id => 2
);
select pg_temp.take_in(customer_id => 2);

select results_eq(
    $$ select user_key, near_miss, is_code, booking_count from watch.near_misses
       where customer_key = 'c2' $$,
    $$ values ('dan', '&per', true, 1::bigint) $$,
    'a code that may be a name counts, and is listed as one'
);
select is(
    (
        select array_agg(column_name::text order by ordinal_position)
        from information_schema.columns
        where table_schema = 'watch' and table_name = 'near_misses'
    ),
    '{customer_key,user_key,week,near_miss,is_code,booking_count}',
    'and nothing else of any subject'
);

select * from finish();
rollback;
