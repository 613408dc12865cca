-- Revert kalenderkoppling:ledger from pg

begin;
set local role kk_owner;

drop schema ledger cascade;

commit;
