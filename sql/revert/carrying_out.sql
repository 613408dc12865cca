-- Revert kalenderkoppling:carrying_out from pg

begin;
set local role kk_owner;

create index changes_booking_keys_idx on audit.changes using gin (customer_id, booking_keys);
drop index audit.changes_run_id_idx;
create index changes_run_id_idx on audit.changes (customer_id, run_id);
alter table audit.changes add constraint changes_run_id_fkey
foreign key (customer_id, run_id, planned_at) references audit.runs;
alter table telephony.placed drop constraint placed_one_at_a_time_excl;
alter table telephony.placed add constraint placed_one_at_a_time_excl exclude using gist (
    customer_id with =, user_id with =, tstzrange(starts_at, ends_at) with &&
) deferrable initially deferred;

commit;
