-- intake.touch_boundaries: marks users whose absence begins or ends since the last pass, where
-- the telephone system knows no other time than now; and remembers how far that reaches.
--
-- An absence begins or ends where a booking does, where a person's own absence does, and where
-- ours was to end, each in the step of the system's times; within office hours, and where an end is
-- told as a time of day, it may begin on any day of a booking that runs. Where the clock was put
-- back, what began or ended in that time is to be undone, and marks as well.

create function intake.touch_boundaries(customer_id bigint, as_of timestamptz)
returns void
language sql as $$
    with

    now_only as (
        select
            exchanges.boundaries_at as old_at,
            least(exchanges.boundaries_at, touch_boundaries.as_of) as since,
            greatest(exchanges.boundaries_at, touch_boundaries.as_of) as until,
            make_interval(secs => exchanges.time_grain) as step,
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
                and exchanges.end_reach = 'any'
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

    stretches as (
        select
            bookings.user_id,
            bookings.starts_at,
            bookings.ends_at,
            now_only.has_parts
        from calendar.bookings
        cross join now_only
        where
            bookings.customer_id = touch_boundaries.customer_id
            and bookings.ends_at > now_only.since
            and bookings.starts_at < now_only.until + now_only.step

        union all

        select
            shown.user_id,
            shown.starts_at,
            shown.ends_at,
            false
        from telephony.shown
        cross join now_only
        where
            shown.customer_id = touch_boundaries.customer_id
            and shown.origin <> 'calendar'
            and shown.ends_at > now_only.since
            and shown.starts_at < now_only.until + now_only.step
    ),

    crossed as (
        select stretches.user_id
        from stretches
        cross join now_only
        cross join lateral (
            select
                date_bin(now_only.step, stretches.starts_at, '2000-01-01Z') as starts_at,
                date_bin(now_only.step, stretches.ends_at, '2000-01-01Z') as ends_at
        ) as told
        where
            stretches.has_parts
            or (told.starts_at > now_only.since and told.starts_at <= now_only.until)
            or (told.ends_at > now_only.since and told.ends_at <= now_only.until)

        union

        select placed.user_id
        from telephony.placed
        cross join now_only
        where
            placed.customer_id = touch_boundaries.customer_id
            and placed.ends_at > now_only.since
            and placed.ends_at <= now_only.until
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
