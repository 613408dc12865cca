-- billing.unlike_lines_of: a customer's lines of closed invoices whose evidence is not what it was
-- when they were closed.
--
-- One row per line. What was known then is reckoned anew, once for each invoice.

create function billing.unlike_lines_of(customer_id bigint)
returns table (
    invoice_number integer,
    line_number integer,
    kind text,
    month_number integer,
    evidence_hash text,
    present_hash text
)
language sql stable
as $$
    with

    known as materialized (
        select
            invoices.invoice_number,
            lines.contract_number,
            lines.kind,
            lines.month_number,
            lines.evidence_hash
        from ledger.invoices
        cross join lateral billing.lines_known(
            invoices.customer_id, invoices.closed_at
        ) as lines
        where invoices.customer_id = unlike_lines_of.customer_id
    )

    select
        lines.invoice_number,
        lines.line_number,
        lines.kind,
        lines.month_number,
        lines.evidence_hash,
        coalesce(known.evidence_hash, billing.hash(''))
    from ledger.invoice_lines as lines
    left join known
        on lines.invoice_number = known.invoice_number
        and lines.contract_number = known.contract_number
        and lines.kind = known.kind
        and lines.month_number = known.month_number
    where
        lines.customer_id = unlike_lines_of.customer_id
        and lines.kind <> 'vat'
        and lines.evidence_hash <> coalesce(known.evidence_hash, billing.hash(''));
$$;
