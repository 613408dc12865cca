-- watch.restored: customers whose database was restored and who are not yet as before: since when,
-- how that was found, whether what stands on the telephone side was taken over, and for how many
-- users nothing is planned yet, because not all their calendars were loaded since.

create view watch.restored with (security_barrier) as
with

waiting as (
    select
        touched.customer_id,
        count(*) as user_count
    from calendar.touched
    where touched.cause = 'restored'
    group by touched.customer_id
)

select
    customers.customer_key,
    epochs.began_at,
    epochs.cause,
    epochs.adopted_at,
    coalesce(waiting.user_count, 0) as waiting_user_count
from customer.epochs
inner join customer.visible_customers as customers
    on epochs.customer_id = customers.customer_id
left join waiting
    on epochs.customer_id = waiting.customer_id
where
    epochs.cause <> 'first'
    and (epochs.adopted_at is null or waiting.user_count > 0)
    and not exists (
        select from customer.epochs as newer
        where newer.customer_id = epochs.customer_id and newer.epoch > epochs.epoch
    );
comment on view watch.restored is
'Customers whose database was restored, until all their users are as they should be again.';
