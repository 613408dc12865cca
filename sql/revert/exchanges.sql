-- Revert kalenderkoppling:exchanges from pg

begin;
set local role kk_owner;

alter table audit.changes drop column losses;
alter table telephony.placed drop column is_unconfirmed;
drop table audit.outages;
drop table telephony.exchanges;

commit;
