-- Revert kalenderkoppling:groups from pg

begin;
set local role kk_owner;

drop table audit.group_changes;
drop table audit.group_reads;
drop table staging.group_members;
drop table staging.group_answers;
drop table roster.memberships;
drop table roster.group_members;
drop table roster.groups;

commit;
