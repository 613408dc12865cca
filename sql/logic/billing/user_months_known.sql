-- billing.user_months_known: who counts in which month of a contract, as known at an instant.
--
-- One row per contract, month and user of whom there is evidence in it. evidence is the line that
-- the month's hash is made of: the user's number, and each day of the month from 1 with its mark.

create function billing.user_months_known(customer_id bigint, known_at timestamptz)
returns table (
    customer_id bigint,
    contract_number integer,
    month_number integer,
    user_id bigint,
    enabled_count bigint,
    verified_count bigint,
    absence_count bigint,
    corrected_count bigint,
    first_enabled_date date,
    last_enabled_date date,
    is_counted boolean,
    evidence text
)
language sql stable
-- A new table is taken for empty, and each of its days would be compared with each of a year.
set enable_nestloop = off
as $$
    with

    month_days as materialized (
        select
            contracts.customer_id,
            contracts.contract_number,
            contracts.users,
            months.month_number,
            months.first_date,
            days.day_date,
            case contracts.counted
                when 'any_day' then true
                when 'first_day' then days.day_date = months.first_date
                else days.day_date = months.counted_until_date
            end as counts
        from billing.contracts_known(
            user_months_known.customer_id, user_months_known.known_at
        ) as contracts
        inner join billing.months_known(
            user_months_known.customer_id, user_months_known.known_at
        ) as months
            on contracts.customer_id = months.customer_id
            and contracts.contract_number = months.contract_number
        cross join lateral (
            select months.first_date + number as day_date
            from generate_series(0, months.last_date - months.first_date) as number
        ) as days
    )

    select
        months.customer_id,
        months.contract_number,
        months.month_number,
        days.user_id,
        count(*) filter (where days.is_enabled),
        count(*) filter (where days.is_verified),
        count(*) filter (where days.has_absences),
        count(days.is_corrected_to),
        min(days.day_date) filter (where days.is_enabled),
        max(days.day_date) filter (where days.is_enabled),
        bool_or(
            months.counts
            and coalesce(
                days.is_corrected_to,
                case months.users
                    when 'enabled' then days.is_enabled
                    when 'verified' then days.is_verified
                    else days.has_absences
                end
            )
        ),
        days.user_id || ' ' || string_agg(
            (days.day_date - months.first_date + 1) || days.mark, ' ' order by days.day_date
        )
    from month_days as months
    inner join billing.user_days_known(
        user_months_known.customer_id, user_months_known.known_at
    ) as days
        on months.customer_id = days.customer_id
        and months.day_date = days.day_date
    group by
        months.customer_id, months.contract_number, months.month_number, days.user_id;
$$;
