-- Verify kalenderkoppling:hold_times on pg

begin;

select
    customer_id,
    set_by,
    set_at
from telephony.holds
where false;

rollback;
