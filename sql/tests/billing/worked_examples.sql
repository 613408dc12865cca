-- The price list's worked examples, to the øre (domain S3-9 to S3-15).

begin;
\ir ../fixtures/makers.sql
\ir ../fixtures/billing.sql
select plan(11);

select pg_temp.customer(customer_id => 1, at => '2019-01-01 08:00+01');
select pg_temp.customer(customer_id => 2, at => '2019-01-01 08:00+01');

select is(
    pg_temp.contract('{"term": 12, "starts": "2019-03-01"}'), 1, 'a contract of twelve months'
);
select pg_temp.count_months(
    '2019-03-01', '{15, 16, 18, 20, 12, 14, 17, 22, 25, 25, 26, 26}'
);
select results_eq(
    $$ select state, first_date, last_date, net_amount, vat_amount from billing.invoices
       where customer_key = 'c1' order by quarter_number $$,
    $$ values
        ('complete', date '2019-03-01', date '2019-05-31', 5616.00, 0.00),
        ('complete', '2019-06-01', '2019-08-31', 640.00, 0.00),
        ('complete', '2019-09-01', '2019-11-30', 768.00, 0.00),
        ('complete', '2019-12-01', '2020-02-29', 924.00, 0.00)
    $$,
    'its quarters come to 616, 640, 768 and 924, the first one with the setup of 5,000'
);
select results_eq(
    $$ select line_number, kind, first_date, last_date, quantity, unit_price, amount
       from billing.invoice_lines
       where customer_key = 'c1' and quarter_number = 1 order by line_number $$,
    $$ values
        (1, 'setup', date '2019-03-01', date '2019-03-01', 1.0, 5000.00, 5000.00),
        (2, 'subscription', '2019-03-01', '2019-03-31', 15, 12.00, 180.00),
        (3, 'minimum', '2019-03-01', '2019-03-31', 1, 20.00, 20.00),
        (4, 'subscription', '2019-04-01', '2019-04-30', 16, 12.00, 192.00),
        (5, 'minimum', '2019-04-01', '2019-04-30', 1, 8.00, 8.00),
        (6, 'subscription', '2019-05-01', '2019-05-31', 18, 12.00, 216.00)
    $$,
    'each line is its quantity by its price'
);

select is(
    pg_temp.contract(
        '{"term": 36, "starts": "2019-02-01", "notice": "2020-03-10"}', customer_id => 2
    ),
    1,
    'a contract of 36 months that ends early'
);
select pg_temp.count_months(
    '2019-02-01',
    '{110, 110, 110, 110, 110, 110, 130, 130, 130, 130, 130, 130, 130, 130, 130}',
    2
);
select results_eq(
    $$ select kind, sum(amount) from billing.invoice_lines
       where customer_key = 'c2' group by kind order by kind $$,
    $$ values ('setup', 3000.00), ('subscription', 17000.00), ('termination', 16028.57) $$,
    'comes to 17,000 for 14 months and 16,028.57 for the 22 that remained'
);
select results_eq(
    $$ select round(quantity, 4), unit_price, first_date, last_date
       from billing.invoice_lines where customer_key = 'c2' and kind = 'termination' $$,
    $$ values (2671.4286, 6.000, date '2020-04-01', date '2022-01-31') $$,
    'which is 22 times the mean of the users, at 60 % of the price'
);
select results_eq(
    $$ select count(*), sum(total_amount) from billing.invoices where customer_key = 'c2' $$,
    $$ values (5::bigint, 36028.57) $$,
    'in all 36,028.57; the month after the end is on no invoice'
);
select results_eq(
    $$ select max(last_date), bool_and(state = 'complete') from billing.invoices
       where customer_key = 'c2' $$,
    $$ values (date '2020-03-31', true) $$,
    'and the last quarter ends with the contract'
);

select set_eq(
    $$ select billing.close_invoices(2, 'test', '2020-05-02 03:00+02') $$,
    array[1, 2, 3, 4, 5],
    'all of them can be closed'
);
select results_eq(
    $$ select sum(total_amount), string_agg(distinct state, ' ') from billing.invoices
       where customer_key = 'c2' $$,
    $$ values (36028.57, 'closed') $$,
    'and come to the same'
);
select is_empty(
    $$ select * from billing.unlike_lines $$, 'each with the hash of its evidence'
);

select * from finish();
rollback;
