-- Deploy kalenderkoppling:booking_marks to pg
-- requires: staging
-- The version mark of an event comes with its booking where it is but one.

begin;
set local role kk_owner;

alter table staging.bookings add column resource_mark text;
comment on column staging.bookings.resource_mark is
'The version mark of the resource, where the booking is all there is of it.';

commit;
