-- Revert kalenderkoppling:switchboard_batches from pg

begin;
set local role kk_owner;

drop function switchboard.apply_batch;

commit;
