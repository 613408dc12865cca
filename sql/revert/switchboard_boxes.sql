-- Revert kalenderkoppling:switchboard_boxes from pg

begin;
set local role kk_owner;

alter table switchboard.absences drop constraint absences_calendar_one_at_a_time_excl;
alter table switchboard.absences add constraint absences_calendar_one_at_a_time_excl
exclude using gist (
    customer_key with =,
    extension with =,
    tstzrange(starts_at, ends_at) with &&
) where (origin = 'calendar') deferrable initially deferred;

commit;
