-- absence.desired: the absences that each user should have, as callers are to hear them.
--
-- One row per absence, never two at one instant for a user. Free of the instant: what has
-- ended or begins too late is left out by desired_within (domain P-21).

create view absence.desired as

with

decided as not materialized (
    select
        decided.*,
        rule_sets.return_time,
        rule_sets.ring_seconds,
        rule_sets.rule_set_version,
        rule_sets.has_user_rules,
        rule_sets.days_ahead
    from absence.decided
    inner join customer.rule_sets
        on decided.customer_id = rule_sets.customer_id and upper_inf(rule_sets.held_during)
),

-- A leave goes on over absences of one reason with no office hours between them (P-13).
followed as (
    select
        *,
        lag(ends_at) over (
            partition by customer_id, user_id, reason
            order by starts_at
        ) as previous_end
    from decided
    where return_time = 'leave_end'
),

numbered as (
    select
        *,
        count(*) filter (
            where coalesce(
                absence.has_office_hours(
                    customer_id, rule_set_version, time_zone, previous_end, starts_at
                ),
                true
            )
        ) over (
            partition by customer_id, user_id, reason
            order by starts_at
            rows unbounded preceding
        ) as leave_number
    from followed
),

returning_at as (
    select
        customer_id,
        user_id,
        extension,
        starts_at,
        ends_at,
        kind,
        reason,
        ends_at as back_at,
        shown_text,
        ring_seconds,
        decided_by,
        is_weakened,
        booking_keys,
        booking_marks,
        days_ahead,
        rule_set_version,
        has_user_rules
    from decided
    where return_time <> 'leave_end'

    union all

    select
        customer_id,
        user_id,
        extension,
        starts_at,
        ends_at,
        kind,
        reason,
        max(ends_at) over (
            partition by customer_id, user_id, reason, leave_number
        ) as back_at,
        shown_text,
        ring_seconds,
        decided_by,
        is_weakened,
        booking_keys,
        booking_marks,
        days_ahead,
        rule_set_version,
        has_user_rules
    from numbered
)

select
    returning_at.customer_id,
    returning_at.user_id,
    returning_at.extension,
    returning_at.starts_at,
    returning_at.ends_at,
    returning_at.kind,
    returning_at.reason,
    coalesce(own_announced.announced_reason, announced.announced_reason, returning_at.reason)
        as announced_reason,
    returning_at.back_at,
    returning_at.shown_text,
    case targets.target_type
        when 'number' then 'number:' || targets.target_number
        else coalesce(targets.target_type::text, 'announcement')
    end as target,
    returning_at.ring_seconds,
    returning_at.decided_by,
    returning_at.is_weakened,
    returning_at.booking_keys,
    returning_at.booking_marks,
    returning_at.days_ahead
from returning_at
left join roster.announced_reasons as own_announced
    on returning_at.customer_id = own_announced.customer_id
    and returning_at.user_id = own_announced.user_id
    and returning_at.reason = own_announced.reason
    and returning_at.has_user_rules
left join customer.announced_reasons as announced
    on returning_at.customer_id = announced.customer_id
    and returning_at.rule_set_version = announced.rule_set_version
    and returning_at.reason = announced.reason
left join roster.targets
    on returning_at.customer_id = targets.customer_id
    and returning_at.user_id = targets.user_id
    and returning_at.reason = targets.reason;
