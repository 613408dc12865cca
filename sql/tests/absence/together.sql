-- absence.together: ranges together, as range_agg gives them.

begin;
select plan(2);

create temporary table given on commit drop as
select
    number,
    number % 3 as grouping,
    timestamptz '2026-11-23 00:00+01' + number * 7919 % 1440 * interval '1 minute' as starts_at,
    number * 31 % 90 * interval '1 minute' as lasts
from generate_series(1, 120) as number;

select is_empty(
    $$
    select from (
        select
            absence.together(tstzmultirange(tstzrange(starts_at, starts_at + lasts))) over earlier
                as here,
            coalesce(
                range_agg(tstzrange(starts_at, starts_at + lasts)) over earlier, '{}'
            ) as there
        from given
        window earlier as (
            partition by grouping order by number rows between unbounded preceding and 1 preceding
        )
    ) as compared
    where here is distinct from there
    $$,
    'what came before, together, is what range_agg gives, and nothing where nothing came'
);

select is(
    (
        select absence.together(tstzmultirange(tstzrange(starts_at, starts_at + lasts)))
        from given
    ),
    (select range_agg(tstzrange(starts_at, starts_at + lasts)) from given),
    'and so is all of it'
);

select * from finish();
rollback;
