-- billing.contracts: the contracts as they count now, with everything that a customer file leaves
-- open decided.
--
-- One row per contract. terms has each setting by its name in the customer file, and what
-- the price list says.

create view billing.contracts with (security_barrier) as
select
    customers.customer_key,
    contracts.contract_number,
    contracts.starts_date,
    billing.month_start(
        contracts.starts_date, contracts.periods, contracts.last_month + 1
    ) - 1 as ends_date,
    jsonb_strip_nulls(
        to_jsonb(contracts)
        - array['customer_id', 'contract_number', 'starts_date', 'last_month', 'is_replaced']
    ) as terms
from customer.visible_customers as customers
cross join lateral billing.contracts_known(customers.customer_id, 'infinity') as contracts;
comment on view billing.contracts is
'The contracts, each setting with its value or its default.';
