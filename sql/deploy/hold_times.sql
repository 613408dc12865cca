-- Deploy kalenderkoppling:hold_times to pg
-- requires: telephony
-- When a person deleted or changed something by hand.

begin;
set local role kk_owner;

alter table telephony.holds add column set_at timestamptz;
comment on column telephony.holds.set_at is
'When the person did it, where the telephone system tells.';

commit;
