-- watch.failed_calendars: calendars that did not answer the last time, or not whole.

create view watch.failed_calendars with (security_barrier) as
select
    customers.customer_key,
    users.user_key,
    calendars.source,
    calendars.address,
    cursors.failure,
    cursors.failed_at,
    cursors.loaded_at,
    cursors.whole_at
from calendar.cursors
inner join customer.visible_customers as customers
    on cursors.customer_id = customers.customer_id
inner join roster.users
    on cursors.customer_id = users.customer_id and cursors.user_id = users.user_id
inner join roster.calendars
    on cursors.customer_id = calendars.customer_id
    and cursors.user_id = calendars.user_id
    and cursors.calendar_id = calendars.calendar_id
where cursors.failure is not null and calendars.is_active and users.is_active;
comment on view watch.failed_calendars is
'Calendars that did not answer the last time, or not whole; what stands of them is kept.';
