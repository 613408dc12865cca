-- intake.services_by_group, intake.take_in_roster, intake.take_in_groups: a group that answers
-- empty, with strangers or not at all switches nobody off.

begin;
\ir ../fixtures/makers.sql
\ir ../fixtures/groups.sql
select plan(17);

-- A roster that gives nobody anything but who is in it, as where groups decide.
create function pg_temp.import_roster(at text, variadic newcomers text[] default '{}')
returns void
language sql as $$
    select pg_temp.stage_user(
        user_key, (100 + user_number)::text, mail_addresses => array[user_key || '@x.example'],
        has_calendar => user_key = 'new-by-file', has_diversion => false
    )
    from unnest('{anna,bo}'::text[] || import_roster.newcomers)
        with ordinality as named (user_key, user_number);
    select pg_temp.take_in_roster(import_roster.at::timestamptz);
$$;

select pg_temp.customer();
select pg_temp.import_roster('2026-11-02 08:00+01');
select pg_temp.name_groups('{calendar,m365,g1}', '{diversion,m365,g1}');
select pg_temp.tell('calendar', 'm1', 'anna@x.example');
select pg_temp.tell('diversion', 'm1', 'anna@x.example');
select pg_temp.take_in_groups('2026-11-03 08:00+01');
select is(pg_temp.services(), '{anna:cd,bo:-}', 'groups that told decide');

-- Not at all: a second group, which has not told yet.
select pg_temp.name_groups(
    '{calendar,m365,g1}', '{calendar,google,g2}', '{diversion,m365,g1}'
);
select results_eq(
    $$ select user_key, is_calendar_named, has_calendar, is_diversion_named, has_diversion
       from intake.services_by_group order by user_key $$,
    $$ values ('anna', true, null::boolean, true, true), ('bo', true, null, true, false) $$,
    'a service can have groups that do not decide it yet'
);
delete from calendar.touched;
select pg_temp.import_roster('2026-11-04 08:00+01');
select is(pg_temp.services(), '{anna:cd,bo:-}', 'a roster meanwhile changes nobody''s service');
select is(count(*), 0::bigint, 'and touches nobody') from calendar.touched;
select pg_temp.import_roster('2026-11-05 08:00+01', 'new-by-file', 'newcomer');
select is(
    pg_temp.services(), '{anna:cd,bo:-,new-by-file:c,newcomer:-}',
    'what it says counts for those who are new'
);

-- A group that is spelled otherwise, and has not told by that name.
select pg_temp.name_groups('{calendar,m365,G1}', '{diversion,m365,G1}');
select pg_temp.import_roster('2026-11-06 08:00+01', 'new-by-file', 'newcomer');
select is(
    pg_temp.services(), '{anna:cd,bo:-,new-by-file:c,newcomer:-}',
    'a group that is respelled switches nobody off'
);

-- Strangers.
select pg_temp.tell('calendar', '4711', '4711');
select pg_temp.tell('calendar', '4712', '4712');
select results_eq(
    $$ select member_count, joined_count, left_count, failure
       from pg_temp.take_in_groups('2026-11-07 08:00+01') $$,
    $$ values (0, 0, 0, 'of the 2 members that the group told the roster knows none: do the mail '
        'addresses of the two agree? nobody was switched off') $$,
    'a group whose members nobody knows has failed'
);
select is(
    pg_temp.services(), '{anna:cd,bo:-,new-by-file:c,newcomer:-}', 'and switches nobody off'
);
select pg_temp.tell('calendar', 'm1', 'anna@x.example');
select pg_temp.tell('calendar', 'm2', 'stranger@x.example');
select results_eq(
    $$ select member_count, unknown_count, failure
       from pg_temp.take_in_groups('2026-11-08 08:00+01') $$,
    $$ values (2, 1, null::text) $$,
    'a group with a stranger among its members has not'
);
select is(pg_temp.services(), '{anna:cd,bo:-,new-by-file:-,newcomer:-}', 'and decides');

-- A roster in which nobody has the addresses of the groups any more.
select
    pg_temp.stage_user(
        user_key, (100 + user_number)::text, mail_addresses => array[user_key || '@y.example'],
        has_calendar => false, has_diversion => false
    )
from unnest('{anna,bo}'::text[]) with ordinality as named (user_key, user_number);
select pg_temp.take_in_roster('2026-11-09 08:00+01');
select is(
    pg_temp.services(), '{anna:cd,bo:-}', 'a roster of other addresses switches nobody off'
);
select pg_temp.import_roster('2026-11-10 08:00+01');
select is(pg_temp.services(), '{anna:cd,bo:-}', 'nor does the one that agrees again');

-- Without addresses.
select pg_temp.tell('calendar', 'm2', 'bo@x.example');
insert into staging.group_members
values (1, pg_temp.group_id('calendar', 'm365'), 'm1', '{}');
select results_eq(
    $$ select member_count, unknown_count, left_count, failure
       from pg_temp.take_in_groups('2026-11-11 08:00+01') $$,
    $$ values (2, 0, 0, null::text) $$,
    'a member who comes without addresses is still the same'
);
select is(pg_temp.services(), '{anna:cd,bo:c}', 'and keeps the service');
select pg_temp.tell_nothing('calendar', 'm365');
insert into staging.group_members
select 1, pg_temp.group_id('calendar', 'm365'), member_key, '{}'
from unnest('{m1,m2}'::text[]) as told (member_key);
select pg_temp.take_in_groups('2026-11-12 08:00+01');
select is(pg_temp.services(), '{anna:cd,bo:c}', 'so do all of them at once');

-- Before the first roster.
select pg_temp.customer(customer_id => 2);
select intake.name_groups(
    2, '[{"calendar": "m365", "group": "g1", "service": "calendar"}]', '2026-11-12'
);
insert into staging.group_answers values (2, 1, null);
insert into staging.group_members values (2, 1, 'm1', '{zoe@x.example}');
select
    is(
        failure, null, 'where there are no users yet, members whom nobody knows are no failure'
    )
from intake.take_in_groups(2, 2, '2026-11-13 08:00+01', 'test');
select pg_temp.stage_user(
    'zoe', '101', mail_addresses => '{zoe@x.example}', has_calendar => false, customer_id => 2
);
select pg_temp.take_in_roster('2026-11-14 08:00+01', customer_id => 2);
select is(has_calendar, true, 'and count from the first roster on')
from roster.users where customer_id = 2;

select * from finish();
rollback;
