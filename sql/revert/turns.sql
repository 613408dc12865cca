-- Revert kalenderkoppling:turns from pg

begin;
set local role kk_owner;

drop table customer.turns;

commit;
