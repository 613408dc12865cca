-- billing.month_counts_known: how many users count in each month of a contract, and the hash of
-- the evidence for it.
--
-- One row per contract and month; a month without users is one as well.

create function billing.month_counts_known(customer_id bigint, known_at timestamptz)
returns table (
    customer_id bigint,
    contract_number integer,
    month_number integer,
    user_count bigint,
    evidence_hash text
)
language sql stable
as $$
    with

    users as materialized (
        select
            contract_number,
            month_number,
            count(*) filter (where is_counted) as user_count,
            string_agg(evidence || E'\n', '' order by user_id) as evidence
        from billing.user_months_known(
            month_counts_known.customer_id, month_counts_known.known_at
        )
        group by contract_number, month_number
    )

    select
        months.customer_id,
        months.contract_number,
        months.month_number,
        coalesce(users.user_count, 0),
        billing.hash(users.evidence)
    from billing.months_known(
        month_counts_known.customer_id, month_counts_known.known_at
    ) as months
    left join users
        on months.contract_number = users.contract_number
        and months.month_number = users.month_number;
$$;
