-- Revert kalenderkoppling:booking_marks from pg

begin;
set local role kk_owner;

alter table staging.bookings drop column resource_mark;

commit;
