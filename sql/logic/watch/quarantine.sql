-- watch.quarantine: bookings and files that could not be read, and why.

create view watch.quarantine with (security_barrier) as
select
    customers.customer_key,
    users.user_key,
    calendars.source,
    calendars.address,
    quarantine.resource_key,
    nullif(quarantine.booking_key, '') as booking_key,
    quarantine.reason,
    quarantine.is_degraded,
    quarantine.since
from calendar.quarantine
inner join customer.visible_customers as customers
    on quarantine.customer_id = customers.customer_id
inner join roster.users
    on quarantine.customer_id = users.customer_id
    and quarantine.user_id = users.user_id
inner join roster.calendars
    on quarantine.customer_id = calendars.customer_id
    and quarantine.user_id = calendars.user_id
    and quarantine.calendar_id = calendars.calendar_id;
comment on view watch.quarantine is 'Bookings and files that could not be read, and why.';
