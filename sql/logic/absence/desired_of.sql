-- absence.desired_of: the absences that users should have, as callers are to hear them: the named
-- users, or all of a range.
--
-- One row per absence, never two at one instant for a user. Free of the instant: what has
-- ended or begins too late is left out by desired_within (domain P-21).

create function absence.desired_of(
    customer_id bigint,
    user_ids bigint[] default null,
    users int8range default '(,)'
)
returns setof absence.desired
language sql stable
as $$
    with

    returning_at as (
        select
            decided.*,
            decided.ends_at as back_at
        from absence.decided
        where
            decided.customer_id = desired_of.customer_id
            and absence.is_among(decided.user_id, desired_of.user_ids, desired_of.users)
            and decided.return_time <> 'leave_end'

        union all

        select
            (leaves.part).*,
            leaves.back_at
        from customer.rule_sets
        cross join lateral absence.leaves_of(
            rule_sets.customer_id, desired_of.user_ids, desired_of.users
        ) as leaves
        where
            rule_sets.customer_id = desired_of.customer_id
            and upper_inf(rule_sets.held_during)
            and rule_sets.return_time = 'leave_end'
    )

    select
        desired_of.customer_id,
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
        on own_announced.customer_id = desired_of.customer_id
        and returning_at.user_id = own_announced.user_id
        and returning_at.reason = own_announced.reason
        and returning_at.has_user_rules
    left join customer.announced_reasons as announced
        on announced.customer_id = desired_of.customer_id
        and returning_at.rule_set_version = announced.rule_set_version
        and returning_at.reason = announced.reason
    left join roster.targets
        on targets.customer_id = desired_of.customer_id
        and returning_at.user_id = targets.user_id
        and returning_at.reason = targets.reason;
$$;
