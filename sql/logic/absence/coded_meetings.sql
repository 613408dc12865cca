-- absence.coded_meetings: how many phones a coded booking closes (domain S2-18).
--
-- One row per booking that a code turns into a direct diversion for somebody: everybody who has
-- the code in a copy of their own counts.

create view absence.coded_meetings as
select
    customer_id,
    booking_key,
    count(distinct user_id) as phone_count
from absence.claims
where code is not null and decided_by = 'code' and kind = 'direct' and because is null
group by customer_id, booking_key;
