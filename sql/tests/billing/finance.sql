-- What finance sees: the customers that it may, and no names.

begin;
\ir ../fixtures/makers.sql
\ir ../fixtures/billing.sql
select plan(5);

select pg_temp.customer(customer_id => 1, at => '2026-01-01 08:00+01');
select pg_temp.customer(customer_id => 2, at => '2026-01-01 08:00+01');
select pg_temp.contract('{"term": 12, "starts": "2026-01-01"}');
select pg_temp.contract('{"term": 12, "starts": "2026-01-01"}', customer_id => 2);
select pg_temp.count_months('2026-01-01', '{20, 20, 20}');
select pg_temp.count_months('2026-01-01', '{30, 30, 30, 30}', 2);
select billing.close_invoices(2, 'test', '2026-05-01 03:00+02');

reset role;
create role kk_test_finance;
grant kk_finance to kk_test_finance;
insert into customer.readers values (2, 'kk_test_finance');
set local role kk_test_finance;

select results_eq(
    'select customer_key, state, total_amount from billing.invoices order by first_date',
    $$ values ('c2', 'closed', 6080.00), ('c2', 'open', 360.00) $$,
    'invoices of the customers that may be seen'
);
select results_eq(
    $$ select count(*) from billing.invoice_lines $$, $$ values (5::bigint) $$, 'with their lines'
);
select results_eq(
    $$ select customer_key, count(*), max(user_key) from billing.user_months group by 1 $$,
    $$ values ('c2', 120::bigint, 'user 9') $$,
    'down to the users, who are told by their keys, or by number where the roster has them no more'
);
select is_empty('select * from billing.unlike_lines', 'and whether the evidence is what it was');
select set_eq(
    'select distinct customer_id from ledger.user_days', array[2::bigint],
    'the ledger itself tells no more'
);

select * from finish();
rollback;
