-- Revert kalenderkoppling:presence from pg

begin;
set local role kk_owner;

drop table telephony.published;
alter table customer.customers drop column presence;

commit;
