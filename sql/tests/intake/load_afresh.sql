-- intake.load_afresh: forgets how far the calendars were read.

begin;
\ir ../fixtures/makers.sql
select plan(4);

select pg_temp.customer();
select pg_temp.stage_user('anna', '101');
select pg_temp.stage_user('bo', '102');
select pg_temp.take_in_roster();
insert into calendar.cursors
select 1, user_id, 1, 'c', 1, '2026-11-02 09:00+01', '2026-11-02 09:00+01' from roster.users;
insert into calendar.resources select 1, user_id, 1, 'a.ics', '1' from roster.users;

select intake.load_afresh(1, '{1,1}');
select results_eq(
    'select user_id, cursor, whole_at is not null from calendar.cursors order by user_id',
    $$ values (1::bigint, null::text, true), (2::bigint, 'c', true) $$,
    'of the users named, how far they were read, not that they were'
);
select set_eq(
    'select user_id from calendar.resources', array[2]::bigint[], 'and the marks of what was read'
);
select is(max(generation) - min(generation), 1::bigint, 'once, however often they are named')
from roster.calendars;
select intake.load_afresh(1, null);
select is(count(cursor), 0::bigint, 'of everybody where none are named') from calendar.cursors;

select * from finish();
rollback;
