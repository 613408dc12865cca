-- Deploy kalenderkoppling:withdrawal_causes to pg
-- requires: audit
-- Why an absence was withdrawn (design principle 5).

begin;
set local role kk_owner;

alter table audit.changes add column withdrawn_because text;
comment on column audit.changes.withdrawn_because is
'Why it was withdrawn: gone_from_calendar; what its booking gives nothing for since '
'(user_without_service, private, no_code …); elsewhere, where its booking stands behind another '
'absence; for_person, where it made way; by_command. Null where nothing was withdrawn.';
alter table audit.changes add constraint changes_only_withdrawals_have_a_cause_check check (
    withdrawn_because is null or action = 'withdraw'
);
grant select (withdrawn_because) on audit.changes to kk_reader;

commit;
