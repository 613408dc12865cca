-- billing.drafts: the invoices that are not closed yet.
--
-- One row per contract and quarter; one of corrections alone, after the end, has no quarter.
-- A quarter is complete when the days of all its months, up to the contract's end, are counted.

create function billing.drafts(customer_id bigint)
returns table (
    customer_id bigint,
    contract_number integer,
    quarter_number integer,
    first_date date,
    last_date date,
    currency text,
    is_complete boolean,
    net_amount numeric,
    vat_amount numeric
)
language sql stable
as $$
    select
        lines.customer_id,
        lines.invoice_contract_number as contract_number,
        lines.quarter_number,
        min(lines.first_date) filter (
            where lines.kind <> 'vat' and (not lines.is_correction or lines.quarter_number is null)
        ) as first_date,
        max(
            case
                when lines.kind = 'termination' then lines.first_date - 1
                when not lines.is_correction or lines.quarter_number is null then lines.last_date
            end
        ) filter (where lines.kind <> 'vat') as last_date,
        contracts.currency,
        bool_or(lines.closes_quarter) as is_complete,
        coalesce(sum(lines.amount) filter (where lines.kind <> 'vat'), 0) as net_amount,
        coalesce(sum(lines.amount) filter (where lines.kind = 'vat'), 0) as vat_amount
    from billing.draft_invoice_lines(drafts.customer_id) as lines
    inner join billing.contracts_known(drafts.customer_id, 'infinity') as contracts
        on lines.customer_id = contracts.customer_id
        and lines.invoice_contract_number = contracts.contract_number
    group by
        lines.customer_id, lines.invoice_contract_number, lines.quarter_number,
        contracts.currency;
$$;
