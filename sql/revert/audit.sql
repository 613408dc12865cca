-- Revert kalenderkoppling:audit from pg

begin;
set local role kk_owner;

drop schema audit cascade;

commit;
