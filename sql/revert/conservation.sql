-- Revert kalenderkoppling:conservation from pg

begin;
set local role kk_owner;

drop index telephony.placed_versions_ended_idx;
drop table audit.balances;
drop table audit.forgotten_versions;
alter table calendar.booking_versions drop column account, drop column account_because;
alter table calendar.bookings drop column account, drop column account_because;
drop table calendar.taken_in;

commit;
