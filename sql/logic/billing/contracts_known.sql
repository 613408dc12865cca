-- billing.contracts_known: contracts as they were known at an instant, with everything that a
-- customer file leaves open decided (domain S3-9 to S3-15).
--
-- One row per contract. last_month is the month in which it ends: by notice, or because another
-- contract follows. It is null where nothing ends it; term_months is null without a term.

create function billing.contracts_known(customer_id bigint, known_at timestamptz)
returns table (
    customer_id bigint,
    contract_number integer,
    starts_date date,
    notice_date date,
    term text,
    users text,
    counted text,
    minimum_per text,
    periods text,
    first_month text,
    setup text,
    prices text,
    rounding text,
    vat_rate numeric,
    termination_share numeric,
    termination_after text,
    termination_users text,
    termination_minimum boolean,
    currency text,
    setup_price numeric,
    notice_months integer,
    term_months integer,
    notice_month integer,
    is_replaced boolean,
    last_month integer
)
language sql stable
as $$
    select
        given.customer_id,
        given.contract_number,
        given.starts_date,
        given.notice_date,
        given.term,
        given.users,
        given.counted,
        given.minimum_per,
        given.periods,
        given.first_month,
        given.setup,
        given.prices,
        given.rounding,
        given.vat_rate,
        given.termination_share,
        given.termination_after,
        given.termination_users,
        given.termination_minimum,
        listed.currency,
        listed.setup_price,
        listed.notice_months,
        terms.month_count,
        billing.month_of(given.starts_date, given.periods, given.notice_date),
        coalesce(followed.last_month <= ends.last_month, followed.last_month is not null),
        least(ends.last_month, followed.last_month)
    from (
        select
            contracts.customer_id,
            contracts.contract_number,
            contracts.starts_date,
            contracts.notice_date,
            contracts.settings ->> 'term' as term,
            coalesce(contracts.settings ->> 'users', 'enabled') as users,
            coalesce(contracts.settings ->> 'counted', 'any_day') as counted,
            coalesce(contracts.settings ->> 'minimum_per', 'month') as minimum_per,
            coalesce(contracts.settings ->> 'periods', 'contract') as periods,
            coalesce(contracts.settings ->> 'first_month', 'whole') as first_month,
            coalesce(contracts.settings ->> 'setup', 'first_invoice') as setup,
            coalesce(contracts.settings ->> 'prices', 'at_start') as prices,
            coalesce(contracts.settings ->> 'renewal', 'notice') as renewal,
            coalesce(contracts.settings ->> 'notice_from', 'day') as notice_from,
            coalesce(contracts.settings ->> 'rounding', 'half_up') as rounding,
            (contracts.settings ->> 'vat_rate')::numeric as vat_rate,
            coalesce((contracts.settings ->> 'termination_share')::numeric, 0.6)
                as termination_share,
            coalesce(contracts.settings ->> 'termination_after', 'end') as termination_after,
            coalesce(contracts.settings ->> 'termination_users', 'until_end')
                as termination_users,
            coalesce(contracts.settings ->> 'termination_minimum', 'no') = 'yes'
                as termination_minimum
        from ledger.contracts
        where
            contracts.customer_id = contracts_known.customer_id
            and contracts.held_during @> contracts_known.known_at
    ) as given
    cross join lateral (
        select
            price_lists.currency,
            price_lists.setup_price,
            price_lists.notice_months
        from ledger.price_lists
        where
            price_lists.term = given.term
            and price_lists.valid_from_date <= given.starts_date
        order by price_lists.valid_from_date desc
        limit 1
    ) as listed
    -- By the calendar a term that ends inside a month lasts to the end of that month.
    cross join lateral (
        select
            1 + billing.month_of(
                given.starts_date,
                given.periods,
                (
                    given.starts_date
                    + make_interval(months => nullif(given.term, 'none')::integer)
                )::date - 1
            ) as month_count
    ) as terms
    -- The service goes on to the end of the month in which the notice has run out.
    cross join lateral (
        select
            case given.notice_from
                when 'day'
                    then billing.month_of(
                        given.starts_date,
                        given.periods,
                        (
                            given.notice_date + make_interval(months => listed.notice_months)
                        )::date
                    )
                else listed.notice_months
                    + billing.month_of(given.starts_date, given.periods, given.notice_date)
            end as last_month
    ) as noticed
    -- Renewed by whole terms, it goes on to the end of the running one.
    cross join lateral (
        select
            case
                when given.renewal = 'term' and noticed.last_month >= terms.month_count
                    then terms.month_count - 1 + given.term::integer * ceil(
                        (noticed.last_month + 1 - terms.month_count) / given.term::numeric
                    )::integer
                else noticed.last_month
            end as last_month
    ) as ends
    cross join lateral (
        select
            billing.month_of(
                given.starts_date, given.periods, min(later.starts_date) - 1
            ) as last_month
        from ledger.contracts as later
        where
            later.customer_id = given.customer_id
            and later.contract_number > given.contract_number
            and later.held_during @> contracts_known.known_at
    ) as followed;
$$;
