-- absence.suppressed: what had to make way for what (domain P-11).

begin;
\ir ../fixtures/makers.sql
select plan(4);

select pg_temp.anna('{"merge_gap": 300, "show_as": {
    "busy": {"reason": "meeting", "kind": "information"},
    "out_of_office": {"reason": "away", "kind": "direct"},
    "tentative": {"reason": "lunch", "kind": "open"}
}}');
select pg_temp.stage_user('anna', '101');
select pg_temp.stage_user('bo', '102');
select pg_temp.take_in_roster('2026-11-02 08:00+01');
select pg_temp.book('first', '2026-11-23 09:00+01', '2026-11-23 10:30+01');
select pg_temp.book('second', '2026-11-23 10:30+01', '2026-11-23 13:00+01');
select pg_temp.book('open', '2026-11-23 10:00+01', '2026-11-23 12:00+01', 'tentative');
select pg_temp.book('direct', '2026-11-23 11:00+01', '2026-11-23 14:00+01', 'out_of_office');
select pg_temp.take_in();

select results_eq(
    $$ select booking_key, by_booking_key, by_decided_by, by_kind::text, by_reason, starts_at,
        ends_at
       from absence.suppressed order by booking_key, by_booking_key $$,
    $$ values
        ('first', 'direct', 'administrator', 'direct', 'away',
            timestamptz '2026-11-23 11:00+01', timestamptz '2026-11-23 13:00+01'),
        ('first', 'open', 'administrator', 'open', 'lunch', '2026-11-23 10:00+01',
            '2026-11-23 12:00+01'),
        ('open', 'direct', 'administrator', 'direct', 'away', '2026-11-23 11:00+01',
            '2026-11-23 12:00+01'),
        ('second', 'direct', 'administrator', 'direct', 'away', '2026-11-23 11:00+01',
            '2026-11-23 13:00+01'),
        ('second', 'open', 'administrator', 'open', 'lunch', '2026-11-23 10:00+01',
            '2026-11-23 12:00+01')
    $$,
    'each booking of a weaker spell beside each stronger one, with the time that both want'
);

delete from calendar.bookings;
select pg_temp.book('before', '2026-11-23 09:00+01', '2026-11-23 10:00+01');
select pg_temp.book('strong', '2026-11-23 10:00+01', '2026-11-23 11:00+01', 'out_of_office');
select pg_temp.book('after', '2026-11-23 11:00+01', '2026-11-23 12:00+01');
select pg_temp.take_in();
select is_empty('select * from absence.suppressed', 'who touch take nothing of one another');

delete from calendar.bookings;
select pg_temp.book('weak', '2026-11-23 09:00+01', '2026-11-23 10:00+01');
select pg_temp.book(
    'strong', '2026-11-23 09:00+01', '2026-11-23 10:00+01', 'out_of_office',
    user_id => 2
);
select pg_temp.take_in();
select is_empty('select * from absence.suppressed', 'nor do those of two people');

delete from calendar.bookings;
select pg_temp.book('long', '2026-11-23 08:00+01', '2026-11-23 16:00+01');
select pg_temp.book('early', '2026-11-23 09:00+01', '2026-11-23 10:00+01', 'out_of_office');
select pg_temp.book('late', '2026-11-23 11:00+01', '2026-11-23 12:00+01', 'tentative');
select pg_temp.take_in();
select results_eq(
    'select booking_key, by_booking_key from absence.suppressed order by by_booking_key',
    $$ values ('long', 'early'), ('long', 'late') $$,
    'two that meet through a third alone take nothing of one another'
);

select * from finish();
rollback;
