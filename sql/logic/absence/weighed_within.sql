-- absence.weighed_within: every booking that stands in a calendar, with its account at an instant
-- (absence.accounts_within) where the booking and what is placed tell that by themselves: of the
-- named users or of everybody, of the loads that began in a stretch of time or of all.
--
-- One row per booking.

create function absence.weighed_within(
    customer_id bigint,
    as_of timestamptz,
    user_ids bigint[],
    loaded tstzrange,
    users int8range
)
returns setof absence.weighed
language sql stable
as $$
    with

    loads as (
        select loads.load_id
        from audit.loads
        where
            loads.customer_id = weighed_within.customer_id
            and loads.started_at <@ weighed_within.loaded
    ),

    standing as (
        select
            accountable.*,
            true as is_standing,
            accountable.ends_at <= least(accountable.held_from, weighed_within.as_of)
            as is_known_late,
            accountable.starts_at >= weighed_within.as_of
            + make_interval(hours => 24 * accountable.days_ahead) as is_beyond_horizon
        from absence.accountable
        where
            accountable.customer_id = weighed_within.customer_id
            and absence.is_among(
                accountable.user_id, weighed_within.user_ids, weighed_within.users
            )
            and (
                weighed_within.loaded is null
                or accountable.load_id in (select loads.load_id from loads)
            )
    ),

    placed as materialized (
        select distinct
            placed.user_id,
            decode(unnest(placed.booking_marks), 'hex') as mark
        from telephony.placed
        where
            placed.customer_id = weighed_within.customer_id
            and absence.is_among(
                placed.user_id, weighed_within.user_ids, weighed_within.users
            )
    )

    select
        standing.user_id,
        standing.calendar_id,
        standing.resource_key,
        standing.booking_key,
        standing.load_id,
        standing.held_from,
        standing.starts_at,
        standing.ends_at,
        standing.mark,
        standing.is_clipped,
        standing.is_known_late,
        -- Where nothing is merged, what ended is behind nothing that is still to come.
        standing.is_known_late and standing.merge_gap is null as is_over,
        case
            when standing.account is not null
                then array[standing.account, standing.account_because]
            when placed.mark is not null then array['applied', null]
            when standing.because is not null then array['suppressed', standing.because]
            when standing.is_beyond_horizon then array['pending', 'beyond_horizon']
        end as verdict
    from standing
    -- A full join is never made row by row, whatever the planner takes the two for: right after a
    -- first load it has no statistics.
    full join placed
        on standing.user_id = placed.user_id and standing.mark = placed.mark
    where coalesce(standing.is_standing, false);
$$;
