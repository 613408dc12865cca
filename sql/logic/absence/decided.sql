-- absence.decided: spells with the time that no stronger one decides (domain P-11).
--
-- One row per stretch of time that one spell decides; never two at one instant for a user.

create view absence.decided as

with

-- Most spells meet no other, and keep their time as it is.
left_over as (
    select
        *,
        case
            when isempty(taken) then tstzmultirange(tstzrange(starts_at, ends_at))
            else tstzmultirange(tstzrange(starts_at, ends_at)) - taken
        end as during
    from absence.ranked
)

select
    left_over.customer_id,
    left_over.user_id,
    left_over.extension,
    left_over.time_zone,
    lower(stretch.during) as starts_at,
    upper(stretch.during) as ends_at,
    left_over.kind,
    left_over.reason,
    left_over.shown_text,
    left_over.decided_by,
    left_over.is_weakened,
    left_over.booking_keys,
    left_over.booking_marks
from left_over
cross join lateral unnest(left_over.during) as stretch (during);
