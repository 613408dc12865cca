-- Verify kalenderkoppling:privacy on pg

begin;

select
    customer_id,
    user_id,
    erased_at,
    pseudonym,
    erased_by,
    row_count
from audit.erasures
where false;

rollback;
