-- intake.cast_shadow: a customer as it stood at an instant, beside the first one.

begin;
\ir ../fixtures/makers.sql
select plan(14);

create temporary table shadows (name text, id bigint);
create function pg_temp.cast_as(name text, as_of timestamptz, user_ids bigint[] default null)
returns void
language sql as $$
    insert into shadows values (name, intake.cast_shadow(1, as_of, user_ids));
$$;
create function pg_temp.shadow(name text)
returns bigint
language sql as $$
    select id from shadows where shadows.name = shadow.name;
$$;

-- On the first of November everybody is at one-x; on the tenth the rules close phones.
select pg_temp.anna();
select pg_temp.stage_user('anna', '101');
select pg_temp.stage_user('bo', '102');
select pg_temp.stage_user('cia', '103');
select pg_temp.take_in_roster('2026-11-01 10:00+01');
select pg_temp.book('a', '2026-11-23 09:00+01', '2026-11-23 10:00+01');
select pg_temp.book('gone', '2026-11-23 13:00+01', '2026-11-23 14:00+01');
select pg_temp.book('b', '2026-11-23 09:00+01', '2026-11-23 10:00+01', user_id => 2);
select pg_temp.take_in('2026-11-02 08:00+01');
select intake.take_in_preferences(1, 1, '{"default_reason": "errand", "show_as":
    {"busy": {"reason": "errand"}}}', '2026-11-03 08:00+01');
select pg_temp.customer(
    'one-x', '{"show_as": {"busy": {"reason": "course", "kind": "direct"}}}',
    at => '2026-11-10 08:00+01'
);
select intake.take_in_preferences(1, 1, '{}', '2026-11-11 08:00+01');
select pg_temp.book('a', '2026-11-23 09:30+01', '2026-11-23 10:00+01');
select pg_temp.book('b', '2026-11-23 09:00+01', '2026-11-23 10:00+01', user_id => 2);
select pg_temp.take_in('2026-11-12 08:00+01');

select pg_temp.cast_as('now', '2026-11-20 08:00+01');
select results_eq(
    $$ select user_id, starts_at, kind, reason, booking_keys
       from absence.desired_of(pg_temp.shadow('now')) order by 1, 2 $$,
    $$ select user_id, starts_at, kind, reason, booking_keys
       from absence.desired_of(1) order by 1, 2 $$,
    'a shadow of now wants what the customer wants'
);
select ok(pg_temp.shadow('now') < 0, 'its number is no customer''s');
select is(
    (select count(*) from roster.users where customer_id = pg_temp.shadow('now')), 3::bigint,
    'everybody has come along'
);

select pg_temp.cast_as('fourth', '2026-11-04 08:00+01');
select results_eq(
    $$ select user_id, booking_keys, reason, kind::text, starts_at
       from absence.desired_of(pg_temp.shadow('fourth'))
       order by user_id, starts_at $$,
    $$ values
        (1::bigint, '{a}'::text[], 'errand', 'information', timestamptz '2026-11-23 09:00+01'),
        (1, '{gone}', 'errand', 'information', '2026-11-23 13:00+01'),
        (2, '{b}', 'meeting', 'information', '2026-11-23 09:00+01')
    $$,
    'earlier rules, earlier preferences, earlier bookings'
);
select is(
    (
        select rule_set_version from customer.rule_sets
        where customer_id = pg_temp.shadow('fourth')
    ), 1, 'with the version that held'
);

select pg_temp.cast_as('first', '2026-11-01 09:30+01');
select is(
    (select array_agg(user_key) from roster.users where customer_id = pg_temp.shadow('first')),
    '{anna}', 'nobody who came later'
);
select is_empty(
    $$ select booking_key from calendar.bookings where customer_id = pg_temp.shadow('first') $$,
    'and no booking that nobody knew of'
);
select pg_temp.cast_as('before', '2026-10-01 09:30+01');
select is(
    (
        select rule_set_version from customer.rule_sets
        where customer_id = pg_temp.shadow('before')
    ), 1, 'before the first rules, the first rules'
);

select pg_temp.cast_as('bo', '2026-11-20 08:00+01', '{2}');
select is(
    (select array_agg(user_id) from roster.users where customer_id = pg_temp.shadow('bo')),
    '{2}', 'of one user where one is named'
);

-- With whoever shares a coded booking.
select pg_temp.customer('trio', at => '2026-11-21 08:00+01');
select pg_temp.book('m', '2026-11-24 09:00+01', '2026-11-24 10:00+01', subject => 'SAM:');
select pg_temp.book(
    'm', '2026-11-24 09:00+01', '2026-11-24 10:00+01', subject => 'SAM:',
    user_id => 2
);
select pg_temp.book(
    'm', '2026-11-24 09:00+01', '2026-11-24 10:00+01', subject => 'x',
    user_id => 3
);
select pg_temp.take_in('2026-11-21 09:00+01');
select pg_temp.cast_as('meeting', '2026-11-22 08:00+01', '{2}');
select is(
    (
        select array_agg(user_id order by user_id) from roster.users
        where customer_id = pg_temp.shadow('meeting')
    ),
    '{1,2}', 'with all who have the code of a meeting in their own copy'
);
select results_eq(
    $$ select booking_key, phone_count from absence.coded_meetings
       where customer_id = pg_temp.shadow('meeting') $$,
    $$ values ('m', 2::bigint) $$,
    'so it tells how many phones the meeting closes'
);

-- What is wanted, taken for what stands, under other rules.
select intake.place_desired(pg_temp.shadow('meeting'), '2026-11-22 08:00+01');
select is_empty(
    $$ select * from absence.differences_within(pg_temp.shadow('meeting'),
        '2026-11-22 08:00+01') $$,
    'under the same rules nothing differs'
);
select intake.take_in_rule_set(
    pg_temp.shadow('meeting'), 'trio', '{"office_hours": {"tue": "08:00-09:30"},
    "office_hours_only": true}', '2026-11-22 08:00+01', 'test'
);
select results_eq(
    $$ select user_id, before_ends_at, ends_at from absence.differences_within(
        pg_temp.shadow('meeting'), '2026-11-22 08:00+01') order by 1 $$,
    $$ values
        (1::bigint, timestamptz '2026-11-24 10:00+01', timestamptz '2026-11-24 09:30+01'),
        (2, '2026-11-24 10:00+01', '2026-11-24 09:30+01')
    $$,
    'under others the difference is what they would change'
);
select results_eq(
    $$ select gained_hours, lost_hours from absence.closed_time_within(
        pg_temp.shadow('meeting'), '2026-11-22 08:00+01') $$,
    $$ values (0::double precision, 1::double precision) $$,
    'and how long phones are closed or open that were not'
);

select * from finish();
rollback;
