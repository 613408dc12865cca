-- Revert kalenderkoppling:hold_times from pg

begin;
set local role kk_owner;

alter table telephony.holds drop column set_at;

commit;
