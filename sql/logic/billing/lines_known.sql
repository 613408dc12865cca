-- billing.lines_known: what is due by each contract, as known at an instant (domain S3-9 to S3-15).
--
-- One row per contract, kind and month. What is for more than one month stands at the last of
-- them: a quarter's minimum, the fee for ending early. Lines of months that are not over yet are
-- what they would be if nothing more happened. closes_quarter is true of the one line that shows
-- that all days of its quarter are counted.

create function billing.lines_known(customer_id bigint, known_at timestamptz)
returns table (
    customer_id bigint,
    contract_number integer,
    quarter_number integer,
    kind text,
    month_number integer,
    first_date date,
    last_date date,
    quantity numeric,
    unit_price numeric,
    amount numeric,
    vat_rate numeric,
    evidence_hash text,
    closes_quarter boolean
)
language sql stable
-- Planned for one customer, also where many are asked for.
set search_path = pg_catalog, pg_temp
as $$
    with

    contracts as materialized (
        select *
        from billing.contracts_known(lines_known.customer_id, lines_known.known_at)
    ),

    contract_months as materialized (
        select *
        from billing.months_known(lines_known.customer_id, lines_known.known_at)
    ),

    counts as materialized (
        select *
        from billing.month_counts_known(lines_known.customer_id, lines_known.known_at)
    ),

    -- Each month with its users and its contract: what all kinds of lines are made of.
    months as materialized (
        select
            contracts.*,
            months.month_number,
            months.quarter_number,
            months.first_date,
            months.last_date,
            months.is_complete and months.ends_quarter as closes_quarter,
            months.user_price,
            months.month_minimum,
            counts.user_count,
            counts.evidence_hash,
            billing.rounded(
                counts.user_count * months.user_price * months.charged_day_count
                / months.day_count,
                contracts.rounding
            ) as amount,
            billing.rounded(
                months.month_minimum * months.charged_day_count / months.day_count,
                contracts.rounding
            ) as minimum
        from contracts
        inner join contract_months as months
            on contracts.customer_id = months.customer_id
            and contracts.contract_number = months.contract_number
        inner join counts
            on months.customer_id = counts.customer_id
            and months.contract_number = counts.contract_number
            and months.month_number = counts.month_number
    ),

    -- Contracts that end inside their original term, from when their last month is known: the
    -- months that remain of it, and the users of the months that the mean is taken of.
    ended_early as (
        select
            customer_id,
            contract_number,
            term_months - 1 - case termination_after
                when 'end' then last_month else notice_month
            end as remaining_months,
            sum(user_count) as user_sum,
            count(*) as month_count,
            billing.hash(
                string_agg(
                    billing.month_evidence(month_number, user_count, evidence_hash), ''
                    order by month_number
                )
            ) as evidence_hash
        from months
        where
            not is_replaced
            and last_month + 1 < term_months
            and (termination_users = 'until_end' or month_number <= notice_month)
        group by
            customer_id, contract_number, term_months, termination_after, last_month,
            notice_month
    )

    select
        customer_id,
        contract_number,
        case setup when 'at_start' then 0 else quarter_number end as quarter_number,
        'setup' as kind,
        month_number,
        first_date,
        first_date as last_date,
        1 as quantity,
        setup_price as unit_price,
        setup_price as amount,
        vat_rate,
        billing.hash(billing.setup_evidence(starts_date, term)) as evidence_hash,
        setup = 'at_start' as closes_quarter
    from months
    where month_number = 0 and setup <> 'none'

    union all

    select
        customer_id,
        contract_number,
        quarter_number,
        'subscription',
        month_number,
        first_date,
        last_date,
        user_count,
        user_price,
        amount,
        vat_rate,
        evidence_hash,
        closes_quarter
    from months

    union all

    select
        customer_id,
        contract_number,
        quarter_number,
        'minimum',
        month_number,
        first_date,
        last_date,
        1,
        minimum - amount,
        minimum - amount,
        vat_rate,
        evidence_hash,
        false
    from months
    where minimum_per = 'month' and amount < minimum

    union all

    select
        customer_id,
        contract_number,
        quarter_number,
        'minimum',
        max(month_number),
        min(first_date),
        max(last_date),
        1,
        sum(minimum - amount),
        sum(minimum - amount),
        vat_rate,
        billing.hash(
            string_agg(
                billing.month_evidence(month_number, user_count, evidence_hash), ''
                order by month_number
            )
        ),
        false
    from months
    where minimum_per = 'quarter'
    group by customer_id, contract_number, quarter_number, vat_rate
    having sum(amount) < sum(minimum)

    union all

    -- A share of what the months that remain would have cost with the mean of the users. Divided
    -- once and last, so that nothing is lost before it is rounded.
    select
        months.customer_id,
        months.contract_number,
        months.quarter_number,
        'termination',
        months.month_number,
        months.last_date + 1,
        billing.month_start(months.starts_date, months.periods, months.term_months) - 1,
        case
            when costs.is_minimum then ended_early.remaining_months
            else ended_early.remaining_months * ended_early.user_sum / ended_early.month_count
        end,
        months.termination_share
        * case when costs.is_minimum then months.month_minimum else months.user_price end,
        billing.rounded(
            months.termination_share * ended_early.remaining_months * costs.amount
            / ended_early.month_count,
            months.rounding
        ),
        months.vat_rate,
        ended_early.evidence_hash,
        false
    from months
    inner join ended_early
        on months.customer_id = ended_early.customer_id
        and months.contract_number = ended_early.contract_number
    cross join lateral (
        select
            months.termination_minimum
            and months.month_minimum * ended_early.month_count
            > months.user_price * ended_early.user_sum as is_minimum,
            greatest(
                months.user_price * ended_early.user_sum,
                case
                    when months.termination_minimum
                        then months.month_minimum * ended_early.month_count
                end
            ) as amount
    ) as costs
    where months.month_number = months.last_month;
$$;
