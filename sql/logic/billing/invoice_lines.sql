-- billing.invoice_lines: the lines of all invoices, closed and to come.
--
-- One row per line. An invoice to come has no number; the next one to be closed is the one with
-- the earliest quarter.

create view billing.invoice_lines with (security_barrier) as
select
    customers.customer_key,
    lines.invoice_number,
    invoices.contract_number as invoice_contract_number,
    invoices.quarter_number,
    lines.line_number,
    lines.contract_number,
    lines.kind,
    lines.month_number,
    lines.first_date,
    lines.last_date,
    lines.quantity,
    lines.unit_price,
    lines.amount,
    lines.vat_rate,
    lines.evidence_hash,
    lines.corrects_invoice_number,
    lines.is_correction
from ledger.invoice_lines as lines
inner join ledger.invoices
    on lines.customer_id = invoices.customer_id
    and lines.invoice_number = invoices.invoice_number
inner join customer.visible_customers as customers
    on lines.customer_id = customers.customer_id

union all

select
    customers.customer_key,
    null as invoice_number,
    lines.invoice_contract_number,
    lines.quarter_number,
    lines.line_number,
    lines.contract_number,
    lines.kind,
    lines.month_number,
    lines.first_date,
    lines.last_date,
    lines.quantity,
    lines.unit_price,
    lines.amount,
    lines.vat_rate,
    lines.evidence_hash,
    lines.corrects_invoice_number,
    lines.is_correction
from customer.visible_customers as customers
cross join lateral billing.draft_invoice_lines(customers.customer_id) as lines;
comment on view billing.invoice_lines is
'The lines of all invoices; those of an invoice to come have no number yet.';
