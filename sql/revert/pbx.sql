-- Revert kalenderkoppling:pbx from pg

begin;
set local role kk_owner;

drop function switchboard.call_route;
drop function switchboard.uri_escaped;
drop table switchboard.settings;

commit;
