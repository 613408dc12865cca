-- watch.clock_skew: hosts whose clock was five seconds or more from the database's when they last
-- took work, within the last day.
--
-- One row per customer and host. Absences would begin and end that much too early or too late.

create view watch.clock_skew with (security_barrier) as
select
    customers.customer_key,
    hosts.host,
    hosts.seen_at,
    hosts.clock_ahead
from customer.hosts
inner join customer.visible_customers as customers on hosts.customer_id = customers.customer_id
where
    hosts.seen_at > watch.as_of() - interval '1 day'
    and abs(extract(epoch from hosts.clock_ahead)) >= 5;
comment on view watch.clock_skew is
'Hosts whose clock is five seconds or more from the database''s.';
