-- Verify kalenderkoppling:customer_keys on pg

begin;

select
    customer_key,
    customer_id
from customer.keys
where false;

rollback;
