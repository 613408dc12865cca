-- Verify kalenderkoppling:epochs on pg

begin;

select
    customer_id,
    epoch,
    cause,
    database_mark,
    first_fence,
    began_at,
    adopted_at
from customer.epochs
where false;

rollback;
