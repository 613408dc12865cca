-- privacy.erase: what is held about one person goes, and counts and other people stay.

begin;
\ir ../fixtures/makers.sql
select plan(15);

select pg_temp.customer('trio', '{"text_fields": ["subject"]}');
select pg_temp.stage_user('anna', '101', mail_addresses => '{anna@prov.example}');
select pg_temp.stage_user('bo', '102', mail_addresses => '{bo@prov.example}');
select pg_temp.take_in_roster();
select
    pg_temp.book(
        key, '2026-11-23 09:00+01', '2026-11-23 10:00+01', subject => 'SAM: budget', user_id => id
    )
from (values ('annas', 1), ('bos', 2)) as owners (key, id);
select pg_temp.cover();
select pg_temp.take_in();
select pg_temp.place('2026-11-20 09:00+01');
insert into audit.runs (customer_id, run_id, mode, scope, as_of, started_at, touched_count)
values (1, 1, 'apply', 'touched', '2026-11-20 09:00+01', '2026-11-20 09:00+01', 2);
insert into audit.changes (
    customer_id, user_id, run_id, planned_at, absence_key, action, after, booking_keys,
    booking_marks, is_guarded, outcome, ended_at
)
select
    customer_id, user_id, 1, '2026-11-20 09:00+01', absence_key, 'create', to_jsonb(placed),
    booking_keys,
    booking_marks, false, 'done', '2026-11-20 09:00+01'
from telephony.placed;
insert into switchboard.extensions (customer_key, extension, display_name)
values ('c1', '101', 'Anna'), ('c1', '102', 'Bo');

-- Every table in which a word stands.
create function pg_temp.places_of(word text)
returns setof text
language plpgsql as $$
declare
    place privacy.places;
    is_found boolean;
begin
    for place in select * from privacy.places loop
        execute format(
            'select exists (select from %s as row where row::text ilike %L)',
            place.table_name, '%' || word || '%'
        )
        into is_found;
        if is_found then
            return next place.table_name;
        end if;
    end loop;
end
$$;

select set_eq(
    $$ select table_name from privacy.held_about(1, 1) $$,
    array[
        'roster.users', 'roster.calendars', 'calendar.bookings', 'calendar.touched',
        'calendar.taken_in', 'telephony.placed', 'audit.changes', 'switchboard.extensions'
    ],
    'a person is told from every table with a row of theirs'
);
select is(
    (
        select held -> 0 ->> 'booking_key' from privacy.held_about(1, 1)
        where table_name = 'calendar.bookings'
    ),
    'annas', 'their own'
);
select is(
    (select count(*) from privacy.held_about(1, 1) where held::text ~ '(?i)bos?@|"bos"'),
    0::bigint, 'and nothing of anybody else'
);
select bag_eq(
    $$ select table_name, erasure from privacy.erasure_of(1, 1) where erasure <> 'deleted' $$,
    $$ values ('roster.users', 'renamed'), ('audit.changes', 'emptied') $$,
    'what erasing would do is told before'
);

select set_eq(
    $$ select obstacle from privacy.obstacles(1, 1, '2026-11-20 10:00+01') $$,
    array['in_roster', 'placed'], 'nobody is erased who takes part, or whose telephone is closed'
);
select throws_ok(
    $$ select * from privacy.erase(1, 1, 'aa', '2026-11-20 10:00+01', 'test') $$,
    'KK002', null, 'not even if one tries'
);

select pg_temp.stage_user('bo', '102', mail_addresses => '{bo@prov.example}');
select pg_temp.take_in_roster('2026-11-20 10:00+01');
select pg_temp.place('2026-11-20 10:01+01');
select is(
    (select count(*) from telephony.placed where user_id = 1),
    0::bigint,
    'whoever left is withdrawn'
);
insert into audit.refusals (customer_id, digest, changes, refused_at)
select
    1,
    'd',
    array[
        'create for 1 1-2/direct',
        'create for 12 1-2/direct',
        'withdraw ' || changes.absence_key || ' 1-2/direct',
        'withdraw ' || gen_random_uuid() || ' 1-2/open'
    ],
    '2026-11-20 10:01+01'
from audit.changes
where changes.user_id = 1
order by changes.absence_key
limit 1;
create temporary table counts_before as
select count(*) as change_count from audit.changes;
select set_eq(
    $$ select table_name, erasure
       from privacy.erase(1, 1, repeat('ab', 32), '2026-11-20 10:02+01', 'test') $$,
    $$ values
        ('roster.user_versions', 'deleted'), ('roster.calendars', 'deleted'),
        ('roster.calendar_versions', 'deleted'),
        ('calendar.bookings', 'deleted'), ('calendar.touched', 'deleted'),
        ('calendar.taken_in', 'deleted'),
        ('switchboard.extensions', 'deleted'), ('audit.changes', 'emptied'),
        ('roster.users', 'renamed')
    $$,
    'the person is erased'
);
select is_empty('select pg_temp.places_of(''anna'')', 'and in no table any more');
select results_eq(
    $$ select user_key, name, extension, is_active from roster.users where user_id = 1 $$,
    $$ values ('erased-abababababababab-1', '', '00', false) $$,
    'the number stays, under a name of no meaning'
);
select results_eq(
    $$ select count(*), count(*) filter (where outcome = 'done' and after = '{}')
       from audit.changes $$,
    $$ select change_count, 1::bigint from counts_before $$,
    'as many changes were made as before'
);
select results_eq(
    $$ select cardinality(changes), changes[1] from audit.refusals $$,
    $$ values (2, 'create for 12 1-2/direct') $$,
    'what was refused tells of others alone'
);
select results_eq(
    $$ select pseudonym, erased_by, user_id from audit.erasures $$,
    $$ values (repeat('ab', 32), 'test', 1::bigint) $$,
    'that it happened is written down without the name'
);
select bag_eq(
    $$ select table_name from privacy.held_about(1, 2) $$,
    array[
        'roster.users', 'roster.calendars', 'calendar.bookings', 'calendar.touched',
        'calendar.taken_in', 'telephony.placed', 'audit.changes', 'switchboard.extensions'
    ],
    'everybody else is as before'
);
select pg_temp.stage_user('anna', '101');
select pg_temp.stage_user('bo', '102');
select is(
    pg_temp.take_in_roster('2026-11-21 10:00+01'), '{1,1,0}',
    'whoever comes back is a new person'
);

select * from finish();
rollback;
