-- The audit is added to: as whichever role, what stands there is neither changed nor removed, and
-- what is filled in later is filled in once.

begin;
\ir ../fixtures/makers.sql
\ir ../fixtures/schemas.sql
select plan(11);

-- Every way to change a table, tried as every role of ours but the owner: which are not refused.
create function pg_temp.let_through()
returns setof text
language plpgsql as $$
declare
    try record;
begin
    for try in
        select rolname, format(attempt, pg_class.oid::regclass, attname) as attempt
        from pg_class
        inner join pg_attribute on attrelid = pg_class.oid and attnum = 1
        cross join pg_roles
        cross join unnest(array[
            'update %s set %2$I = %2$I', 'delete from %s', 'truncate %s',
            'insert into %s select * from %1$s on conflict do nothing'
        ]) as attempts (attempt)
        where relnamespace in ('audit'::regnamespace, 'audit_months'::regnamespace)
            and relkind in ('r', 'p')
            and rolname ~ '^kk_' and rolname <> 'kk_owner'
            -- jobs add
            and not (
                attempt ~ '^insert' and rolname = 'kk_job' and relnamespace = 'audit'::regnamespace
            )
    loop
        begin
            execute format('set local role %I', try.rolname);
            execute try.attempt;
            return next try.rolname || ': ' || try.attempt;
        exception when insufficient_privilege then
            null;
        end;
    end loop;
    reset role;
end
$$;

reset role;
select is_empty(
    'select * from pg_temp.let_through()',
    'no role but the owner changes or removes a row of the audit, or enters its months'
);
select
    cmp_ok(
        count(*), '>=', 10::bigint, 'every month table is among them'
    )
from pg_class where relnamespace = 'audit_months'::regnamespace and relkind = 'r';

select is_empty(
    $$ select functions.name, rolname
       from functions
       inner join pg_proc on functions.oid = pg_proc.oid
       cross join pg_roles
       where functions.schema_name = 'intake' and prosecdef and rolname ~ '^kk_'
           and rolname not in ('kk_owner', 'kk_job')
           and has_function_privilege(rolname, functions.oid, 'execute') $$,
    'what runs as the owner is called by the jobs alone'
);
select is_empty(
    $$ select name from functions
       inner join pg_proc on functions.oid = pg_proc.oid
       where prosecdef and functions.holds = 'logic'
           and not coalesce('search_path=pg_catalog, pg_temp' = any(proconfig), false) $$,
    'and looks for nothing where its caller says'
);

set local role kk_job;
select pg_temp.anna();
insert into audit.runs (
    customer_id, run_id, mode, scope, as_of, started_at, touched_count
)
values (1, 1, 'apply', 'touched', '2026-11-20 12:00+01', '2026-11-20 12:00+01', 1);
select intake.end_run(1, 1, '2026-11-20 12:00+01', 3, 1, '2026-11-20 12:01+01');
select intake.end_run(1, 1, '2026-11-20 12:00+01', 9, 9, '2026-11-20 12:09+01');
select results_eq(
    'select done_count, failed_count, ended_at from audit.runs',
    $$ values (3::bigint, 1::bigint, timestamptz '2026-11-20 12:01+01') $$,
    'a run ends once'
);
select intake.open_load(1, 2, 'one', true, '-infinity', 'infinity', '2026-11-20 12:00+01');
select intake.count_load(1, 2, '2026-11-20 12:00+01', 1, 0, 5, 5, 0, 0, 0, 100);
select intake.count_load(1, 2, '2026-11-20 12:00+01', 2, 1, 3, 0, 2, 1, 1, 50);
select intake.end_load(1, 2, '2026-11-20 12:00+01', 4, 1, 1, 1500, '2026-11-20 12:01+01');
select intake.count_load(1, 2, '2026-11-20 12:00+01', 9, 9, 9, 9, 9, 9, 9, 9);
select intake.end_load(1, 2, '2026-11-20 12:00+01', 9, 9, 9, 9, '2026-11-20 12:09+01');
select results_eq(
    $$ select calendar_count, failed_count, booking_count, added_count, changed_count,
        vanished_count, broken_count, byte_count from audit.loads $$,
    $$ values (3, 1, 8::bigint, 5::bigint, 2::bigint, 1::bigint, 1::bigint, 150::bigint) $$,
    'a load is counted as long as it runs'
);
select results_eq(
    'select request_count, retry_count, wait_count, wait_seconds, ended_at from audit.loads',
    $$ values (4::bigint, 1::bigint, 1::bigint, 1.500, timestamptz '2026-11-20 12:01+01') $$,
    'and ends once'
);
select intake.record_outage(1, 'no answer', '2026-11-20 12:00+01');
select intake.end_outage(1, '2026-11-20 12:05+01');
select intake.end_outage(1, '2026-11-20 12:09+01');
select results_eq(
    'select began_at, ended_at from audit.outages',
    $$ values (timestamptz '2026-11-20 12:00+01', timestamptz '2026-11-20 12:05+01') $$,
    'and so does an outage'
);
select lives_ok(
    'insert into audit.rosters values (1, ''2026-11-20'', ''test'', 1, 1, 0, 0)', 'jobs add'
);
select throws_ok(
    'select 1 from audit_months.runs_default', '42501', null, 'and enter no month by itself'
);
set local role kk_reader;
select throws_ok(
    $$ select intake.end_run(1, 1, '2026-11-20 12:00+01', 9, 9, '2026-11-20 12:09+01') $$,
    '42501', null, 'readers change nothing by the functions'
);

select * from finish();
rollback;
