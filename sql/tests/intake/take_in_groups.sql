-- intake.name_groups, intake.take_in_groups, intake.settle_groups: who has a service is whoever
-- is in the group.

begin;
\ir ../fixtures/makers.sql
\ir ../fixtures/groups.sql
select plan(42);

select pg_temp.customer();
select pg_temp.stage_user('anna', '101', mail_addresses => '{anna@x.example,a@x.example}');
select pg_temp.stage_user('bo@x.example', '102', has_calendar => false);
select pg_temp.stage_user('cia', '103', mail_addresses => '{cia@x.example}');
select pg_temp.take_in_roster('2026-11-02 08:00+01');
delete from calendar.touched;

-- Named.
select pg_temp.name_groups('{calendar,m365,g1}', '{diversion,m365,g1}');
select results_eq(
    'select group_id, source, group_key, service from intake.groups_to_read order by group_id',
    $$ values (1, 'm365', 'g1', 'calendar'), (2, 'm365', 'g1', 'diversion') $$,
    'a group is asked for each service that it is named for'
);
select is(
    pg_temp.services(), '{anna:cd,bo@x.example:d,cia:cd}',
    'a group that never told is heeded by nobody'
);

-- Told.
select pg_temp.tell('calendar', 'm1', 'anna@x.example');
select pg_temp.tell('calendar', 'm2', 'bo@x.example');
select pg_temp.tell('calendar', 'm3', 'dan@x.example');
select pg_temp.fail('diversion', 'm365 does not answer');
select results_eq(
    $$ select * from pg_temp.take_in_groups('2026-11-03 08:00+01') $$,
    $$ values
        ('m365', 'g1', 'calendar', 3, 1, 2, 0, null::text),
        ('m365', 'g1', 'diversion', 0, 0, 0, 0, 'm365 does not answer')
    $$,
    'members are counted, those whom nobody knows, and who joined'
);
select is(
    pg_temp.services(), '{anna:cd,bo@x.example:cd,cia:d}',
    'members have the service, others have it not; of the other service nothing changed'
);
select results_eq(
    'select user_id, changed_at, source, group_key, service, change from audit.group_changes '
    'order by user_id',
    $$ values
        (1::bigint, timestamptz '2026-11-03 08:00+01', 'm365', 'g1', 'calendar', 'joined'),
        (2, '2026-11-03 08:00+01', 'm365', 'g1', 'calendar', 'joined')
    $$,
    'who joined is written down, also who had the service before'
);
select results_eq(
    $$ select read_by, service, member_count, joined_count, left_count, failure
       from audit.group_reads order by service $$,
    $$ values
        ('test', 'calendar', 3, 2, 0, null::text),
        ('test', 'diversion', 0, 0, 0, 'm365 does not answer')
    $$,
    'and so is what each group told'
);
select set_eq(
    'select user_id, cause from calendar.touched',
    $$ values (2::bigint, 'groups'), (3, 'groups') $$,
    'whoever gained or lost a service is touched, nobody else'
);
select results_eq(
    'select user_id, has_calendar, held_during from roster.user_versions order by user_id',
    $$ values
        (2::bigint, false, tstzrange('2026-11-02 08:00+01', '2026-11-03 08:00+01')),
        (3, true, tstzrange('2026-11-02 08:00+01', '2026-11-03 08:00+01'))
    $$,
    'how they stood is kept, with the time that it held'
);
select set_eq(
    $$ select user_id from roster.users where held_from = '2026-11-03 08:00+01' $$,
    array[2, 3]::bigint[], 'and since when they are as they are'
);
select results_eq(
    'select customer_key, source, group_key, service, member from watch.group_members_without_user',
    $$ values ('c1', 'm365', 'g1', 'calendar', 'dan@x.example') $$,
    'a member whom no roster knows is told'
);
select results_eq(
    'select customer_key, source, group_key, service, failure, failed_at, answered_at '
    'from watch.failed_groups',
    $$ values ('c1', 'm365', 'g1', 'diversion', 'm365 does not answer',
        timestamptz '2026-11-03 08:00+01', null::timestamptz) $$,
    'and so is a group that failed'
);
select
    is(
        (select count(*) from staging.group_answers) + (select count(*) from staging.group_members),
        0::bigint, 'nothing stays staged'
    );

-- The same again.
delete from calendar.touched;
select pg_temp.tell('calendar', 'm1', 'anna@x.example');
select pg_temp.tell('calendar', 'm2', 'bo@x.example');
select pg_temp.tell('calendar', 'm2', 'bo@x.example');
select pg_temp.tell('calendar', 'm3', 'dan@x.example');
select pg_temp.tell('diversion', 'm1', 'a@x.example');
select results_eq(
    $$ select service, member_count, unknown_count, joined_count, left_count
       from pg_temp.take_in_groups('2026-11-04 08:00+01') $$,
    $$ values ('calendar', 3, 1, 0, 0), ('diversion', 1, 0, 1, 0) $$,
    'one who is told of twice is one, any of the addresses names a user'
);
select is(
    pg_temp.services(), '{anna:cd,bo@x.example:c,cia:-}', 'each service has its own members'
);
select is(count(*), 0::bigint, 'what answers again has failed no longer') from watch.failed_groups;

-- Failures switch nobody off.
delete from calendar.touched;
select pg_temp.tell_nothing('calendar');
select pg_temp.tell('diversion', 'm9', 'nobody@x.example');
select pg_temp.fail('diversion', 'the third page did not come');
select results_eq(
    $$ select service, member_count, joined_count, left_count, failure
       from pg_temp.take_in_groups('2026-11-05 08:00+01') $$,
    $$ values
        ('calendar', 3, 0, 0, 'the group told of no member; nobody was switched off'),
        ('diversion', 1, 0, 0, 'the third page did not come')
    $$,
    'an empty answer is a failure, and so is one that was cut off'
);
select is(
    pg_temp.services(), '{anna:cd,bo@x.example:c,cia:-}', 'nobody is switched off by one'
);
select is(count(*), 0::bigint, 'nor touched') from calendar.touched;
select results_eq(
    'select answered_at, failed_at from roster.groups where group_id = 1',
    $$ values (timestamptz '2026-11-04 08:00+01', timestamptz '2026-11-05 08:00+01') $$,
    'when it last told is kept'
);

-- Leaving.
select pg_temp.tell('calendar', 'm2', 'bo@x.example');
select results_eq(
    $$ select service, member_count, joined_count, left_count
       from pg_temp.take_in_groups('2026-11-06 08:00+01') $$,
    $$ values ('calendar', 1, 0, 1) $$,
    'one leaves'
);
select is(pg_temp.services(), '{anna:d,bo@x.example:c,cia:-}', 'and has the service no longer');
select results_eq(
    $$ select user_id, service, change from audit.group_changes
       where changed_at = '2026-11-06 08:00+01' $$,
    $$ values (1::bigint, 'calendar', 'left') $$,
    'and it is written down'
);
select set_eq('select user_id from calendar.touched', array[1]::bigint[], 'and touched');

-- Rosters are overruled.
delete from calendar.touched;
select pg_temp.stage_user('anna', '101', mail_addresses => '{anna@x.example,a@x.example}');
select pg_temp.stage_user('bo@x.example', '102', has_calendar => false);
select pg_temp.stage_user('cia', '103', mail_addresses => '{cia@x.example}');
select is(
    pg_temp.take_in_roster('2026-11-07 08:00+01'), '{0,0,0}',
    'what a roster says of services that groups decide changes nothing'
);
select is(pg_temp.services(), '{anna:d,bo@x.example:c,cia:-}', 'nobody''s services');
select is(count(*), 0::bigint, 'and touches nobody') from calendar.touched;

-- Somebody joins by the roster: a member gets an extension, a user another address.
select pg_temp.tell('calendar', 'm2', 'bo@x.example');
select pg_temp.tell('calendar', 'm3', 'dan@x.example');
select pg_temp.take_in_groups('2026-11-08 08:00+01');
select pg_temp.stage_user('anna', '101', mail_addresses => '{anna@x.example,a@x.example}');
select pg_temp.stage_user(
    'dan', '104', has_calendar => false, mail_addresses => '{dan@x.example}'
);
select is(
    pg_temp.take_in_roster('2026-11-09 08:00+01'), '{1,0,2}', 'two leave the roster, one joins'
);
select is(
    pg_temp.services(), '{anna:d,dan:c}', 'who is a member has the service from the first moment'
);
select results_eq(
    $$ select user_id, service, change from audit.group_changes
       where changed_at = '2026-11-09 08:00+01' order by user_id $$,
    $$ values (2::bigint, 'calendar', 'left'), (4, 'calendar', 'joined') $$,
    'who left the roster has left the group''s users, who came has joined them'
);
select set_eq(
    'select member from watch.group_members_without_user', array['bo@x.example'],
    'now the roster knows the one and not the other'
);

-- Two groups for one service.
select pg_temp.name_groups('{calendar,m365,g1}', '{calendar,google,g2}');
select is(
    pg_temp.services(), '{anna:d,dan:c}',
    'while one of a service''s groups never told nobody''s service changes'
);
select results_eq(
    'select source, group_key, service from intake.groups_to_read order by source',
    $$ values ('google', 'g2', 'calendar'), ('m365', 'g1', 'calendar') $$,
    'a group that is named no longer is not asked'
);
select results_eq(
    $$ select user_id, service, change from audit.group_changes where changed_at = '2026-11-10' $$,
    $$ values (1::bigint, 'diversion', 'left') $$,
    'its members have left it'
);
select pg_temp.tell('calendar', 'x', 'anna@x.example', 'google');
select pg_temp.take_in_groups('2026-11-11 08:00+01');
select is(
    pg_temp.services(), '{anna:cd,dan:c}', 'who is in one of them has the service'
);

-- No group any more.
select pg_temp.name_groups();
select is(pg_temp.services(), '{anna:cd,dan:c}', 'without groups everybody keeps what they have');
select is(count(*), 0::bigint, 'and nothing is kept of members') from roster.group_members;
select pg_temp.stage_user('anna', '101', mail_addresses => '{anna@x.example,a@x.example}');
select pg_temp.stage_user(
    'dan', '104', has_calendar => false, mail_addresses => '{dan@x.example}'
);
select pg_temp.take_in_roster('2026-11-12 08:00+01');
select is(pg_temp.services(), '{anna:cd,dan:d}', 'until the next roster');

-- Named again, it must tell again.
select pg_temp.name_groups('{calendar,m365,g1}');
select
    is(
        answered_at, null, 'a group that returns has told nothing yet'
    )
from roster.groups where group_id = 1;

-- Of somebody else.
select pg_temp.customer(customer_id => 2);
select pg_temp.stage_user(
    'anna', '101', mail_addresses => '{anna@x.example}', has_calendar => false, customer_id => 2
);
select pg_temp.take_in_roster('2026-11-12 08:00+01', customer_id => 2);
select pg_temp.tell('calendar', 'm1', 'anna@x.example');
select pg_temp.take_in_groups('2026-11-13 08:00+01');
select
    is(
        has_calendar, false, 'another customer''s user of the same address is not meant'
    )
from roster.users where customer_id = 2;

-- What cannot be.
select pg_temp.tell('calendar', 'm1', 'anna@x.example');
select throws_ok(
    $$ select * from intake.take_in_groups(1, 3, '2026-11-14 08:00+01', 'test') $$, 'KK002',
    'staging does not hold what was sent; the groups are taken back',
    'a stage that lost rows is refused'
);
select is(
    intake.take_in_customer(
        '{"customer": "c1", "name": "C", "timezone": "Europe/Stockholm", "language": "sv",
          "calendars": [], "groups": [{"calendar": "a", "group": "b", "service": "diversion"}],
          "exchange": {"kind": "table"}, "limits": {
            "withdrawn_share": 0.3, "withdrawn_share_from": 10, "withdrawn_count": 500,
            "newly_direct_share": 0.5, "newly_direct_from": 10, "newly_direct_count": 500}}',
        '2026-11-15 08:00+01', 'test'
    ),
    1::bigint,
    'a customer file names groups'
);
select results_eq(
    'select source, group_key, service from intake.groups_to_read',
    $$ values ('a', 'b', 'diversion') $$,
    'and those alone count'
);

select * from finish();
rollback;
