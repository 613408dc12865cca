-- absence.decided: spells with the time that no stronger one decides (domain P-11).
--
-- One row per stretch of time that one spell decides; never two at one instant for a user.

create view absence.decided as

with

-- Most spells meet no other, and keep their time as it is.
left_over as (
    select
        *,
        unnest(
            case
                when isempty(taken) then tstzmultirange(tstzrange(starts_at, ends_at))
                else tstzmultirange(tstzrange(starts_at, ends_at)) - taken
            end
        ) as during
    from absence.ranked
)

select
    customer_id,
    user_id,
    extension,
    time_zone,
    lower(during) as starts_at,
    upper(during) as ends_at,
    kind,
    reason,
    shown_text,
    decided_by,
    is_weakened,
    booking_keys,
    booking_marks
from left_over;
