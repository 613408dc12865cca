-- billing.line_evidence: the text whose SHA-256 is the hash of a line, as known at an instant.
--
-- VAT has none. Of a month, a line a user: the number and the days of the month, each with its mark
-- (billing.user_days_known). Of several months, a line a month: number, users and hash.

create function billing.line_evidence(
    customer_id bigint,
    contract_number integer,
    kind text,
    month_number integer,
    known_at timestamptz
)
returns text
language sql stable
as $$
    select
        case
            when line_evidence.kind = 'vat' then ''
            when line_evidence.kind = 'setup'
                then billing.setup_evidence(contracts.starts_date, contracts.term)
            when
                line_evidence.kind = 'subscription'
                or (line_evidence.kind = 'minimum' and contracts.minimum_per = 'month')
                then coalesce((
                    select string_agg(users.evidence || E'\n', '' order by users.user_id)
                    from billing.user_months_known(line_evidence.customer_id, line_evidence.known_at) as users
                    where
                        users.customer_id = contracts.customer_id
                        and users.contract_number = contracts.contract_number
                        and users.month_number = line_evidence.month_number
                ), '')
            else (
                select
                    string_agg(
                        billing.month_evidence(
                            counts.month_number, counts.user_count, counts.evidence_hash
                        ), ''
                        order by counts.month_number
                    )
                from billing.month_counts_known(line_evidence.customer_id, line_evidence.known_at) as counts
                inner join billing.months_known(line_evidence.customer_id, line_evidence.known_at) as months
                    on counts.customer_id = months.customer_id
                    and counts.contract_number = months.contract_number
                    and counts.month_number = months.month_number
                inner join billing.months_known(line_evidence.customer_id, line_evidence.known_at) as last_months
                    on months.customer_id = last_months.customer_id
                    and months.contract_number = last_months.contract_number
                    and last_months.month_number = line_evidence.month_number
                where
                    months.customer_id = contracts.customer_id
                    and months.contract_number = contracts.contract_number
                    and case line_evidence.kind
                        when 'minimum' then months.quarter_number = last_months.quarter_number
                        else
                            contracts.termination_users = 'until_end'
                            or months.month_number <= contracts.notice_month
                    end
            )
        end
    from billing.contracts_known(line_evidence.customer_id, line_evidence.known_at) as contracts
    where
        contracts.customer_id = line_evidence.customer_id
        and contracts.contract_number = line_evidence.contract_number
        and (
            line_evidence.kind in ('vat', 'subscription')
            or exists (
                select
                from billing.lines_known(
                    line_evidence.customer_id, line_evidence.known_at
                ) as due
                where
                    due.contract_number = line_evidence.contract_number
                    and due.kind = line_evidence.kind
                    and due.month_number = line_evidence.month_number
            )
        );
$$;
