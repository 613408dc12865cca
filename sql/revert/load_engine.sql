-- Revert kalenderkoppling:load_engine from pg

begin;
set local role kk_owner;

alter table audit.loads
drop column resumes_from,
drop column request_count,
drop column retry_count,
drop column wait_count,
drop column wait_seconds;

commit;
