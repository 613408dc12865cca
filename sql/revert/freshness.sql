-- Revert kalenderkoppling:freshness from pg

begin;
set local role kk_owner;

alter table audit.changes drop column caused_at;
drop table customer.hosts;
drop table customer.outcome_counts;
drop table customer.passes;
drop table telephony.verified;

commit;
