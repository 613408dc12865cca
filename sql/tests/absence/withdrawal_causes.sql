-- absence.withdrawal_causes: why placed absences are to be withdrawn (design principle 5).

begin;
\ir ../fixtures/makers.sql
select plan(6);

select pg_temp.anna('{"merge_gap": 300}');
select pg_temp.stage_user('anna', '101');
select pg_temp.stage_user('bo', '102');
select pg_temp.take_in_roster('2026-11-02 08:00+01');
select pg_temp.book('gone', '2026-11-23 08:00+01', '2026-11-23 09:00+01');
select pg_temp.book('freed', '2026-11-23 10:00+01', '2026-11-23 11:00+01');
select pg_temp.book('lead', '2026-11-23 12:00+01', '2026-11-23 13:00+01');
select pg_temp.book('after', '2026-11-23 13:00+01', '2026-11-23 14:00+01');
select pg_temp.book('left', '2026-11-23 15:00+01', '2026-11-23 16:00+01');
select pg_temp.book('alone', '2026-11-23 16:00+01', '2026-11-23 17:00+01');
select pg_temp.book('bos', '2026-11-23 08:00+01', '2026-11-23 09:00+01', user_id => 2);
select pg_temp.take_in();
select pg_temp.place('2026-11-20 09:00+01');

-- Why each absence would be withdrawn, by its bookings.
create function pg_temp.causes(user_ids bigint[], without text default '')
returns table (booking_keys text[], cause text)
language sql as $$
    select placed.booking_keys, causes.cause
    from absence.withdrawal_causes(
        1, '2026-11-20 10:00+01', causes.user_ids,
        (
            select array_agg(absence_key) from telephony.placed
            where booking_keys[1] <> causes.without
        )
    ) as causes
    inner join telephony.placed using (absence_key)
    order by placed.starts_at, placed.user_id;
$$;

delete from calendar.bookings;
select pg_temp.book('freed', '2026-11-23 10:00+01', '2026-11-23 11:00+01', 'free');
select pg_temp.book('lead', '2026-11-23 12:00+01', '2026-11-23 13:00+01', response => 'declined');
select pg_temp.book('after', '2026-11-23 13:00+01', '2026-11-23 14:00+01');
select pg_temp.book('alone', '2026-11-23 16:00+01', '2026-11-23 17:00+01');
select pg_temp.book('gone', '2026-11-23 08:00+01', '2026-11-23 09:00+01', user_id => 2);
select pg_temp.take_in('2026-11-20 09:30+01');

select results_eq(
    $$ select * from pg_temp.causes('{1}') $$,
    $$ values
        ('{gone}'::text[], 'gone_from_calendar'), ('{freed}', 'show_as'),
        ('{lead,after}', 'declined'), ('{left,alone}', 'elsewhere')
    $$,
    'by the first of its bookings that is left: gone, what that gives nothing for, or elsewhere'
);
select results_eq(
    $$ select * from pg_temp.causes('{1,2}', 'gone') where booking_keys <> '{freed}' $$,
    $$ values ('{bos}'::text[], 'gone_from_calendar'), ('{lead,after}', 'declined'),
        ('{left,alone}', 'elsewhere') $$,
    'of the users and absences that are named, and of no others'
);
select is_empty($$ select * from pg_temp.causes('{3}') $$, 'nobody else''s');

-- Rules that leave out what they took in.
select pg_temp.customer(
    'one-x', '{"office_hours_only": true, "days_ahead": 3, "office_hours": {"mon": "08:00-15:00"}}'
);
select results_eq(
    $$ select * from pg_temp.causes('{1}')
       where booking_keys in ('{lead,after}', '{left,alone}') $$,
    $$ values ('{lead,after}'::text[], 'declined'), ('{left,alone}', 'outside_office_hours') $$,
    'the rules may leave a booking out by its hours'
);

select pg_temp.stage_user('bo', '102');
select pg_temp.take_in_roster('2026-11-20 09:40+01');
select results_eq(
    $$ select distinct cause from pg_temp.causes('{1}') $$,
    $$ values ('user_without_service') $$,
    'whoever has left the roster is without the service, whatever the bookings'
);

select pg_temp.stage_user('anna', '101');
select pg_temp.stage_user('bo', '102');
select pg_temp.take_in_roster('2026-11-20 09:50+01');
select pg_temp.customer('one-x', '{"merge_gap": 300}');
delete from calendar.bookings where user_id = 2;
select pg_temp.book('bos', '2026-11-19 08:00+01', '2026-11-19 09:00+01', user_id => 2);
select pg_temp.take_in('2026-11-20 09:55+01');
select results_eq(
    $$ select * from pg_temp.causes('{2}') where booking_keys = '{bos}' $$,
    $$ values ('{bos}'::text[], 'past') $$,
    'a meeting that was moved to the past or cut short is over'
);

select * from finish();
rollback;
