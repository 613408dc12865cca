-- switchboard.apply_batch: how the exchange `table` takes a batch of changes.

begin;
\ir ../fixtures/makers.sql
\ir ../fixtures/batches.sql
select plan(27);

-- Create, repeat, update, withdraw, repeat.
select is(pg_temp.apply(pg_temp.change('create', 1)), '1 done 1', 'an absence is created');
select results_eq(
    $$ select extension, kind::text, reason, announced_reason, starts_at, ends_at, origin::text,
        set_by, set_at
       from switchboard.absences $$,
    $$ values ('101', 'direct', 'meeting', 'busy', timestamptz '2026-11-23 09:00+01',
        timestamptz '2026-11-23 10:00+01', 'calendar', 'kalenderkoppling',
        timestamptz '2026-11-20 12:00+01') $$,
    'as it was sent, and known as ours'
);
select results_eq(
    'select extension, display_name, language, time_zone from switchboard.extensions',
    $$ values ('101', 'Anna', 'sv', 'Europe/Stockholm') $$,
    'with its extension'
);
select is(pg_temp.apply(pg_temp.change('create', 1)), '1 unchanged 1', 'again, it is unchanged');
select is(
    pg_temp.apply(pg_temp.change('update', 1, ends_at => '2026-11-23 11:00+01', version => 1)),
    '1 done 2', 'an update counts its version'
);
select is(
    pg_temp.apply(pg_temp.change('update', 1, ends_at => '2026-11-23 11:00+01', version => 1)),
    '1 unchanged 2', 'again, it is unchanged, whatever version was expected'
);
select is(
    pg_temp.apply(pg_temp.change('create', 1, ends_at => '2026-11-23 10:30+01')), '1 done 3',
    'a creation under a key that stands asserts what is to stand'
);
select is(
    pg_temp.apply(pg_temp.change('withdraw', 1, version => 3)), '1 done 3', 'it is withdrawn'
);
select is(count(*), 0::bigint, 'and gone') from switchboard.absences;
select is(
    pg_temp.apply(pg_temp.change('withdraw', 1, version => 3)), '1 unchanged',
    'again, it is unchanged'
);
select is(
    pg_temp.apply(pg_temp.change('update', 1, version => 3)), '1 conflict',
    'what is gone is not updated: somebody deleted it'
);

-- Changed by somebody else meanwhile.
select pg_temp.apply(pg_temp.change('create', 1));
update switchboard.absences set reason = 'lunch', set_by = 'anna';
select is(version, 2::bigint, 'whoever changes an absence, its version counts')
from switchboard.absences;
select is(
    pg_temp.apply(pg_temp.change('update', 1, ends_at => '2026-11-23 11:00+01', version => 1)),
    '1 conflict 2', 'what another changed is not overwritten'
);
select is(
    pg_temp.apply(pg_temp.change('withdraw', 1, version => 1)), '1 conflict 2', 'nor withdrawn'
);
select is(reason, 'lunch', 'it stays as it was left') from switchboard.absences;
select is(
    pg_temp.apply(pg_temp.change('update', 1, version => 2)), '1 done 3',
    'once that is known, it may be changed'
);
select is(set_by, 'kalenderkoppling', 'and is known as ours again') from switchboard.absences;

-- What is not ours.
select pg_temp.own(2, '2026-11-23 09:30+01', '2026-11-23 12:00+01');
select is(
    pg_temp.apply(
        pg_temp.change(
            'update', 2, version => 1), pg_temp.change(
            'create', 3,
            '2026-11-23 10:00+01', '2026-11-23 11:00+01'
        )
    ),
    '2 conflict 1, 3 done 1',
    'what a person made is never touched, and ours may stand beside it'
);
select is(
    pg_temp.apply(pg_temp.change('withdraw', 2, version => 1)), '2 conflict 1', 'nor withdrawn'
);

-- Never two of ours at one instant.
select throws_ok(
    $$ select pg_temp.apply(
        pg_temp.change('create', 4, '2026-11-23 10:59+01', '2026-11-23 12:00+01')
    ) $$,
    '23P01', null, 'two of ours that overlap are refused'
);
select lives_ok(
    $$ select pg_temp.apply(
        pg_temp.change('create', 4, '2026-11-23 11:00+01', '2026-11-23 12:00+01')
    ) $$,
    'two that touch are not'
);
select is(
    pg_temp.apply(
        pg_temp.change('update', 3, '2026-11-23 11:00+01', '2026-11-23 12:00+01', 1),
        pg_temp.change('update', 4, '2026-11-23 10:00+01', '2026-11-23 11:00+01', 1)
    ),
    '3 done 2, 4 done 2', 'two may swap places in one batch'
);
select is(
    pg_temp.apply(
        pg_temp.change('withdraw', 3, version => 2),
        pg_temp.change('create', 5, '2026-11-23 11:00+01', '2026-11-23 13:00+01')
    ),
    '3 done 2, 5 done 1', 'and one may take the place of another'
);

-- Fencing.
select lives_ok(
    $$ select * from switchboard.apply_batch('c', 7, '2026-11-20 12:00+01', '[]', '[]') $$,
    'a newer run takes over'
);
select throws_ok(
    $$ select pg_temp.apply(pg_temp.change('withdraw', 5, version => 1)) $$, 'KK001',
    'a newer run writes to this switchboard', 'an older run may not write any more'
);
select is(count(*), 1::bigint, 'and changed nothing')
from switchboard.absences where absence_key = pg_temp.key_of(5);
select lives_ok(
    $$ select * from switchboard.apply_batch('d', 1, '2026-11-20 12:00+01', '[]', '[]') $$,
    'another customer counts its own runs'
);

select * from finish();
rollback;
