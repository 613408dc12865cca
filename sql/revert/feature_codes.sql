-- Revert kalenderkoppling:feature_codes from pg

begin;
set local role kk_owner;

drop function switchboard.feature_code;
drop table switchboard.feature_reasons;

commit;
