-- watch.outages: telephone systems that do not answer, since when, and how many users wait.

create view watch.outages with (security_barrier) as
select
    customers.customer_key,
    outages.began_at,
    outages.last_tried_at,
    outages.try_count,
    outages.failure,
    (
        select count(distinct touched.user_id)
        from calendar.touched
        where touched.customer_id = outages.customer_id
    ) as waiting_user_count
from audit.outages
inner join customer.visible_customers as customers
    on outages.customer_id = customers.customer_id
where outages.ended_at is null;
comment on view watch.outages is
'Telephone systems that do not answer, since when, and how many users wait.';
