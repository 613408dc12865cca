-- absence.standing_holds: what a person deleted or changed by hand and still counts (P-4).
--
-- One row per hold whose bookings are all as they were: it falls when one of them changes,
-- moves or vanishes.

create view absence.standing_holds as
select
    holds.customer_id,
    holds.user_id,
    holds.absence_key,
    holds.held_from,
    holds.cause,
    holds.starts_at,
    holds.ends_at,
    holds.booking_marks,
    holds.set_by,
    holds.set_at
from telephony.holds
where holds.booking_marks <@ array(
    select encode(bookings.mark, 'hex')
    from calendar.bookings
    where
        bookings.customer_id = holds.customer_id
        and bookings.user_id = holds.user_id
);
