-- Revert kalenderkoppling:telephony from pg

begin;
set local role kk_owner;

drop schema telephony cascade;

commit;
