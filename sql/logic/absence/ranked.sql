-- absence.ranked: spells beside those that they meet, the stronger first (domain P-11).
--
-- One row per spell. Spells that meet make a cluster, and most clusters have one member. Within
-- a cluster the order is kind, origin, show-as, the earlier start, the booking's id; what the
-- stronger ones take together is `taken`.

create view absence.ranked as

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
            rows unbounded preceding
        ) as cluster_number
    from reached
)

select
    customer_id,
    user_id,
    extension,
    time_zone,
    calendar_id,
    booking_key,
    kind,
    reason,
    shown_text,
    decided_by,
    is_weakened,
    starts_at,
    ends_at,
    booking_keys,
    booking_marks,
    cluster_number,
    row_number() over strength as place,
    absence.together(tstzmultirange(tstzrange(starts_at, ends_at))) over (
        strength rows between unbounded preceding and 1 preceding
    ) as taken
from clustered
window strength as (
    partition by customer_id, user_id, cluster_number
    order by
        kind desc, origin desc, show_as desc nulls last, starts_at asc, booking_key asc,
        calendar_id asc, ends_at asc, booking_marks asc
);
