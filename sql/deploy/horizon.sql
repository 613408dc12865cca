-- Deploy kalenderkoppling:horizon to pg
-- requires: calendar
-- What comes within the horizon in a minute is found without all that lies beyond it.

begin;
set local role kk_owner;

create index bookings_start_idx on calendar.bookings (customer_id, starts_at);

commit;
