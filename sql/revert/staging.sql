-- Revert kalenderkoppling:staging from pg

begin;
set local role kk_owner;

drop schema staging cascade;

commit;
