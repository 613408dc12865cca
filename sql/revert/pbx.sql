-- Revert kalenderkoppling:pbx from pg

begin;
set local role kk_owner;

drop function switchboard.feature_code;
drop function switchboard.call_route;
drop function switchboard.uri_escaped;
drop table switchboard.feature_reasons;
drop table switchboard.settings;

commit;
