-- intake.open_months: the months of the audit are made ahead, and what fell into none moves there.

begin;
\ir ../fixtures/makers.sql
select plan(9);

-- In which month each row of a table of audit is.
create function pg_temp.months(table_name text)
returns table (month text, row_count bigint)
language plpgsql as $$
begin
    return query execute format(
        'select regexp_replace(tableoid::regclass::text, ''^audit_months.%s_'', ''''), count(*) '
        'from audit.%I group by 1 order by 1', table_name, table_name
    );
end
$$;

select pg_temp.anna();
insert into audit.runs (customer_id, run_id, mode, scope, as_of, started_at, touched_count)
select 1, number, 'apply', 'touched', begun, begun, 1
from (
    values
    (1, timestamptz '2026-09-30 23:59Z'), (2, '2026-10-01 00:00Z'), (3, '2026-11-30 23:30+01')
) as runs (number, begun);
insert into audit.changes (
    customer_id, user_id, run_id, planned_at, absence_key, action, after, booking_keys,
    booking_marks, is_guarded
)
select 1, 1, run_id, started_at, gen_random_uuid(), 'create', '{}', '{}', '{}', false
from audit.runs;
select results_eq(
    $$ select * from pg_temp.months('runs') $$, $$ values ('default', 3::bigint) $$,
    'before any month is made nothing is lost'
);

select is(
    intake.open_months('2026-11-20 12:00+01'),
    6 * (select count(*) from intake.audit_tables where table_name in ('runs', 'changes'))
    + 4 * (select count(*) from intake.audit_tables where table_name not in ('runs', 'changes')),
    'the month, three ahead, and those of what is there'
);
select results_eq(
    $$ select * from pg_temp.months('runs') $$,
    $$ values ('2026_09', 1::bigint), ('2026_10', 1), ('2026_11', 1) $$,
    'what was there is in its month, by UTC'
);
select results_eq(
    $$ select * from pg_temp.months('changes') $$,
    $$ values ('2026_09', 1::bigint), ('2026_10', 1), ('2026_11', 1) $$,
    'with what refers to it'
);
select is(intake.open_months('2026-11-29 12:00+01'), 0::bigint, 'once');
select is(
    intake.open_months('2026-12-01 00:30+01'), 0::bigint, 'midnight in Stockholm begins no month'
);
select is(
    intake.open_months('2026-12-01 01:30+01'), (select count(*) from intake.audit_tables),
    'each month one more'
);

select is(
    (
        select count(*)
        from intake.end_changes(
            1, 2, '2026-10-01 00:00Z', '{1}',
            array(select absence_key from audit.changes where run_id = 2), '{done}', '{null}',
            '2026-10-01 00:01Z'
        )
    ),
    1::bigint, 'an outcome finds its change in any month'
);
select results_eq(
    'select run_id, outcome::text from audit.changes order by run_id',
    $$ values (1::bigint, null), (2, 'done'), (3, null) $$,
    'and no other'
);

select * from finish();
rollback;
