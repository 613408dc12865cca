-- billing.months_known: the months of each contract whose users were counted here, up to the last
-- day that was.
--
-- One row per contract and month. Of its day_count days charged_day_count are charged. ends_quarter
-- is true of the last month of a quarter, or of the contract. Months before the customer
-- was taken in here were billed elsewhere.

create function billing.months_known(customer_id bigint, known_at timestamptz)
returns table (
    customer_id bigint,
    contract_number integer,
    month_number integer,
    quarter_number integer,
    first_date date,
    last_date date,
    counted_until_date date,
    is_complete boolean,
    ends_quarter boolean,
    charged_day_count integer,
    day_count integer,
    user_price numeric,
    month_minimum numeric
)
language sql stable
as $$
    select
        contracts.customer_id,
        contracts.contract_number,
        numbers.month_number,
        case contracts.periods
            when 'contract' then 1 + numbers.month_number / 3
            else 1 + quarters.number - (
                4 * extract(year from contracts.starts_date)
                + extract(quarter from contracts.starts_date)
            )::integer
        end,
        days.first_date,
        days.last_date,
        least(days.last_date, counted.last_date),
        days.last_date <= counted.last_date,
        coalesce(numbers.month_number = contracts.last_month, false)
        or case contracts.periods
            when 'contract' then numbers.month_number % 3 = 2
            else extract(month from days.first_date)::integer % 3 = 0
        end,
        case
            when contracts.first_month = 'days' then days.last_date - days.first_date + 1
            else days.whole_count
        end,
        days.whole_count,
        listed.user_price,
        listed.month_minimum
    from billing.contracts_known(months_known.customer_id, months_known.known_at) as contracts
    inner join (
        select
            counted_days.customer_id,
            min(counted_days.day_date) as first_date,
            max(counted_days.day_date) as last_date
        from ledger.counted_days
        where
            counted_days.customer_id = months_known.customer_id
            and counted_days.counted_at <= months_known.known_at
        group by counted_days.customer_id
    ) as counted
        on contracts.customer_id = counted.customer_id
    cross join lateral generate_series(
        0,
        least(
            contracts.last_month,
            billing.month_of(contracts.starts_date, contracts.periods, counted.last_date)
        )
    ) as numbers (month_number)
    cross join lateral (
        select
            starts.first_date,
            starts.next_date - 1 as last_date,
            case
                when contracts.periods = 'contract' then starts.next_date - starts.first_date
                else starts.next_date - (starts.next_date - interval '1 month')::date
            end as whole_count
        from (
            select
                billing.month_start(
                    contracts.starts_date, contracts.periods, numbers.month_number
                ) as first_date,
                billing.month_start(
                    contracts.starts_date, contracts.periods, numbers.month_number + 1
                ) as next_date
        ) as starts
    ) as days
    cross join lateral (
        select
            (
                4 * extract(year from days.first_date) + extract(quarter from days.first_date)
            )::integer as number
    ) as quarters
    cross join lateral (
        select
            price_lists.user_price,
            price_lists.month_minimum
        from ledger.price_lists
        where
            price_lists.term = contracts.term
            and price_lists.valid_from_date <= case contracts.prices
                when 'at_start' then contracts.starts_date else days.first_date
            end
        order by price_lists.valid_from_date desc
        limit 1
    ) as listed
    where days.last_date >= counted.first_date;
$$;
