-- absence.decided: spells with the time that no stronger one decides (domain P-11).
--
-- One row per stretch of time that one spell decides; never two at one instant for a user.
-- Stretches that one booking decides and that touch are one.

create view absence.decided as

with

left_over as (
    select
        *,
        tstzmultirange(tstzrange(starts_at, ends_at)) - taken as during
    from absence.ranked
),

joined as (
    select
        customer_id,
        user_id,
        kind,
        reason,
        shown_text,
        decided_by,
        is_weakened,
        booking_keys,
        booking_marks,
        range_agg(during) as during
    from left_over
    where not isempty(during)
    group by
        customer_id, user_id, calendar_id, booking_key, kind, reason, shown_text, decided_by,
        is_weakened, booking_keys, booking_marks
)

select
    joined.customer_id,
    joined.user_id,
    lower(stretch.during) as starts_at,
    upper(stretch.during) as ends_at,
    joined.kind,
    joined.reason,
    joined.shown_text,
    joined.decided_by,
    joined.is_weakened,
    joined.booking_keys,
    joined.booking_marks
from joined
cross join lateral unnest(joined.during) as stretch (during);
