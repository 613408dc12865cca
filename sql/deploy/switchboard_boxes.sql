-- Deploy kalenderkoppling:switchboard_boxes to pg
-- requires: switchboard_provenance
-- That ours never overlap for one extension, checked at a fraction of the cost.

begin;
set local role kk_owner;

-- A box is compared several times as fast as a range. Its one side is the extension, by a hash,
-- its other the time in microseconds: half-open, for it ends half of one early. The equalities
-- make it exact.
alter table switchboard.absences drop constraint absences_calendar_one_at_a_time_excl;
alter table switchboard.absences add constraint absences_calendar_one_at_a_time_excl
exclude using gist (
    box(
        point(
            hashtext(customer_key || ' ' || extension),
            date_part('epoch', starts_at - timestamptz '2000-01-01 00:00Z') * 1000000
        ),
        point(
            hashtext(customer_key || ' ' || extension),
            date_part('epoch', ends_at - timestamptz '2000-01-01 00:00Z') * 1000000 - 0.5
        )
    ) with &&,
    customer_key with =,
    extension with =
) where (origin = 'calendar') deferrable initially deferred;

commit;
