-- intake.take_in_progress: how far each calendar was read.

begin;
\ir ../fixtures/makers.sql
select plan(12);

select pg_temp.anna();

-- Of a load that began so many generations ago.
create function pg_temp.stage_cursor(age integer, cursor text, failures text[] default '{}')
returns void
language sql as $$
    insert into staging.cursors
    select
        1, 1, 1, 1, generation - stage_cursor.age, stage_cursor.cursor, 100,
        stage_cursor.failures
    from roster.calendars;
$$;

select pg_temp.stage_cursor(0, 'c1');
select pg_temp.cover();
insert into staging.resources values (1, 1, 1, 1, 'a.ics', '1'), (1, 1, 1, 1, 'b.ics', '1');
select pg_temp.take_in('2026-11-20 08:00+01');

select results_eq(
    'select cursor, loaded_at, whole_at, failure, rule_set_version from calendar.cursors',
    $$ values ('c1', timestamptz '2026-11-20 08:00+01', timestamptz '2026-11-20 08:00+01',
        null::text, 1) $$,
    'a whole load leaves a cursor and says that it was whole'
);
select set_eq(
    'select resource_key, mark from calendar.resources',
    $$ values ('a.ics', '1'), ('b.ics', '1') $$,
    'and the marks of its resources'
);

select pg_temp.stage_cursor(0, 'c2', '{"b.ics: 500"}');
select pg_temp.cover(scope => 'a.ics', is_prefix => false);
insert into staging.resources values (1, 1, 1, 1, 'a.ics', '2');
select pg_temp.take_in('2026-11-20 08:01+01');

select results_eq(
    'select cursor, loaded_at, whole_at, failed_at, failure from calendar.cursors',
    $$ values ('c2', timestamptz '2026-11-20 08:01+01', timestamptz '2026-11-20 08:00+01',
        timestamptz '2026-11-20 08:01+01', 'b.ics: 500') $$,
    'an incremental one moves the cursor on, and tells of what failed'
);
select set_eq(
    'select resource_key, mark from calendar.resources',
    $$ values ('a.ics', '2'), ('b.ics', '1') $$,
    'a resource that it did not cover stays'
);

select pg_temp.stage_cursor(0, 'c3');
select pg_temp.cover(scope => 'b.ics', is_prefix => false);
select pg_temp.take_in('2026-11-20 08:02+01');
select set_eq(
    'select resource_key, mark from calendar.resources', $$ values ('a.ics', '2') $$,
    'one that it covered and did not name is gone'
);
select is(failure, null, 'a failure is forgotten when all went right') from calendar.cursors;

-- A booking that is all there is of its resource tells the mark.
select pg_temp.cover();
select pg_temp.book(
    'c', '2026-11-25 09:00+01', '2026-11-25 10:00+01', resource_mark => '1'
);
select pg_temp.book('d/1', '2026-11-25 11:00+01', '2026-11-25 12:00+01', resource_key => 'd');
insert into staging.resources values (1, 1, 1, 1, 'd', '7');
select pg_temp.take_in('2026-11-20 08:02+01');
select set_eq(
    'select resource_key, mark from calendar.resources', $$ values ('c', '1'), ('d', '7') $$,
    'marks come with bookings and beside them'
);
select pg_temp.cover(scope => 'c', is_prefix => false);
select pg_temp.book(
    'c', '2026-11-25 09:00+01', '2026-11-25 10:00+01', resource_mark => '2'
);
select pg_temp.take_in('2026-11-20 08:02+01');
select set_eq(
    'select resource_key, mark from calendar.resources', $$ values ('c', '2'), ('d', '7') $$,
    'one that changed is kept, though its booking is the same'
);

-- Loaded afresh meanwhile.
select pg_temp.customer('one-x', '{"text": ["subject"]}', at => '2026-11-20 08:03+01');
select
    is(
        cursor, null, 'a rule that keeps something else takes the cursor away'
    )
from calendar.cursors;
select pg_temp.stage_cursor(1, 'c4');
select pg_temp.cover();
select pg_temp.take_in('2026-11-20 08:04+01');
select
    is(
        cursor, null, 'and a load that began before does not bring it back, were it whole'
    )
from calendar.cursors;
select pg_temp.stage_cursor(0, 'c5');
select pg_temp.cover();
select pg_temp.take_in('2026-11-20 08:05+01');
select results_eq(
    'select cursor, rule_set_version from calendar.cursors', $$ values ('c5', 2) $$,
    'one that began since does'
);
select is(
    (select count(*) from staging.coverage) + (select count(*) from staging.cursors)
    + (select count(*) from staging.resources) + (select count(*) from staging.quarantine),
    0::bigint,
    'nothing stays in the stage'
);

select * from finish();
rollback;
