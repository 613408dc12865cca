-- A pass asks less of the same views: the users asked for reach the index on bookings, below
-- every window (design principle 12).

begin;
\ir ../fixtures/makers.sql
select plan(4);

select pg_temp.customer('kalender-push', '{"merge_gap": 300, "office_hours_only": true}');
select pg_temp.stage_user('user' || number, (100 + number)::text)
from generate_series(1, 400) as number;
select pg_temp.take_in_roster();
select pg_temp.book('b', '2026-11-23 09:00+01', '2026-11-23 10:00+01', user_id => number)
from generate_series(1, 400) as number;
select pg_temp.take_in();
reset role;
analyze calendar.bookings;
set local role kk_job;
set local enable_seqscan = off;

-- How each scan of bookings finds its rows.
create function pg_temp.scans(query text)
returns setof text
language plpgsql as $$
declare
    plan json;
begin
    execute 'explain (format json) ' || query into plan;
    return query
    select coalesce(node ->> 'Index Cond', node ->> 'Recheck Cond')
    from jsonb_path_query(plan::jsonb, 'strict $.**') as node
    where jsonb_typeof(node) = 'object' and node ->> 'Relation Name' = 'bookings';
end
$$;

create temporary view scans as
select
    queries.query,
    scans.condition
from (
    values
    ($$ absence.desired_within(1, '2026-11-20 12:00+01', '{3,4}') $$),
    ($$ absence.fitted_within(1, '2026-11-20 12:00+01', '{3,4}') $$),
    ($$ absence.differences_within(1, '2026-11-20 12:00+01', '{3,4}') $$),
    ($$ absence.outcomes_within(1, '2026-11-20 12:00+01', '{3}') $$)
) as queries (query)
cross join pg_temp.scans('select * from ' || queries.query) as scans (condition);

select
    is(
        count(distinct query), 4::bigint, 'the functions are taken apart: their scans are seen'
    )
from scans;
select is_empty(
    $$ select * from scans where condition is null or condition !~ 'customer_id = ' $$,
    'every scan of bookings is of one customer'
);
select is_empty(
    $$ select * from scans where condition !~ 'user_id = ' $$,
    'and of the users asked for'
);
select
    is(
        count(*), 400::bigint, 'of everybody where nobody is named'
    )
from absence.differences_within(1, '2026-11-20 12:00+01', null);

select * from finish();
rollback;
