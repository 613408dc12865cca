-- absence.accounts_within and what stands on it: every booking version in exactly one account.

begin;
\ir ../fixtures/makers.sql
select plan(21);

-- One user a case, each with one booking; all of Monday 23 November, loaded on the 20th.
select pg_temp.customer('one-x', '{"show_as": {"busy": {"kind": "information"}}}');
select pg_temp.stage_user('user' || number, (100 + number)::text)
from generate_series(1, 15) as number;
select pg_temp.take_in_roster();
insert into audit.loads (
    customer_id, load_id, source, is_full, window_start, window_end, started_at, added_count,
    changed_count
)
values
(1, 1, 'source', true, '2026-11-01 Z', '2027-03-01 Z', '2026-11-20 08:00+01', 17, 1);

create function pg_temp.account_of(user_id bigint, as_of timestamptz, out text)
language sql as $$
    select string_agg(
        concat_ws(' ', coalesce(account, 'lost'), because), ', '
        order by held_from, booking_key, resource_key
    )
    from absence.accounts_within(1, account_of.as_of, array[account_of.user_id]);
$$;
create function pg_temp.accounts(as_of timestamptz, out text[])
language sql as $$
    select array_agg(pg_temp.account_of(user_id, accounts.as_of) order by user_id)
    from generate_series(1, 15) as user_id;
$$;

-- A change of each named user's booking, and what came of it: none is unknown.
create function pg_temp.change(
    user_ids bigint[], run_id bigint, outcome audit.outcome, held_because text default null
)
returns void
language sql as $$
    insert into audit.runs (customer_id, run_id, mode, scope, as_of, started_at, touched_count)
    values (
        1, change.run_id, 'apply', 'touched', '2026-11-20 12:00+01', '2026-11-20 12:00+01', 1
    );
    insert into audit.changes (
        customer_id, user_id, run_id, planned_at, absence_key, action, after, booking_keys,
        booking_marks, is_guarded, held_because
    )
    select
        1, differences.user_id, change.run_id, '2026-11-20 12:00+01', gen_random_uuid(), 'create',
        to_jsonb(differences), booking_keys, booking_marks, false, change.held_because
    from absence.differences_within(1, '2026-11-20 12:00+01', change.user_ids) as differences;
    select intake.record_outcomes(
        1, change.run_id, '2026-11-20 12:00+01', array_agg(user_id), array_agg(absence_key),
        array_agg(change.outcome), array_agg('1'::text), array_agg(null::text),
        '2026-11-20 12:01+01'
    )
    from audit.changes
    where changes.run_id = change.run_id and change.outcome is not null;
$$;

select pg_temp.book('b', '2026-11-23 09:00+01', '2026-11-23 10:00+01', user_id => number)
from unnest('{1,5,6,7,8,9,10,11,12,13,15}'::bigint[]) as number;
select pg_temp.book(
    'b', '2026-11-23 09:00+01', '2026-11-23 10:00+01', user_id => 2, sensitivity => 'private'
);
select pg_temp.book(
    'strong', '2026-11-23 08:00+01', '2026-11-23 12:00+01', 'out_of_office', user_id => 3
);
select pg_temp.book('weak', '2026-11-23 09:00+01', '2026-11-23 10:00+01', user_id => 3);
select pg_temp.book('b', '2027-01-15 09:00+01', '2027-01-15 10:00+01', user_id => 4);
select pg_temp.book('b', '2026-11-19 09:00+01', '2026-11-19 10:00+01', user_id => 14);
select pg_temp.book(
    'b', '2026-11-20 09:00+01', '2026-11-20 10:00+01', user_id => 12,
    resource_key => 'missed', calendar_id => 1
);
select pg_temp.take_in('2026-11-20 08:00+01');
select is(
    (select array_agg(distinct account) from absence.accounts_within(1, '2026-11-20 08:00+01')),
    array['pending', 'suppressed'],
    'what was loaded gives nothing, or awaits a pass'
);
select is(
    pg_temp.account_of(1, '2026-11-20 08:00+01'), 'pending booking', 'and says for what'
);

-- One that moves, and one that vanishes.
select pg_temp.book('b', '2026-11-23 11:00+01', '2026-11-23 12:00+01', user_id => 5);
select pg_temp.take_in('2026-11-20 08:10+01');
select pg_temp.cover(user_id => 6);
select pg_temp.take_in('2026-11-20 08:20+01');

select pg_temp.change('{1,3,5,9,13,15}', 1, 'done');
select pg_temp.change('{7}', 2, 'failed');
select pg_temp.change('{8}', 3, null);
select pg_temp.change('{10}', 4, null, 'limits');
select pg_temp.stage_placed();
select pg_temp.stage_own('own', '111', '2026-11-23 07:00+01', '2026-11-23 13:00+01');
select pg_temp.read_back('2026-11-20 12:05+01');
select pg_temp.stage_placed(without => '{}');
delete from staging.shown where extension = '109';
select pg_temp.stage_own('own', '111', '2026-11-23 07:00+01', '2026-11-23 13:00+01');
select pg_temp.read_back('2026-11-20 12:06+01');
select pg_temp.stage_placed();
delete from staging.shown where extension = '109';
select pg_temp.stage_own('own', '111', '2026-11-23 07:00+01', '2026-11-23 13:00+01');
select pg_temp.read_back('2026-11-20 12:07+01');
select intake.take_in_preferences(1, 13, '{"enabled": false}', '2026-11-20 12:08+01');
delete from telephony.placed where user_id = 13;
delete from calendar.touched where user_id <> 12;

select is(
    pg_temp.accounts('2026-11-20 12:00+01'),
    array[
        'applied', 'suppressed private', 'applied, suppressed covered', 'pending beyond_horizon',
        'superseded changed, applied', 'superseded vanished', 'failed failed',
        'pending unknown', 'suppressed deleted_by_hand', 'pending limits',
        'suppressed for_person', 'pending booking, failed missed', 'suppressed user_disabled',
        'suppressed past', 'applied'
    ],
    'each is in one account, and says why'
);
select results_eq(
    $$ select load_count, taken_in_count, unaccounted_count, is_balanced
       from absence.balance_within(1, '2026-11-20 12:00+01') $$,
    $$ values (1::bigint, 18::bigint, 0::bigint, true) $$,
    'all that the load counted is found'
);
select results_eq(
    $$ select load_count, taken_in_count, is_balanced
       from absence.balance_within(1, '2026-11-20 12:00+01', '[2026-11-20 09:00+01,)') $$,
    $$ values (0::bigint, 0::bigint, true) $$,
    'of the loads of that time'
);

-- As a run does at its end.
create function pg_temp.record_balance(run_id bigint, user_ids bigint[] default null)
returns boolean
language sql as $$
    select intake.record_balance(
        1, record_balance.run_id, '2026-11-20 12:00+01', record_balance.user_ids,
        counts.applied_count, counts.suppressed_count, counts.superseded_count,
        counts.pending_count, counts.failed_count, counts.unaccounted_count,
        '2026-11-20 12:10+01'::timestamptz + make_interval(mins => record_balance.run_id::integer)
    )
    from absence.account_counts(1, '2026-11-20 12:00+01', record_balance.user_ids) as counts
$$;
select ok(
    pg_temp.record_balance(1, '{1,5}'),
    'a run of the touched counts its users'
);
select results_eq(
    $$ select scope, user_count, taken_in_count, applied_count, superseded_count
       from audit.balances $$,
    $$ values ('touched', 2::bigint, 3::bigint, 2::bigint, 1::bigint) $$,
    'and nobody else'
);
select ok(
    pg_temp.record_balance(2),
    'a run of everybody counts all'
);
select is_empty('select * from watch.unbalanced', 'nothing is wrong');

-- What must not go unnoticed, one by one and taken back.
create function pg_temp.balances_after(statement text)
returns text
language plpgsql as $$
declare
    told text;
begin
    begin
        execute statement;
        perform pg_temp.record_balance(3);
        told := coalesce((
            select string_agg(user_id || ' ' || unaccounted_count, ', ' order by user_id)
            from absence.unbalanced_users(1, '2026-11-20 12:00+01')
        ), 'nobody') || coalesce((select ', run ' || run_id from watch.unbalanced), '')
        || case when not is_balanced then ', loads' else '' end
        from absence.balance_within(1, '2026-11-20 12:00+01');
        raise exception using errcode = 'KK003';
    exception
        when sqlstate 'KK003' then return told;
    end;
end
$$;
select is(
    pg_temp.balances_after('delete from telephony.placed where user_id = 15'),
    '15 1, run 3, loads',
    'an absence that is forgotten'
);
select is(
    pg_temp.balances_after('delete from calendar.bookings where user_id = 2'),
    '2 0, run 3, loads',
    'a booking that is gone'
);
select is(
    pg_temp.balances_after('delete from calendar.booking_versions where user_id = 5'),
    '5 0, run 3, loads',
    'an earlier version that is gone'
);
select is(
    pg_temp.balances_after('delete from calendar.touched where user_id = 12'),
    '12 1, run 3, loads',
    'a mark that is gone before its user was looked at'
);
select is(
    pg_temp.balances_after(
        $$ insert into audit.loads (
            customer_id, load_id, source, is_full, window_start, window_end, started_at, added_count
        )
        values (1, 2, 's', true, '2026-11-01Z', '2027-03-01Z', '2026-11-20 08:30+01', 1) $$
    ),
    'nobody, loads',
    'the loads are counted apart: users balance without them'
);

-- A later run of everybody that balances ends the alarm.
insert into audit.balances (
    customer_id, run_id, balanced_at, as_of, scope, user_count, taken_in_count, applied_count,
    suppressed_count, superseded_count, pending_count, failed_count, unaccounted_count, is_balanced
)
values
(1, 4, '2026-11-20 12:13+01', '2026-11-20 12:13+01', 'touched', 1, 2, 1, 0, 0, 0, 0, 0, false);
select results_eq(
    'select run_id, taken_in_count, accounted_count from watch.unbalanced',
    $$ values (4::bigint, 2::bigint, 1::bigint) $$, 'an alarm stands'
);
select pg_temp.record_balance(5);
select is_empty('select * from watch.unbalanced', 'until everybody balances');

-- Days later: what became of them is written down as they are forgotten.
select intake.prune(1, '2026-11-24 00:00+01', '2026-11-24 00:00+01', '2026-11-26 00:00+01');
select is_empty('select from telephony.placed', 'nothing stands any more');
select is(
    pg_temp.accounts('2026-11-26 00:00+01'),
    array[
        'applied', 'suppressed private', 'applied, suppressed covered', 'pending beyond_horizon',
        'superseded changed, applied', 'superseded vanished', 'failed failed', 'failed unknown',
        'suppressed deleted_by_hand', 'failed unknown', 'suppressed for_person',
        'failed missed, failed missed', 'suppressed user_disabled', 'suppressed past', 'applied'
    ],
    'and each is in its account for good'
);
select is(
    (select is_balanced from absence.balance_within(1, '2026-11-26 00:00+01')), true,
    'the ledger still balances'
);
select is(
    intake.forget_versions(1, '2026-11-25 00:00+01', '{1}', '2027-12-01 00:00+01'), 3::bigint,
    'versions are forgotten after their time, and those of a person who is erased'
);
select is(
    array[
        (select is_balanced from absence.balance_within(1, '2026-11-26 00:00+01')),
        (select count(*) = 0 from absence.unbalanced_users(1, '2026-11-26 00:00+01'))
    ],
    '{true,true}', 'and the ledger knows'
);

select * from finish();
rollback;
