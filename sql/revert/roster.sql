-- Revert kalenderkoppling:roster from pg

begin;
set local role kk_owner;

drop schema roster cascade;

commit;
