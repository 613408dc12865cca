-- Closed invoices stay as they are: what comes to light later is corrected on the next one.

begin;
\ir ../fixtures/makers.sql
\ir ../fixtures/billing.sql
select plan(17);

select pg_temp.customer(at => '2026-01-01 08:00+01');
select pg_temp.contract('{"term": 12, "starts": "2026-01-01", "vat_rate": 0.25}');
select pg_temp.count_months('2026-01-01', '{20, 20, 20, 20}');

select is(
    billing.close_invoices(1, 'test', '2026-05-01 03:00+02'), 1, 'a quarter that is over is closed'
);
select is_empty(
    $$ select billing.close_invoices(1, 'test', '2026-05-01 03:01+02') $$,
    'once; the next is not over'
);
select results_eq(
    $$ select invoice_number, state, net_amount, vat_amount, total_amount
       from billing.invoices order by quarter_number $$,
    $$ values
        (1, 'closed', 5720.00, 1430.00, 7150.00), (null, 'open', 240.00, 60.00, 300.00)
    $$,
    'VAT is reckoned where a rate is set'
);

create temporary table before as select * from ledger.invoice_lines;

select is(
    billing.correct_user_days(
        1, 7, '2026-02-01', '2026-02-28', false, 'left in January', 'test', '2026-05-02 09:00+02'
    ),
    1::bigint,
    'a user day that was counted wrongly is corrected'
);
select is(
    billing.correct_user_days(
        1, 7, '2026-02-01', '2026-02-28', false, 'left in January', 'test', '2026-05-02 09:01+02'
    ),
    0::bigint,
    'once'
);
select results_eq(
    'select * from ledger.invoice_lines order by line_number',
    'select * from before order by line_number',
    'the closed invoice stays'
);
select results_eq(
    $$ select kind, first_date, quantity, unit_price, amount, corrects_invoice_number
       from billing.invoice_lines where quarter_number = 2 order by line_number $$,
    $$ values
        ('subscription', date '2026-04-01', 20.0, 12.00, 240.00, null),
        ('subscription', '2026-02-01', 19, 12.00, -12.00, 1),
        ('vat', '2026-02-01', 228, 0.25, 57.00, null)
    $$,
    'the difference stands on the next one, as a credit'
);
select is_empty(
    'select * from billing.unlike_lines',
    'the evidence of the closed one is what it was when it was closed'
);
select isnt(
    billing.line_evidence(1, 1, 'subscription', 1, 'infinity'),
    billing.line_evidence(1, 1, 'subscription', 1, '2026-05-01 03:00+02'),
    'and another one by now'
);

select pg_temp.count_months('2026-05-01', '{20, 20}');
select is(
    billing.close_invoices(1, 'test', '2026-07-02 03:00+02'), 2, 'the next quarter takes it along'
);
select results_eq(
    $$ select sum(amount) from ledger.invoice_lines where kind <> 'vat' $$,
    $$ values (5000 + 5 * 240 + 228.00) $$,
    'so that in the end what is due was invoiced'
);
select is(
    billing.correct_user_days(
        1, 7, '2026-02-01', '2026-02-01', true, 'was there', 'test', '2026-07-03 09:00+02'
    ),
    1::bigint,
    'what was corrected can be corrected'
);

-- The contract ends, and nothing is to come any more.
select pg_temp.contract(
    '{"term": 12, "starts": "2026-01-01", "vat_rate": 0.25, "notice": "2026-06-01"}',
    '2026-07-03 10:00+02'
);
select pg_temp.count_months('2026-07-01', '{20, 20, 20}');
select is(
    billing.close_invoices(1, 'test', '2026-10-02 03:00+02'), 3, 'the last quarter is closed'
);
select is(
    (
        select sum(amount) from ledger.invoice_lines
        where invoice_number = 3 and kind = 'subscription' and month_number = 1
    ),
    12.00,
    'with what was corrected twice'
);
select pg_temp.contract(
    '{"term": 12, "starts": "2026-01-01", "vat_rate": 0.25}', '2026-10-03 10:00+02'
);
select pg_temp.contract(
    '{"term": 12, "starts": "2026-01-01", "vat_rate": 0.25, "notice": "2026-05-01"}',
    '2026-10-04 10:00+02'
);
select results_eq(
    $$ select kind, amount, is_correction from billing.invoice_lines
       where invoice_number is null order by line_number $$,
    $$ values
        ('termination', 576.00, true), ('subscription', -240.00, true),
        ('termination', -432.00, true), ('vat', -24.00, false)
    $$,
    'a notice that is recorded late moves the end: credits on an invoice of its own'
);
select is(
    billing.close_invoices(1, 'test', '2026-10-05 03:00+02'), 4, 'which can be closed'
);

reset role;
update ledger.user_days set has_absences = true
where user_id = 3 and day_date = '2026-01-01';
select results_eq(
    $$ select invoice_number, line_number from billing.unlike_lines order by 1, 2 $$,
    $$ values (1, 2), (3, 4), (4, 1) $$,
    'where the evidence is changed by hand, the hashes tell'
);

select * from finish();
rollback;
