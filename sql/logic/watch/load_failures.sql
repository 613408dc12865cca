-- watch.load_failures: calendars that failed in a load, and how.
--
-- One row per calendar and load; watch.failed_calendars tells which still do.

create view watch.load_failures with (security_barrier) as
select
    customers.customer_key,
    users.user_key,
    calendars.source,
    load_failures.load_id,
    load_failures.load_started_at,
    load_failures.failed_at,
    load_failures.failure
from audit.load_failures
inner join customer.visible_customers as customers
    on load_failures.customer_id = customers.customer_id
inner join roster.users
    on load_failures.customer_id = users.customer_id and load_failures.user_id = users.user_id
inner join roster.calendars
    on load_failures.customer_id = calendars.customer_id
    and load_failures.user_id = calendars.user_id
    and load_failures.calendar_id = calendars.calendar_id;
comment on view watch.load_failures is 'Calendars that failed in a load, with the reason.';
