-- absence.desired: the absences that each user should have, as callers are to hear them.
--
-- One row per absence, never two at one instant for a user. Free of the instant: what has
-- ended or begins too late is left out by desired_within (domain P-21).

create view absence.desired as

with

placed_in_leave as (
    select
        decided.*,
        participants.extension,
        participants.time_zone,
        participants.return_time,
        participants.ring_seconds,
        participants.rule_set_version,
        participants.has_user_rules,
        participants.days_ahead,
        lag(decided.ends_at) over same_reason as previous_end
    from absence.decided
    inner join absence.participants
        on decided.customer_id = participants.customer_id
        and decided.user_id = participants.user_id
    window same_reason as (
        partition by decided.customer_id, decided.user_id, decided.reason
        order by decided.starts_at
    )
),

-- A leave goes on over absences of one reason with no office hours between them (P-13).
numbered as (
    select
        *,
        count(*) filter (
            where return_time = 'leave_end'
            and coalesce(
                absence.has_office_hours(
                    customer_id, rule_set_version, time_zone, previous_end, starts_at
                ),
                true
            )
        ) over (
            partition by customer_id, user_id, reason
            order by starts_at
        ) as leave_number
    from placed_in_leave
)

select
    numbered.customer_id,
    numbered.user_id,
    numbered.extension,
    numbered.starts_at,
    numbered.ends_at,
    numbered.kind,
    numbered.reason,
    coalesce(own_announced.announced_reason, announced.announced_reason, numbered.reason)
        as announced_reason,
    case
        when numbered.return_time = 'leave_end'
            then max(numbered.ends_at) over (
                partition by
                    numbered.customer_id,
                    numbered.user_id,
                    numbered.reason,
                    numbered.leave_number
            )
        else numbered.ends_at
    end as back_at,
    numbered.shown_text,
    case targets.target_type
        when 'number' then 'number:' || targets.target_number
        else coalesce(targets.target_type::text, 'announcement')
    end as target,
    numbered.ring_seconds,
    numbered.decided_by,
    numbered.is_weakened,
    numbered.booking_keys,
    numbered.booking_marks,
    numbered.days_ahead
from numbered
left join roster.announced_reasons as own_announced
    on numbered.customer_id = own_announced.customer_id
    and numbered.user_id = own_announced.user_id
    and numbered.reason = own_announced.reason
    and numbered.has_user_rules
left join customer.announced_reasons as announced
    on numbered.customer_id = announced.customer_id
    and numbered.rule_set_version = announced.rule_set_version
    and numbered.reason = announced.reason
left join roster.targets
    on numbered.customer_id = targets.customer_id
    and numbered.user_id = targets.user_id
    and numbered.reason = targets.reason;
