-- intake.touch_boundaries: marks users whose absence begins or ends since the last pass, where
-- the telephone system knows no other time than now; and remembers how far that reaches.
--
-- An absence begins or ends where a booking does, where a person's own absence does, and where
-- ours was to end; within office hours, and where an end is told as a time of day, it may begin
-- on any day of a booking that runs.

create function intake.touch_boundaries(customer_id bigint, as_of timestamptz)
returns void
language sql as $$
    with

    now_only as (
        select
            exchanges.boundaries_at as old_at,
            exchanges.end_reach = 'today'
            or rule_sets.is_office_hours_only
            or rule_sets.all_day = 'office_hours' as has_parts
        from telephony.exchanges
        inner join customer.rule_sets
            on exchanges.customer_id = rule_sets.customer_id
            and upper_inf(rule_sets.held_during)
        where
            exchanges.customer_id = touch_boundaries.customer_id
            and not (
                exchanges.has_future_start
                and exchanges.ends_by_itself
                and exchanges.entries_per_user is null
            )
    ),

    reached as (
        update telephony.exchanges
        set boundaries_at = touch_boundaries.as_of
        from now_only
        where
            exchanges.customer_id = touch_boundaries.customer_id
            and now_only.old_at is distinct from touch_boundaries.as_of
    ),

    crossed as (
        select bookings.user_id
        from calendar.bookings
        cross join now_only
        where
            bookings.customer_id = touch_boundaries.customer_id
            and bookings.ends_at > now_only.old_at
            and bookings.starts_at <= touch_boundaries.as_of
            and (
                bookings.starts_at > now_only.old_at
                or bookings.ends_at <= touch_boundaries.as_of
                or now_only.has_parts
            )

        union

        select shown.user_id
        from telephony.shown
        cross join now_only
        where
            shown.customer_id = touch_boundaries.customer_id
            and shown.origin <> 'calendar'
            and shown.ends_at > now_only.old_at
            and shown.starts_at <= touch_boundaries.as_of
            and (
                shown.starts_at > now_only.old_at or shown.ends_at <= touch_boundaries.as_of
            )

        union

        select placed.user_id
        from telephony.placed
        cross join now_only
        where
            placed.customer_id = touch_boundaries.customer_id
            and placed.ends_at > now_only.old_at
            and placed.ends_at <= touch_boundaries.as_of
    )

    insert into calendar.touched as marks (customer_id, user_id, cause, since)
    select
        touch_boundaries.customer_id,
        crossed.user_id,
        'boundary',
        touch_boundaries.as_of
    from crossed
    order by crossed.user_id
    on conflict (customer_id, user_id, cause) do update set times = marks.times + 1;
$$;
