-- intake.touch_horizon: marks users of whom something has come within the horizon since the
-- last pass, and remembers how far that reaches (domain P-21).
--
-- An absence begins where a booking does, where a stronger one ends, or, within office hours,
-- on any day of a long one.

create function intake.touch_horizon(customer_id bigint, as_of timestamptz)
returns void
language sql as $$
    with

    horizon as (
        select
            customers.horizon_at as old_at,
            touch_horizon.as_of + make_interval(hours => 24 * rule_sets.days_ahead) as new_at,
            rule_sets.is_office_hours_only or rule_sets.all_day = 'office_hours' as has_parts
        from customer.customers
        inner join customer.rule_sets
            on customers.customer_id = rule_sets.customer_id
            and upper_inf(rule_sets.held_during)
        where customers.customer_id = touch_horizon.customer_id
    ),

    reached as (
        update customer.customers
        set horizon_at = horizon.new_at
        from horizon
        where
            customers.customer_id = touch_horizon.customer_id
            and horizon.old_at is distinct from horizon.new_at
    )

    -- Each by an index of its own, for every minute asks, and little comes within a minute.
    insert into calendar.touched as marks (customer_id, user_id, cause, since)
    select distinct
        touch_horizon.customer_id,
        arrived.user_id,
        'horizon',
        touch_horizon.as_of
    from (
        select bookings.user_id
        from calendar.bookings
        cross join horizon
        where
            bookings.customer_id = touch_horizon.customer_id
            and bookings.starts_at >= horizon.old_at
            and bookings.starts_at < horizon.new_at

        union all

        select bookings.user_id
        from calendar.bookings
        cross join horizon
        where
            bookings.customer_id = touch_horizon.customer_id
            and bookings.ends_at >= horizon.old_at
            and bookings.ends_at < horizon.new_at

        union all

        select bookings.user_id
        from calendar.bookings
        cross join horizon
        where
            horizon.has_parts
            and bookings.customer_id = touch_horizon.customer_id
            and bookings.ends_at >= horizon.old_at
            -- Not by the index of starts, for most began long ago.
            and horizon.new_at - bookings.starts_at > interval '0'
    ) as arrived
    order by arrived.user_id
    on conflict (customer_id, user_id, cause) do update set times = marks.times + 1;
$$;
