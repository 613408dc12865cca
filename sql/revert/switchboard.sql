-- Revert kalenderkoppling:switchboard from pg

begin;
set local role kk_owner;

drop schema switchboard cascade;

commit;
