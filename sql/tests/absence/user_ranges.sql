-- absence.user_ranges: everybody, in stretches that sessions share.

begin;
\ir ../fixtures/makers.sql
select plan(3);

select pg_temp.anna();
select pg_temp.stage_user('user' || n, '20' || n) from generate_series(2, 5) as n;
select pg_temp.take_in_roster('2026-11-02 08:00+01');

select results_eq(
    'select users from absence.user_ranges(1, 1, 2)',
    $$ values ('[1,3)'::int8range), ('[3,5)'), ('[5,)') $$,
    'none has more than the largest'
);
select results_eq(
    'select users from absence.user_ranges(1, 1, 10)',
    $$ values ('[1,4)'::int8range), ('[4,)') $$,
    'two sessions have something to do'
);
select results_eq(
    'select users from absence.user_ranges(1, 5, 10)',
    $$ values ('[1,)'::int8range) $$,
    'but none has fewer users than the smallest'
);

select * from finish();
rollback;
