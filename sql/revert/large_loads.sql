-- Revert kalenderkoppling:large_loads from pg

begin;
set local role kk_owner;

alter table calendar.bookings
add constraint bookings_calendar_id_fkey
foreign key (customer_id, user_id, calendar_id) references roster.calendars;
alter table calendar.cursors reset (fillfactor);

commit;
