-- switchboard.absence_route, switchboard.in_force: what a PBX asks.

begin;
\ir ../fixtures/makers.sql
\ir ../fixtures/batches.sql
select plan(12);

select pg_temp.apply(
    pg_temp.change('create', 1, '2026-11-23 09:00+01', '2026-11-23 12:00+01', kind => 'open')
);
insert into switchboard.extensions (customer_key, extension, display_name, is_attendant)
values ('c', '900', 'Växeln', true), ('d', '101', 'Dan', false);

create function pg_temp.route(at timestamptz, caller text default '', called text default '101')
returns text
language sql as $$
    select concat_ws(' ', kind, reason, until, ring_ms, target, shown_text, language, display_name)
    from switchboard.absence_route('c', route.called, route.caller, route.at);
$$;
set local role kk_pbx;

select is(
    pg_temp.route('2026-11-23 10:00+01'),
    'open busy 2026-11-23T11:00:00Z 15000 announcement  sv Anna',
    'the kind, the announced reason, the return, how long to ring, where to, the text, the name'
);
select is(
    pg_temp.route('2026-11-23 09:00+01'), pg_temp.route('2026-11-23 11:59:59+01'),
    'from its start to its end'
);
select is(pg_temp.route('2026-11-23 08:59:59+01'), null, 'not before');
select is(pg_temp.route('2026-11-23 12:00+01'), null, 'and not after');
select is(
    pg_temp.route('2026-11-23 10:00+01', called => '102'), null, 'no row for who is not away'
);
select is(pg_temp.route('2026-11-23 10:00+01', caller => '900'), null, 'attendants ring through');
select is(
    pg_temp.route('2026-11-23 10:00+01', caller => '102'), pg_temp.route('2026-11-23 10:00+01'),
    'others do not'
);

set local role kk_job;
select pg_temp.own(2, '2026-11-23 10:00+01', '2026-11-23 11:00+01', kind => 'information');
select pg_temp.own(3, '2026-11-23 10:30+01', '2026-11-23 10:45+01', 'attendant', 'direct');
set local role kk_pbx;
select matches(pg_temp.route('2026-11-23 10:10+01'), '^information errand', 'a person''s own wins');
select matches(pg_temp.route('2026-11-23 10:40+01'), '^direct errand', 'of two such the stricter');

set local role kk_job;
delete from switchboard.absences;
select pg_temp.own(
    4, statement_timestamp() - interval '1 hour', statement_timestamp() + interval '1 hour'
);
insert into switchboard.absences (
    customer_key, absence_key, extension, kind, reason, announced_reason, starts_at, ends_at,
    back_at, origin, set_at
)
select
    'c', pg_temp.key_of(number), '101', 'direct', 'meeting', 'meeting', starts_at, ends_at, ends_at,
    'calendar', starts_at
from (
    values
    (5, statement_timestamp() - interval '2 hours', statement_timestamp() + interval '2 hours'),
    (6, statement_timestamp() + interval '3 hours', statement_timestamp() + interval '4 hours')
) as given (number, starts_at, ends_at);
set local role kk_pbx;
select results_eq(
    'select origin::text, rank from switchboard.in_force order by rank',
    $$ values ('person', 1::bigint), ('calendar', 2) $$,
    'what is in force at this instant; what counts for a call is first'
);
select throws_ok(
    'select * from switchboard.absences', '42501', null, 'a PBX reads no table'
);
set local role kk_job;
select throws_ok(
    $$ insert into switchboard.absences (customer_key, absence_key, extension, kind, reason,
        announced_reason, starts_at, ends_at, back_at, origin, set_at, target)
       values ('c', gen_random_uuid(), '101', 'open', 'x', 'x', '2026-11-23 09:00+01',
        '2026-11-23 10:00+01', '2026-11-23 10:00+01', 'person', '2026-11-23 09:00+01',
        'number:abc') $$,
    '23514', null, 'a target is an announcement, voicemail or a number'
);

select * from finish();
rollback;
