-- Revert kalenderkoppling:near_misses from pg

begin;
set local role kk_owner;

drop index calendar.booking_versions_booking_key_idx;
drop index calendar.bookings_booking_key_idx;
alter table calendar.bookings drop column near_miss;
alter table customer.codes drop column is_doubtful;
alter table customer.grammars drop column near_patterns;
alter table customer.grammars drop column kind;
drop extension fuzzystrmatch;

commit;
