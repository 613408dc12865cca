-- Verify kalenderkoppling:turns on pg

begin;

select
    customer_id,
    turn,
    fence,
    shift,
    ended_fence,
    ended_shift
from customer.turns
where false;

rollback;
