-- absence.withdrawal_causes: why placed absences are to be withdrawn (design principle 5).
--
-- One row per absence that is named, of the named users or of anybody where none are. Where none
-- of its bookings is left in a calendar in use: gone_from_calendar. Else what its deciding booking
-- gives nothing for now, or elsewhere where that stands behind another absence or has to make way
-- for one. Whole customers may be asked about, so it is read off the claims, without deciding
-- each instant.

create function absence.withdrawal_causes(
    customer_id bigint, as_of timestamptz, user_ids bigint[], absence_keys uuid[]
)
returns table (absence_key uuid, cause text)
language sql stable
as $$
    with

    claims as materialized (
        select *
        from absence.claims
        where
            claims.customer_id = withdrawal_causes.customer_id
            and (
                withdrawal_causes.user_ids is null
                or claims.user_id = any(withdrawal_causes.user_ids)
            )
    ),

    open_claims as materialized (
        select distinct
            stretches.user_id,
            stretches.calendar_id,
            stretches.booking_key
        from absence.stretches
        where
            stretches.customer_id = withdrawal_causes.customer_id
            and (
                withdrawal_causes.user_ids is null
                or stretches.user_id = any(withdrawal_causes.user_ids)
            )
    ),

    named as materialized (
        select
            placed.user_id,
            placed.absence_key,
            users.is_active,
            placed.booking_keys
        from telephony.placed
        inner join roster.users
            on placed.customer_id = users.customer_id and placed.user_id = users.user_id
        where
            placed.customer_id = withdrawal_causes.customer_id
            and (
                withdrawal_causes.user_ids is null
                or placed.user_id = any(withdrawal_causes.user_ids)
            )
            -- not by any(), which looks through the whole array for each
            and placed.absence_key in (select unnest(withdrawal_causes.absence_keys))
    ),

    -- The first of its bookings that is left.
    first_left as (
        select distinct on (named.user_id, named.absence_key)
            named.user_id,
            named.absence_key,
            case
                when claims.because is not null then claims.because
                when open_claims.booking_key is null then 'outside_office_hours'
                when claims.ends_at <= withdrawal_causes.as_of then 'past'
                when
                    claims.starts_at
                    >= withdrawal_causes.as_of
                    + make_interval(hours => 24 * participants.days_ahead)
                    then 'beyond_horizon'
                else 'elsewhere'
            end as cause
        from named
        cross join lateral unnest(named.booking_keys) with ordinality as keys (booking_key, place)
        inner join claims
            on named.user_id = claims.user_id and keys.booking_key = claims.booking_key
        inner join absence.participants
            on participants.customer_id = withdrawal_causes.customer_id
            and claims.user_id = participants.user_id
        left join open_claims
            on claims.user_id = open_claims.user_id
            and claims.calendar_id = open_claims.calendar_id
            and claims.booking_key = open_claims.booking_key
        order by named.user_id, named.absence_key, keys.place, claims.calendar_id
    )

    select
        named.absence_key,
        case
            when not named.is_active then 'user_without_service'
            else coalesce(first_left.cause, 'gone_from_calendar')
        end
    from named
    left join first_left
        on named.user_id = first_left.user_id and named.absence_key = first_left.absence_key;
$$;
