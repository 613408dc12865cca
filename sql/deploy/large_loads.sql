-- Deploy kalenderkoppling:large_loads to pg
-- requires: load_engine
-- requires: conservation
-- What taking in writes in bulk: cursors in their place, bookings without a look at the calendar
-- for each.

begin;
set local role kk_owner;

-- Every load writes each of them anew.
alter table calendar.cursors set (fillfactor = 50);

-- A quarter of a first load went into looking a calendar up for each of its bookings. What takes
-- them in (intake.take_in) looks once per calendar; no calendar is ever deleted but with its user,
-- and calendar.taken_in holds these.
alter table calendar.bookings drop constraint bookings_calendar_id_fkey;

commit;
