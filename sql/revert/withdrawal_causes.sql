-- Revert kalenderkoppling:withdrawal_causes from pg

begin;
set local role kk_owner;

alter table audit.changes drop column withdrawn_because;

commit;
