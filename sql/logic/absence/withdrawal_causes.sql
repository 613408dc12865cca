-- absence.withdrawal_causes: why placed absences are to be withdrawn (design principle 5).
--
-- One row per absence that is named. Where none of its bookings is left in a calendar in use:
-- gone_from_calendar. Else what its deciding booking gives nothing for now, or elsewhere where
-- that stands behind another absence.

create function absence.withdrawal_causes(
    customer_id bigint, as_of timestamptz, user_ids bigint[], absence_keys uuid[]
)
returns table (absence_key uuid, cause text)
language sql stable
as $$
    with

    outcomes as materialized (
        select
            outcomes.user_id,
            outcomes.booking_key,
            outcomes.because
        from absence.outcomes_within(
            withdrawal_causes.customer_id, withdrawal_causes.as_of, withdrawal_causes.user_ids
        ) as outcomes
    )

    select
        placed.absence_key,
        case
            when not users.is_active then 'user_without_service'
            when first_left.booking_key is null then 'gone_from_calendar'
            else coalesce(first_left.because, 'elsewhere')
        end
    from telephony.placed
    inner join roster.users
        on placed.customer_id = users.customer_id and placed.user_id = users.user_id
    left join lateral (
        select
            outcomes.booking_key,
            outcomes.because
        from outcomes
        where outcomes.user_id = placed.user_id and outcomes.booking_key = any(placed.booking_keys)
        order by array_position(placed.booking_keys, outcomes.booking_key)
        limit 1
    ) as first_left on true
    where
        placed.customer_id = withdrawal_causes.customer_id
        and placed.user_id = any(withdrawal_causes.user_ids)
        and placed.absence_key = any(withdrawal_causes.absence_keys);
$$;
