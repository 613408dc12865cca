-- Revert kalenderkoppling:drift from pg

begin;
set local role kk_owner;

drop table audit.drifts;
drop table audit.drift_checks;

commit;
