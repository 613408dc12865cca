-- Verify kalenderkoppling:presence on pg

begin;

select
    customer_id,
    user_id,
    extension,
    entity_tag,
    document_digest,
    published_at,
    expires_at
from telephony.published
where false;

select presence from customer.customers
where false;

rollback;
