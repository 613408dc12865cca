-- Revert kalenderkoppling:customer from pg

begin;
set local role kk_owner;

drop schema customer cascade;

commit;
