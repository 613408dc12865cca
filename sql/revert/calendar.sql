-- Revert kalenderkoppling:calendar from pg

begin;
set local role kk_owner;

drop schema calendar cascade;

commit;
