-- absence.desired_within: what is wanted at an instant (domain P-21).

begin;
\ir ../fixtures/makers.sql
select plan(8);

select pg_temp.anna('{"merge_gap": 300, "days_ahead": 2}');
select pg_temp.stage_user('anna', '101');
select pg_temp.stage_user('bo', '102');
select pg_temp.take_in_roster('2026-11-02 08:00+01');
select pg_temp.book('a1', '2026-11-23 09:00+01', '2026-11-23 10:00+01');
select pg_temp.book('a2', '2026-11-23 10:00+01', '2026-11-23 11:00+01');
select pg_temp.book('b1', '2026-11-25 08:59:59+01', '2026-11-30 10:00+01', user_id => 2);
select pg_temp.take_in();

create function pg_temp.wanted(as_of timestamptz, user_ids bigint[] default null)
returns text
language sql as $$
    select string_agg(array_to_string(booking_keys, '+'), ' ' order by starts_at)
    from absence.desired_within(1, wanted.as_of, wanted.user_ids);
$$;

select is(pg_temp.wanted('2026-11-23 08:59:59+01'), 'a1+a2', 'what begins within the days ahead');
select is(
    pg_temp.wanted('2026-11-23 09:00+01'), 'a1+a2 b1',
    'what begins less than days_ahead days from now is wanted whole, across the horizon'
);
select is(
    pg_temp.wanted('2026-11-23 10:30+01'), 'a1+a2 b1',
    'a chain that runs is one from its first start'
);
select is(
    (select starts_at from absence.desired_within(1, '2026-11-23 10:59:59+01', '{1}')),
    timestamptz '2026-11-23 09:00+01',
    'and keeps its start to the end'
);
select is(pg_temp.wanted('2026-11-23 11:00+01'), 'b1', 'what has ended is not wanted');
select is(pg_temp.wanted('2026-11-23 09:00+01', '{2}'), 'b1', 'only of the users asked for');
select is(pg_temp.wanted('2026-11-23 09:00+01', '{}'), null, 'and of nobody where nobody is named');
select is_empty(
    $$ select * from absence.desired_within(2, '2026-11-23 09:00+01') $$,
    'and of no other customer'
);

select * from finish();
rollback;
