-- intake.take_fence and intake.begin_epoch: numbers that no run before had, restored or not.

begin;
\ir ../fixtures/makers.sql
select plan(13);

select pg_temp.customer();

select is(
    intake.take_fence(1, 'reconcile', 'a', '2026-11-20 08:00+01'),
    1::bigint,
    'runs are numbered from 1'
);
select results_eq(
    'select epoch, cause, first_fence, adopted_at is not null from customer.epochs',
    $$ values (1, 'first', 0::bigint, true) $$,
    'the first run begins the first epoch, in which there is nothing to adopt'
);
select is(
    intake.take_fence(1, 'load source', 'a', '2026-11-20 08:01+01'), 2::bigint, 'one after another'
);
select is(
    (select count(*) from customer.epochs), 1::bigint, 'in the same epoch, as in the same database'
);

-- The rows come from another database: a dump that was read in, or a server restored to an instant.
reset role;
update customer.epochs set database_mark = '1/00000001/1';
set local role kk_job;
select is(
    intake.take_fence(1, 'reconcile', 'b', '2026-11-20 09:00+01'),
    (extract(epoch from '2026-11-20 09:00+01'::timestamptz) * 1000)::bigint + 1,
    'in a restored database runs are numbered above all that was forgotten'
);
select results_eq(
    'select epoch, cause, adopted_at is null from customer.epochs order by epoch',
    $$ values (1, 'first', false), (2, 'database', true) $$,
    'which is an epoch of its own, with what stands still to be adopted'
);
select cmp_ok(
    intake.take_fence(1, 'load source', 'b', '2026-11-20 09:00+01'),
    '>',
    (select max(first_fence) + 1 from customer.epochs),
    'and the next ones follow'
);

-- The same database, and the telephone side has seen newer runs: a base without a new timeline.
select ok(
    intake.begin_epoch(1, 'telephone_side', 9000000000000000, '2026-11-20 10:00+01'),
    'a telephone side that has seen newer runs shows that the database was restored'
);
select is(
    intake.take_fence(1, 'reconcile', 'c', '2026-11-20 10:01+01'),
    9000000000000001,
    'a number that the telephone side has seen is not given again'
);
select is(
    (select string_agg(cause, ' ' order by epoch) from customer.epochs),
    'first database telephone_side',
    'and the cause is told'
);
select ok(
    not intake.begin_epoch(1, 'telephone_side', 9000000000000009, '2026-11-20 10:30+01'),
    'twice within an hour it is another database that writes there'
);

-- Whose turn it was.
select is_empty('select * from customer.turns', 'a run that takes no turn leaves no trace of one');
select intake.take_fence(1, 'reconcile', 'd', '2026-11-20 11:00+01', 'reconcile touched');
select intake.take_fence(1, 'reconcile', 'd', '2026-11-20 11:01+01', 'reconcile touched', 'a');
select results_eq(
    'select turn, fence, shift, ended_fence from customer.turns',
    $$ select 'reconcile touched', fence, 'a', null::bigint from customer.work
       where work = 'reconcile' $$,
    'the newest run that began a turn is known by its number'
);

select * from finish();
rollback;
