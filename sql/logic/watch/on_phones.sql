-- watch.on_phones: what stands on the telephone side, without the text of any booking and without
-- sick leave.

create view watch.on_phones with (security_barrier) as
select
    customers.customer_key,
    on_phones.user_key,
    on_phones.name,
    on_phones.extension,
    on_phones.kind,
    on_phones.reason,
    on_phones.starts_at,
    on_phones.ends_at,
    on_phones.back_at,
    on_phones.origin,
    on_phones.booking_keys,
    on_phones.acknowledged_at
from absence.on_phones
inner join customer.visible_customers as customers
    on on_phones.customer_id = customers.customer_id;
comment on view watch.on_phones is
'What stands on the telephone side, as far as is known: who is away, why and until when.';
