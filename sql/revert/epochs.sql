-- Revert kalenderkoppling:epochs from pg

begin;
set local role kk_owner;

drop table customer.epochs;

commit;
