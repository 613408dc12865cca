-- Revert kalenderkoppling:horizon from pg

begin;
set local role kk_owner;

drop index calendar.bookings_start_idx;

commit;
