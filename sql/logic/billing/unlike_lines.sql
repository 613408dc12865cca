-- billing.unlike_lines: lines of closed invoices whose evidence is not what it was when they were
-- closed, although nobody wrote down a correction. None, unless somebody changed it by hand.

create view billing.unlike_lines with (security_barrier) as
with

compared as (
    select
        lines.*,
        billing.hash(
            billing.line_evidence(
                lines.customer_id, lines.contract_number, lines.kind, lines.month_number,
                invoices.closed_at
            )
        ) as present_hash
    from ledger.invoice_lines as lines
    inner join ledger.invoices
        on lines.customer_id = invoices.customer_id
        and lines.invoice_number = invoices.invoice_number
    where lines.kind <> 'vat'
)

select
    customers.customer_key,
    lines.invoice_number,
    lines.line_number,
    lines.kind,
    lines.month_number,
    lines.evidence_hash,
    lines.present_hash
from compared as lines
inner join customer.visible_customers as customers
    on lines.customer_id = customers.customer_id
where lines.present_hash <> lines.evidence_hash;
comment on view billing.unlike_lines is
'Lines of closed invoices whose evidence was changed by hand since.';
