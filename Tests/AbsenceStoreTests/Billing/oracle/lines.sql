-- Takes in what contracts.py drew, and prints the lines that are due as it does. Rolled back.

\set ON_ERROR_STOP 1
-- As deploying sets it of a database; a copy of one has it no more.
set jit = off;
begin;
create temporary table drawn_customers (customer_id bigint, customer_key text, starts_date date);
\copy drawn_customers from customers.txt
create temporary table drawn_contracts (customer_id bigint, settings jsonb);
\copy drawn_contracts from contracts.txt
create temporary table drawn_days (customer_id bigint, first_date date, last_date date);
\copy drawn_days from days.txt
create temporary table drawn_user_days (
    customer_id bigint, user_id bigint, day_date date, enabled int, verified int, absences int
);
\copy drawn_user_days from user_days.txt

insert into customer.keys (customer_key, customer_id)
select customer_key, customer_id
from drawn_customers;
insert into customer.customers (customer_id, customer_key, name, time_zone, created_at)
select customer_id, customer_key, customer_key, 'Europe/Oslo', starts_date
from drawn_customers;
insert into ledger.counted_days (customer_id, day_date, counted_at)
select customer_id, day::date, day
from drawn_days
cross join lateral generate_series(first_date, last_date, interval '1 day') as day;
insert into ledger.user_days (
    customer_id, user_id, day_date, is_enabled, is_verified, has_absences
)
select customer_id, user_id, day_date, enabled = 1, verified = 1, absences = 1
from drawn_user_days;
\o /dev/null
select billing.take_in_contract(customer_id, settings, 'test', '2019-01-01')
from drawn_contracts;
\o
analyze ledger.user_days;
analyze ledger.counted_days;

select
    lines.customer_id,
    lines.quarter_number,
    lines.kind,
    lines.month_number,
    round(lines.amount, 2)
from drawn_customers
cross join lateral billing.lines_known(drawn_customers.customer_id, 'infinity') as lines
order by
    lines.customer_id, lines.quarter_number, lines.kind collate "C", lines.month_number;
rollback;
