-- watch.near_misses: words in subjects that look like codes but are none (domain P-24).
--
-- One row per user, week and word, the week by its Monday on the user's wall; doubtful codes
-- count, and are listed so that people can be told. Nothing else of a subject is ever kept.

create view watch.near_misses as
select
    customers.customer_key,
    users.user_key,
    date_trunc('week', bookings.starts_at at time zone users.time_zone)::date as week,
    bookings.near_miss,
    bookings.code is not null as is_code,
    count(*) as booking_count
from calendar.bookings
inner join customer.customers on bookings.customer_id = customers.customer_id
inner join roster.users
    on bookings.customer_id = users.customer_id and bookings.user_id = users.user_id
where bookings.near_miss is not null
group by
    customers.customer_key, users.user_key,
    date_trunc('week', bookings.starts_at at time zone users.time_zone), bookings.near_miss,
    bookings.code is not null;
comment on view watch.near_misses is
'Words in subjects that look like codes but are none, and doubtful codes, by user and week.';
