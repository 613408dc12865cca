-- Verify kalenderkoppling:horizon on pg

begin;

select 1 / (to_regclass('calendar.bookings_start_idx') is not null)::integer;

rollback;
