-- What the price list leaves open, setting by setting; and contracts as versions.

begin;
\ir ../fixtures/makers.sql
\ir ../fixtures/billing.sql
select plan(38);

select pg_temp.customer(at => '2026-01-01 08:00+01');

reset role;
create function pg_temp.begin_anew()
returns void
language sql security definer as $$
    delete from ledger.contracts;
$$;
set local role kk_job;

-- What is due by a contract with these settings, in a few words. Three months of 20, 5 and 30 users
-- on their first days, 25 on the last day of the second.
create function pg_temp.due(settings jsonb)
returns text
language plpgsql as $$
declare
    told text;
begin
    perform pg_temp.begin_anew();
    perform billing.take_in_contract(1, due.settings, 'test', '2026-01-01 08:00+01');
    select
        string_agg(
            concat_ws(' ', lines.quarter_number, lines.kind, lines.month_number, lines.amount),
            ', ' order by lines.quarter_number, lines.month_number, lines.kind collate "C" desc
        ) into told
    from billing.lines_known(1, 'infinity') as lines;
    return told;
end
$$;

reset role;
insert into ledger.counted_days
select 1, day::date, day + interval '30 hours'
from generate_series('2026-01-01'::date, '2026-03-31', interval '1 day') as day;
insert into ledger.user_days
select 1, number, '2026-01-01'::date, true, number > 10, false from generate_series(1, 20) as number
union all
select 1, number, '2026-02-01', true, true, number = 1 from generate_series(1, 5) as number
union all
select 1, number, '2026-02-28', true, true, false from generate_series(1, 25) as number
union all
select 1, number, '2026-03-01', true, true, true from generate_series(1, 30) as number;
set local role kk_job;

select is(
    pg_temp.due('{"term": 12, "starts": "2026-01-01"}'),
    '1 subscription 0 240.00, 1 setup 0 5000.00, 1 subscription 1 300.00, '
    '1 subscription 2 360.00',
    'everything left out: enabled on any day'
);
select is(
    pg_temp.due('{"term": "none", "starts": "2026-01-01", "setup": "none"}'),
    '1 subscription 0 300.00, 1 subscription 1 375.00, 1 subscription 2 450.00',
    'without a term, and without setup'
);
select is(
    pg_temp.due('{"term": 24, "starts": "2026-01-01", "setup": "at_start"}'),
    '0 setup 0 4000.00, 1 subscription 0 220.00, 1 subscription 1 275.00, '
    '1 subscription 2 330.00',
    'setup on an invoice of its own'
);
select is(
    pg_temp.due('{"term": 12, "starts": "2026-01-01", "setup": "none", "counted": "first_day"}'),
    '1 subscription 0 240.00, 1 subscription 1 60.00, 1 minimum 1 140.00, '
    '1 subscription 2 360.00',
    'those of the first day'
);
select is(
    pg_temp.due('{"term": 12, "starts": "2026-01-01", "setup": "none", "counted": "last_day"}'),
    '1 subscription 0 0.00, 1 minimum 0 200.00, 1 subscription 1 300.00, '
    '1 subscription 2 0.00, 1 minimum 2 200.00',
    'those of the last day'
);
select is(
    pg_temp.due('{"term": 12, "starts": "2026-01-01", "setup": "none", "users": "verified"}'),
    '1 subscription 0 120.00, 1 minimum 0 80.00, 1 subscription 1 300.00, '
    '1 subscription 2 360.00',
    'those whose phone was verified'
);
select is(
    pg_temp.due(
        '{"term": 12, "starts": "2026-01-01", "setup": "none", "users": "with_absences"}'
    ),
    '1 subscription 0 0.00, 1 minimum 0 200.00, 1 subscription 1 12.00, 1 minimum 1 188.00, '
    '1 subscription 2 360.00',
    'those who had an absence'
);
select is(
    pg_temp.due(
        '{"term": 12, "starts": "2026-01-01", "setup": "none", "users": "with_absences",
        "minimum_per": "quarter"}'
    ),
    '1 subscription 0 0.00, 1 subscription 1 12.00, 1 subscription 2 360.00, '
    '1 minimum 2 228.00',
    'a minimum for the quarter as a whole'
);
select is(
    pg_temp.due(
        '{"term": 12, "starts": "2026-01-16", "setup": "none", "periods": "calendar",
        "counted": "last_day"}'
    ),
    '1 subscription 0 0.00, 1 minimum 0 200.00, 1 subscription 1 300.00, '
    '1 subscription 2 0.00, 1 minimum 2 200.00',
    'months by the calendar, the first one charged whole'
);
select is(
    pg_temp.due(
        '{"term": 12, "starts": "2026-02-15", "setup": "none", "periods": "calendar",
        "first_month": "days"}'
    ),
    '1 subscription 0 150.00, 1 subscription 1 360.00',
    'or by its days; quarters by the calendar as well'
);
select is(
    pg_temp.due('{"term": 12, "starts": "2026-01-15", "setup": "none"}'),
    '1 subscription 0 60.00, 1 minimum 0 140.00, 1 subscription 1 360.00, '
    '1 subscription 2 0.00, 1 minimum 2 200.00',
    'months from the day of the start: the fifth of February is in the first'
);

-- How long notices last: the last day by the setting.
create function pg_temp.ends(settings jsonb)
returns date
language plpgsql as $$
begin
    perform pg_temp.begin_anew();
    perform billing.take_in_contract(1, ends.settings, 'test', '2026-01-01 08:00+01');
    return (select ends_date from billing.contracts);
end
$$;

select is(
    pg_temp.ends('{"term": 12, "starts": "2026-01-01"}'), null, 'without notice nothing ends it'
);
select is(
    pg_temp.ends('{"term": "none", "starts": "2026-01-01", "notice": "2026-01-20"}'),
    '2026-05-31',
    'four months without a term, to the end of the month'
);
select is(
    pg_temp.ends('{"term": 12, "starts": "2026-01-01", "notice": "2026-01-20"}'),
    '2026-04-30',
    'three months of twelve'
);
select is(
    pg_temp.ends('{"term": 24, "starts": "2026-01-01", "notice": "2026-01-20"}'),
    '2026-02-28',
    'one month of 24'
);
select is(
    pg_temp.ends('{"term": 36, "starts": "2026-01-01", "notice": "2026-01-20"}'),
    '2026-01-31',
    'the current month of 36'
);
select is(
    pg_temp.ends(
        '{"term": 12, "starts": "2026-01-01", "notice": "2026-01-01", "notice_from": "month_end"}'
    ),
    '2026-04-30',
    'from the end of the month in which it was given'
);
select is(
    pg_temp.ends('{"term": 12, "starts": "2026-01-31", "notice": "2026-02-27"}'),
    '2026-05-30',
    'the months are those of the contract'
);
select is(
    pg_temp.ends('{"term": 12, "starts": "2026-01-01", "notice": "2027-03-10"}'),
    '2027-06-30',
    'after the term it rolls with the notice'
);
select is(
    pg_temp.ends(
        '{"term": 12, "starts": "2026-01-01", "notice": "2027-03-10", "renewal": "term"}'
    ),
    '2027-12-31',
    'or is renewed by terms'
);

-- The fee: 36 months that end with January, and 20 users.
select is(
    pg_temp.due('{"term": 36, "starts": "2026-01-01", "setup": "none", "notice": "2026-01-20"}'),
    '1 termination 0 4200.00, 1 subscription 0 200.00',
    '60 % of 35 months with 20 users at 10'
);
select is(
    pg_temp.due(
        '{"term": 36, "starts": "2026-01-01", "setup": "none", "notice": "2026-01-20",
        "termination_share": 0.5}'
    ),
    '1 termination 0 3500.00, 1 subscription 0 200.00',
    'or another share'
);
select is(
    pg_temp.due(
        '{"term": 36, "starts": "2026-01-01", "setup": "none", "notice": "2026-01-20",
        "counted": "last_day", "termination_minimum": "yes"}'
    ),
    '1 termination 0 4200.00, 1 subscription 0 0.00, 1 minimum 0 200.00',
    'the minimum counts where it is set to'
);
select is(
    pg_temp.due(
        '{"term": 24, "starts": "2026-01-01", "setup": "none", "notice": "2026-01-20",
        "termination_after": "notice", "termination_users": "until_notice"}'
    ),
    '1 subscription 0 220.00, 1 termination 1 3036.00, 1 subscription 1 275.00',
    'the months after the notice, with the users up to it'
);

select matches(
    pg_temp.due(
        '{"term": 24, "starts": "2026-01-01", "notice": "2026-01-20", "minimum_per": "quarter",
        "users": "with_absences", "termination_users": "until_notice"}'
    ),
    'setup.*termination.*minimum',
    'with every kind of line'
);
select is_empty(
    $$ select kind from billing.lines_known(1, 'infinity')
       where evidence_hash <> billing.hash(
           billing.line_evidence(1, contract_number, kind, month_number, 'infinity')
       ) $$,
    'the hash of each is that of the evidence that is told'
);
select results_eq(
    $$ select billing.rounded(0.125, 'half_up'), billing.rounded(-0.125, 'half_up'),
        billing.rounded(0.125, 'half_even'), billing.rounded(-0.135, 'half_even'),
        billing.rounded(0.1251, 'half_even') $$,
    $$ values (0.13, -0.13, 0.12, -0.14, 0.13) $$,
    'half an øre goes up, for a credit as for a charge; or to the even one'
);

-- Versions.
select is(
    billing.take_in_contract(
        1, '{"term": 24, "starts": "2026-01-01"}', 'test', '2026-01-02 08:00+01'
    ),
    1,
    'before an invoice is closed, anything may change'
);
select is(
    billing.take_in_contract(
        1, '{"term": 24, "starts": "2026-01-01"}', 'test', '2026-01-03 08:00+01'
    ),
    null,
    'what stays the same makes no version'
);
select is(
    billing.take_in_contract(1, null, 'test', '2026-01-03 08:00+01'),
    null,
    'nor does a file without a contract'
);
select throws_ok(
    $$ select billing.take_in_contract(
        1, '{"term": 24, "starts": "2018-12-31"}', 'test', '2026-01-03 08:00+01') $$,
    'KK005', null, 'a contract is by a price list'
);
select throws_ok(
    $$ select billing.take_in_contract(
        1, '{"term": 36, "starts": "2026-02-15"}', 'test', '2026-04-03 08:00+01') $$,
    'KK005', null, 'a contract that follows begins when a month of the one before is over'
);
select is(
    billing.take_in_contract(
        1, '{"term": 36, "starts": "2026-03-01", "setup": "none"}', 'test', '2026-04-03 08:00+01'
    ),
    2,
    'a later start is another contract, once days of the first were counted'
);
select results_eq(
    $$ select contract_number, starts_date, ends_date from billing.contracts order by 1 $$,
    $$ values (1, date '2026-01-01', date '2026-02-28'), (2, '2026-03-01', null) $$,
    'which ends the one before, without a fee'
);
select throws_ok(
    $$ select billing.take_in_contract(
        1, '{"term": 36, "starts": "2026-03-10"}', 'test', '2026-04-03 08:00+01') $$,
    'KK005', null, 'and is corrected to no start within a month of that one'
);
select throws_ok(
    $$ select billing.take_in_contract(
        1, '{"term": 12, "starts": "2026-01-01"}', 'test', '2026-04-03 08:00+01') $$,
    'KK005', null, 'nor to its start'
);
select set_eq(
    $$ select contract_number, kind, month_number, amount
       from billing.lines_known(1, 'infinity') $$,
    $$ values
        (1, 'setup', 0, 4000.00), (1, 'subscription', 0, 220.00),
        (1, 'subscription', 1, 275.00), (2, 'subscription', 0, 300.00)
    $$,
    'each month is due by one of them'
);
select results_eq(
    $$ select contract_number, contract_version, settings ->> 'term', upper_inf(held_during)
       from ledger.contracts order by 1, 2 $$,
    $$ values (1, 1, '24', false), (1, 2, '24', true), (2, 1, '36', true) $$,
    'and every version is kept'
);

select * from finish();
rollback;
