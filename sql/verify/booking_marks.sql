-- Verify kalenderkoppling:booking_marks on pg

begin;

select resource_mark from staging.bookings
where false;

rollback;
