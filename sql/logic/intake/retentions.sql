-- intake.retentions: how long what is kept for a purpose is kept.
--
-- One row per customer and purpose, in months. audit: what was loaded, planned and done. versions:
-- how bookings and settings stood, by which a past instant is explained.

create view intake.retentions as
select
    customers.customer_id,
    purposes.purpose,
    coalesce(retentions.months, purposes.months) as months
from customer.customers
cross join (values ('audit', 24), ('versions', 13)) as purposes (purpose, months)
left join customer.retentions
    on customers.customer_id = retentions.customer_id and purposes.purpose = retentions.purpose;
