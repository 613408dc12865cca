-- Revert kalenderkoppling:customer_keys from pg

begin;
set local role kk_owner;

alter table customer.customers
drop constraint customers_customer_key_fkey,
add constraint customers_customer_key_key unique (customer_key);
drop table customer.keys;

commit;
