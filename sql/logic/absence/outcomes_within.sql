-- absence.outcomes_within: what became of each booking at an instant, and why nothing did.
--
-- One row per booking of a calendar in use, as in absence.explained; `because` is also past or
-- beyond_horizon where no absence that the booking stands behind is wanted at the instant.

create function absence.outcomes_within(
    customer_id bigint, as_of timestamptz, user_ids bigint[] default null
)
returns setof absence.explained
language sql stable
as $$
    with

    -- Of the absences that a booking stands behind, at any time.
    stood as (
        select
            desired.user_id,
            marks.mark,
            bool_or(
                desired.ends_at > outcomes_within.as_of
                and desired.starts_at < outcomes_within.as_of
                + make_interval(hours => 24 * desired.days_ahead)
            ) as is_wanted,
            bool_or(desired.ends_at <= outcomes_within.as_of) as is_past
        from absence.desired_of(
            outcomes_within.customer_id, outcomes_within.user_ids, '(,)'
        ) as desired
        cross join lateral unnest(desired.booking_marks) as marks (mark)
        group by desired.user_id, marks.mark
    )

    select
        explained.customer_id,
        explained.user_id,
        explained.calendar_id,
        explained.booking_key,
        explained.mark,
        explained.held_from,
        explained.starts_at,
        explained.ends_at,
        explained.is_all_day,
        explained.show_as,
        explained.code,
        explained.rule_set_version,
        explained.decided_by,
        explained.reason,
        explained.kind,
        explained.is_weakened,
        explained.merged_with,
        explained.suppressed_by,
        case
            when explained.because is not null then explained.because
            when stood.is_wanted then null
            when stood.is_past then 'past'
            else 'beyond_horizon'
        end
    from roster.users
    -- User by user, with a fence: an equality with one user reaches every part of the view, and
    -- a list of users or a join does not.
    cross join lateral (
        select *
        from absence.explained as of_user
        where
            of_user.customer_id = outcomes_within.customer_id
            and of_user.user_id = users.user_id
        offset 0
    ) as explained
    left join stood
        on explained.user_id = stood.user_id
        and encode(explained.mark, 'hex') = stood.mark
    where
        users.customer_id = outcomes_within.customer_id
        and (
            outcomes_within.user_ids is null
            or users.user_id = any(outcomes_within.user_ids)
        )
    order by explained.user_id, explained.starts_at, explained.booking_key;
$$;
