-- absence.decided: spells with the time that no stronger one decides (domain P-11).
--
-- One row per stretch of time that one spell decides, with the rules that it is told by; never two
-- at one instant for a user.

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
    left_over.customer_id,
    left_over.user_id,
    left_over.extension,
    left_over.time_zone,
    lower(left_over.during) as starts_at,
    upper(left_over.during) as ends_at,
    left_over.kind,
    left_over.reason,
    left_over.shown_text,
    left_over.decided_by,
    left_over.is_weakened,
    left_over.booking_keys,
    left_over.booking_marks,
    rule_sets.return_time,
    rule_sets.ring_seconds,
    rule_sets.rule_set_version,
    rule_sets.has_user_rules,
    rule_sets.days_ahead
from left_over
inner join customer.rule_sets
    on left_over.customer_id = rule_sets.customer_id and upper_inf(rule_sets.held_during);
