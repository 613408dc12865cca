-- Words in subjects that look like codes but are none, so that people can be told (domain P-24).
--
--   psql --no-psqlrc --set customer=sundsvall --file sql/reports/near-misses.sql
--
-- One line a user, week and word; never the rest of a subject.

select
    user_key,
    week,
    near_miss as written,
    case when is_code then 'a code, perhaps meant as a name' else 'no code' end as meaning,
    booking_count as bookings
from watch.near_misses
where customer_key = :'customer'
order by week, user_key, near_miss;
