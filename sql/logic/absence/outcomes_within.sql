-- absence.outcomes_within: what became of each booking at an instant, and why nothing did.
--
-- One row per booking of a calendar in use. `because` is null where the booking stands behind
-- an absence that is wanted, else the first reason that held (shared cases, README).

create function absence.outcomes_within(
    customer_id bigint, as_of timestamptz, user_ids bigint[] default null
)
returns table (
    user_id bigint,
    calendar_id integer,
    booking_key text,
    starts_at timestamptz,
    ends_at timestamptz,
    show_as customer.show_as,
    reason text,
    kind customer.kind,
    decided_by text,
    is_weakened boolean,
    because text
)
language sql stable
as $$
    with

    claims as materialized (
        select * from absence.claims
        where
            claims.customer_id = outcomes_within.customer_id
            and (
                outcomes_within.user_ids is null
                or claims.user_id = any(outcomes_within.user_ids)
            )
    ),

    clipped as (
        select distinct
            stretches.user_id,
            stretches.calendar_id,
            stretches.booking_key
        from absence.stretches
        where
            stretches.customer_id = outcomes_within.customer_id
            and (
                outcomes_within.user_ids is null
                or stretches.user_id = any(outcomes_within.user_ids)
            )
    ),

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
            bool_or(desired.ends_at > outcomes_within.as_of) as is_ahead
        from absence.desired
        cross join lateral unnest(desired.booking_marks) as marks (mark)
        where
            desired.customer_id = outcomes_within.customer_id
            and (
                outcomes_within.user_ids is null
                or desired.user_id = any(outcomes_within.user_ids)
            )
        group by desired.user_id, marks.mark
    )

    select
        claims.user_id,
        claims.calendar_id,
        claims.booking_key,
        claims.starts_at,
        claims.ends_at,
        claims.show_as,
        case when claims.because is null then claims.reason end,
        case when claims.because is null then claims.kind end,
        claims.decided_by,
        claims.is_weakened,
        case
            when claims.because is not null then claims.because
            when clipped.booking_key is null then 'outside_office_hours'
            when stood.mark is null then 'covered'
            when stood.is_wanted then null
            when stood.is_ahead then 'beyond_horizon'
            else 'past'
        end
    from claims
    left join clipped
        on claims.user_id = clipped.user_id
        and claims.calendar_id = clipped.calendar_id
        and claims.booking_key = clipped.booking_key
    left join stood
        on claims.user_id = stood.user_id and encode(claims.mark, 'hex') = stood.mark
    order by claims.user_id, claims.starts_at, claims.booking_key;
$$;
