-- Deploy kalenderkoppling:customer_keys to pg
-- requires: access
-- Which key is whose: the only thing that spans customers, so in a table that belongs to none.
--
-- A constraint over all customers could not be kept where each is on a node of its own.

begin;
set local role kk_owner;

create table customer.keys (
    customer_key text not null,
    customer_id bigint not null,

    constraint keys_pkey primary key (customer_key),
    constraint keys_customer_id_key unique (customer_id, customer_key)
);
comment on table customer.keys is 'One row per key of a customer, written when the customer is.';
comment on column customer.keys.customer_key is 'What commands and the telephone side say.';
comment on column customer.keys.customer_id is 'The customer''s number.';

insert into customer.keys (customer_key, customer_id)
select
    customer_key,
    customer_id
from customer.customers;

alter table customer.customers
drop constraint customers_customer_key_key,
add constraint customers_customer_key_fkey
foreign key (customer_id, customer_key) references customer.keys (customer_id, customer_key);

-- Update as well: on a cluster, whoever adds a row to a table of all customers locks it.
grant select, insert, update on customer.keys to kk_job;
grant select on customer.keys to kk_reader;
select customer.secure('customer.keys');

commit;
