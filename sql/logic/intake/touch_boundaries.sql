-- intake.touch_boundaries: marks users whose absence begins or ends since the last pass, where
-- the telephone system knows no other time than now; and remembers how far that reaches.
--
-- An absence begins or ends where a booking does, where a person's own absence does, and where
-- ours was to end, each in the step of the system's times; within a booking, where office hours do
-- if these count, and at midnight where an end is told as a time of day. Where the clock was put
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
            exchanges.end_reach = 'today' as has_days,
            rule_sets.is_office_hours_only
            or rule_sets.all_day = 'office_hours' as has_office_hours,
            rule_sets.rule_set_version
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

    -- Time zones in which a part of a booking may have begun or ended.
    turning as (
        select zones.time_zone
        from now_only
        cross join (
            select distinct users.time_zone
            from roster.users
            where users.customer_id = touch_boundaries.customer_id
        ) as zones
        cross join lateral (
            select interval '0' as wall_time
            where now_only.has_days
            union
            select hours.wall_time
            from customer.office_hours
            cross join lateral (
                values (office_hours.opens_at), (office_hours.closes_at)
            ) as hours (wall_time)
            where
                now_only.has_office_hours
                and office_hours.customer_id = touch_boundaries.customer_id
                and office_hours.rule_set_version = now_only.rule_set_version
        ) as walls
        cross join lateral generate_series(
            date_trunc('day', now_only.since at time zone zones.time_zone) - interval '1 day',
            (now_only.until + now_only.step) at time zone zones.time_zone,
            interval '1 day'
        ) as days (day)
        cross join lateral (
            select
                intake.instant_of(days.day + walls.wall_time, zones.time_zone) as turns_at
        ) as turns
        where
            turns.turns_at > now_only.since
            and date_bin(now_only.step, turns.turns_at, '2000-01-01Z') <= now_only.until
        group by zones.time_zone
    ),

    stretches as (
        select
            bookings.user_id,
            bookings.starts_at,
            bookings.ends_at,
            users.time_zone in (select turning.time_zone from turning) as has_parts
        from calendar.bookings
        cross join now_only
        inner join roster.users
            on bookings.customer_id = users.customer_id and bookings.user_id = users.user_id
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
