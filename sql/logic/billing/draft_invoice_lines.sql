-- billing.draft_invoice_lines: the lines of invoices that are not closed yet as they would be
-- printed: numbered, VAT last.
--
-- One row per line. VAT is reckoned of the sum of an invoice's lines, rate by rate.

create function billing.draft_invoice_lines(customer_id bigint)
returns table (
    customer_id bigint,
    invoice_contract_number integer,
    quarter_number integer,
    line_number integer,
    contract_number integer,
    kind text,
    month_number integer,
    first_date date,
    last_date date,
    quantity numeric,
    unit_price numeric,
    amount numeric,
    vat_rate numeric,
    evidence_hash text,
    corrects_invoice_number integer,
    is_correction boolean,
    closes_quarter boolean
)
language sql stable
as $$
    with

    drafted as materialized (
        select *
        from billing.draft_lines(draft_invoice_lines.customer_id)
    ),

    lines as (
        select
            *,
            array_position(array['setup', 'subscription', 'minimum', 'termination'], kind) as place
        from drafted

        union all

        select
            lines.customer_id,
            lines.invoice_contract_number,
            lines.invoice_contract_number,
            lines.quarter_number,
            'vat',
            max(lines.month_number),
            min(lines.first_date),
            max(lines.last_date),
            sum(lines.amount),
            lines.vat_rate,
            billing.rounded(sum(lines.amount) * lines.vat_rate, contracts.rounding),
            lines.vat_rate,
            billing.hash(''),
            null,
            false,
            false,
            null
        from drafted as lines
        inner join billing.contracts_known(draft_invoice_lines.customer_id, 'infinity') as contracts
            on lines.customer_id = contracts.customer_id
            and lines.invoice_contract_number = contracts.contract_number
        where lines.vat_rate > 0
        group by
            lines.customer_id, lines.invoice_contract_number, lines.quarter_number, lines.vat_rate,
            contracts.rounding
    )

    select
        customer_id,
        invoice_contract_number,
        quarter_number,
        row_number() over (
            partition by customer_id, invoice_contract_number, quarter_number
            order by kind = 'vat', is_correction, month_number, place, contract_number, vat_rate
        )::integer as line_number,
        contract_number,
        kind,
        month_number,
        first_date,
        last_date,
        quantity,
        unit_price,
        amount,
        vat_rate,
        evidence_hash,
        corrects_invoice_number,
        is_correction,
        closes_quarter
    from lines;
$$;
