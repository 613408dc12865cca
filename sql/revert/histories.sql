-- Revert kalenderkoppling:histories from pg

begin;
set local role kk_owner;

drop index audit.changes_booking_keys_idx, audit.changes_extension_idx, audit.changes_undone_idx;
drop index audit.runs_started_at_idx, audit.loads_started_at_idx, audit.read_backs_read_at_idx;
drop extension btree_gin;
alter table roster.preference_versions drop column applied_by;
alter table roster.user_versions drop column mail_addresses, drop column changed_by;
drop table customer.retentions, customer.customer_versions;

commit;
