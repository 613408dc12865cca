-- Deploy kalenderkoppling:carrying_out to pg
-- requires: telephony
-- requires: histories
-- What a large plan costs to write down and to carry out: most of it went into checks and indexes,
-- row by row.

begin;
set local role kk_owner;

-- A box is compared several times as fast as a range. Its one side is the user, its other the
-- time in microseconds: half-open, for it ends half of one early. The user does not stand beside it
-- once more: who looks for the absences of one would be sent here instead of to the primary key.
alter table telephony.placed drop constraint placed_one_at_a_time_excl;
alter table telephony.placed add constraint placed_one_at_a_time_excl exclude using gist (
    box(
        point(
            customer_id * 4294967296.0::double precision + user_id,
            date_part('epoch', starts_at - timestamptz '2000-01-01 00:00Z') * 1000000
        ),
        point(
            customer_id * 4294967296.0::double precision + user_id,
            date_part('epoch', ends_at - timestamptz '2000-01-01 00:00Z') * 1000000 - 0.5
        )
    ) with &&,
    customer_id with =
) deferrable initially deferred;

-- A run and its changes are written in one transaction, and leave with one month: to ask for each
-- change whether its run is there took longer than to write the change.
alter table audit.changes drop constraint changes_run_id_fkey;

-- What was written together stands together.
drop index audit.changes_run_id_idx;
create index changes_run_id_idx on audit.changes using brin (customer_id, run_id);

-- It served one report, and took more than all the others.
drop index audit.changes_booking_keys_idx;

commit;
