-- Revert kalenderkoppling:privacy from pg

begin;
set local role kk_owner;

drop table audit.erasures;

commit;
