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

    insert into calendar.touched as marks (customer_id, user_id, cause, since)
    select distinct
        bookings.customer_id,
        bookings.user_id,
        'horizon',
        touch_horizon.as_of
    from calendar.bookings
    cross join horizon
    where
        bookings.customer_id = touch_horizon.customer_id
        and bookings.ends_at >= horizon.old_at
        and bookings.starts_at < horizon.new_at
        and (
            bookings.starts_at >= horizon.old_at
            or bookings.ends_at < horizon.new_at
            or horizon.has_parts
        )
    order by bookings.user_id
    on conflict (customer_id, user_id, cause) do update set times = marks.times + 1;
$$;
