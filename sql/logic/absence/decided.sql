-- absence.decided: spells with the time that no stronger one decides (domain P-11).
--
-- One row per stretch of time that one spell decides; never two at one instant for a user.
-- Spells that meet make a cluster, and most clusters have one member. Within a cluster the
-- union of the stronger ones so far is taken away from each. Stretches that one booking
-- decides and that touch are one.

create view absence.decided as

with

-- A long spell may outlast those that begin after it, so the latest end so far counts.
reached as (
    select
        *,
        max(ends_at) over (
            partition by customer_id, user_id
            order by starts_at, ends_at, booking_key, calendar_id
            rows between unbounded preceding and 1 preceding
        ) as reached_at
    from absence.spells
),

clustered as (
    select
        *,
        count(*) filter (where coalesce(starts_at > reached_at, true)) over (
            partition by customer_id, user_id
            order by starts_at, ends_at, booking_key, calendar_id
        ) as cluster_number
    from reached
),

-- What the stronger ones leave: kind, origin, show-as, the earlier start, the booking's id.
left_over as (
    select
        *,
        tstzmultirange(tstzrange(starts_at, ends_at)) - coalesce(
            range_agg(tstzrange(starts_at, ends_at)) over (
                partition by customer_id, user_id, cluster_number
                order by
                    kind desc, origin desc, show_as desc nulls last, starts_at asc,
                    booking_key asc, calendar_id asc, ends_at asc, booking_marks asc
                rows between unbounded preceding and 1 preceding
            ),
            '{}'::tstzmultirange
        ) as during
    from clustered
),

joined as (
    select
        customer_id,
        user_id,
        kind,
        reason,
        shown_text,
        decided_by,
        is_weakened,
        booking_keys,
        booking_marks,
        range_agg(during) as during
    from left_over
    where not isempty(during)
    group by
        customer_id, user_id, calendar_id, booking_key, kind, reason, shown_text, decided_by,
        is_weakened, booking_keys, booking_marks
)

select
    joined.customer_id,
    joined.user_id,
    lower(stretch.during) as starts_at,
    upper(stretch.during) as ends_at,
    joined.kind,
    joined.reason,
    joined.shown_text,
    joined.decided_by,
    joined.is_weakened,
    joined.booking_keys,
    joined.booking_marks
from joined
cross join lateral unnest(joined.during) as stretch (during);
