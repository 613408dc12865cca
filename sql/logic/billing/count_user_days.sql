-- billing.count_user_days: writes down who had the service on each day that is over and was not
-- counted yet, from the day on which the customer was taken in. Returns how many days that were.
--
-- What was counted is never counted again. Absences are counted of what stands and of what was
-- changed since: before pruning, so at night.

create function billing.count_user_days(customer_id bigint, at timestamptz)
returns bigint
language sql security definer
set search_path = pg_catalog, pg_temp
as $$
    with

    days as (
        select
            customers.customer_id,
            days.starts_at::date as day_date,
            tstzrange(
                days.starts_at at time zone customers.time_zone,
                (days.starts_at + interval '1 day') at time zone customers.time_zone
            ) as during
        from customer.customers
        cross join lateral generate_series(
            coalesce(
                (
                    select max(known.day_date) + 1 from ledger.counted_days as known
                    where known.customer_id = customers.customer_id
                ),
                (customers.created_at at time zone customers.time_zone)::date
            )::timestamp,
            (
                (count_user_days.at at time zone customers.time_zone)::date - 1
            )::timestamp,
            interval '1 day'
        ) as days (starts_at)
        where customers.customer_id = count_user_days.customer_id
    ),

    -- Of two that count at a time, one waits here, and then has nothing to do.
    counted as (
        insert into ledger.counted_days (customer_id, day_date, counted_at)
        select
            days.customer_id, days.day_date, count_user_days.at
        from days
        on conflict do nothing
        returning counted_days.customer_id, counted_days.day_date
    ),

    evidence as (
        insert into ledger.user_days (
            customer_id, user_id, day_date, is_enabled, is_verified, has_absences
        )
        select
            days.customer_id,
            users.user_id,
            days.day_date,
            users.is_enabled,
            users.is_verified,
            users.has_absences
        from counted
        inner join days
            on counted.customer_id = days.customer_id
            and counted.day_date = days.day_date
        cross join lateral billing.users_within(days.customer_id, days.during) as users
    )

    select count(*) from counted;
$$;
