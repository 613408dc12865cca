-- Revert kalenderkoppling:load_engine from pg

begin;
set local role kk_owner;

alter table audit.loads
drop column resumes_from,
drop column request_count,
drop column retry_count,
drop column wait_count,
drop column wait_seconds;

alter table calendar.cursors
drop column load_id,
drop column whole_load_id;

commit;
