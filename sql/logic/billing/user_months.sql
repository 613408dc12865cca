-- billing.user_months: who counts in which month of a contract, and why.
--
-- One row per month and user of whom there is evidence in it. A user who was erased from the
-- roster is told by the number alone.

create view billing.user_months with (security_barrier) as
select
    customers.customer_key,
    months.contract_number,
    months.month_number,
    months.first_date,
    months.last_date,
    coalesce(users.user_key, 'user ' || counted.user_id) as user_key,
    counted.user_id,
    counted.enabled_count,
    counted.verified_count,
    counted.absence_count,
    counted.corrected_count,
    counted.first_enabled_date,
    counted.last_enabled_date,
    counted.is_counted
from customer.visible_customers as customers
cross join lateral billing.months_known(customers.customer_id, 'infinity') as months
inner join lateral billing.user_months_known(customers.customer_id, 'infinity') as counted
    on months.customer_id = counted.customer_id
    and months.contract_number = counted.contract_number
    and months.month_number = counted.month_number
left join roster.users
    on counted.customer_id = users.customer_id
    and counted.user_id = users.user_id;
comment on view billing.user_months is
'Who counts in which month of a contract: one row per month and user of whom there is evidence.';
