-- absence.suppressed: what had to make way for what (domain P-11).
--
-- One row per booking and stronger absence that takes some of its spell's time. The booking may
-- stand behind an absence all the same, with the rest of its time.

create view absence.suppressed as
select
    weaker.customer_id,
    weaker.user_id,
    member.booking_key,
    member.mark,
    stronger.booking_key as by_booking_key,
    stronger.decided_by as by_decided_by,
    stronger.kind as by_kind,
    stronger.reason as by_reason,
    greatest(weaker.starts_at, stronger.starts_at) as starts_at,
    least(weaker.ends_at, stronger.ends_at) as ends_at
from absence.ranked as weaker
inner join absence.ranked as stronger
    on weaker.customer_id = stronger.customer_id
    and weaker.user_id = stronger.user_id
    and weaker.cluster_number = stronger.cluster_number
    and weaker.place > stronger.place
    and weaker.starts_at < stronger.ends_at
    and weaker.ends_at > stronger.starts_at
cross join lateral unnest(weaker.booking_keys, weaker.booking_marks) as member (booking_key, mark);
