-- watch.near_misses: words in subjects that look like codes but are none (domain P-24).
--
-- One row per user, week and word, the week by its Monday on the user's wall; doubtful codes
-- count, and are listed so that people can be told. Nothing else of a subject is ever kept, and
-- what is nearest to a code of sick leave is not listed.

create view watch.near_misses with (security_barrier) as
with

counted as (
    select
        customers.customer_id,
        customers.customer_key,
        users.user_key,
        date_trunc('week', bookings.starts_at at time zone users.time_zone)::date as week,
        bookings.near_miss,
        bookings.code is not null as is_code,
        count(*) as booking_count
    from calendar.bookings
    inner join customer.visible_customers as customers
        on bookings.customer_id = customers.customer_id
    inner join roster.users
        on bookings.customer_id = users.customer_id and bookings.user_id = users.user_id
    where bookings.near_miss is not null
    group by
        customers.customer_id, customers.customer_key, users.user_key,
        date_trunc('week', bookings.starts_at at time zone users.time_zone), bookings.near_miss,
        bookings.code is not null
)

select
    customer_key,
    user_key,
    week,
    near_miss,
    is_code,
    booking_count
from counted
where
    (
        select absence.told_reason(codes.reason) <> codes.reason
        from customer.codes
        cross join
            lateral levenshtein_less_equal(
                regexp_replace(left(codes.code, 60), '[[:punct:][:space:]]', '', 'g'),
                regexp_replace(left(counted.near_miss, 60), '[[:punct:][:space:]]', '', 'g'),
                1
            ) as nearness (distance)
        where codes.customer_id = counted.customer_id and nearness.distance <= 1
        order by nearness.distance asc, absence.told_reason(codes.reason) = codes.reason asc
        limit 1
    ) is not true;
comment on view watch.near_misses is
'Words in subjects that look like codes but are none, and doubtful codes, by user and week.';
