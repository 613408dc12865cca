-- billing.invoices: all invoices, closed and to come.
--
-- One row per invoice. state: closed; complete: all its days are counted, so that it can be
-- closed; open: it still grows.

create view billing.invoices with (security_barrier) as
with

sums as (
    select
        customer_id,
        invoice_number,
        coalesce(sum(amount) filter (where kind <> 'vat'), 0) as net_amount,
        coalesce(sum(amount) filter (where kind = 'vat'), 0) as vat_amount
    from ledger.invoice_lines
    group by customer_id, invoice_number
)

select
    customers.customer_key,
    customers.name,
    customers.language,
    invoices.invoice_number,
    invoices.contract_number,
    invoices.quarter_number,
    invoices.first_date,
    invoices.last_date,
    invoices.currency,
    'closed' as state,
    sums.net_amount,
    sums.vat_amount,
    sums.net_amount + sums.vat_amount as total_amount,
    invoices.closed_at,
    invoices.closed_by
from ledger.invoices
inner join sums
    on invoices.customer_id = sums.customer_id
    and invoices.invoice_number = sums.invoice_number
inner join customer.visible_customers as customers
    on invoices.customer_id = customers.customer_id

union all

select
    customers.customer_key,
    customers.name,
    customers.language,
    null as invoice_number,
    drafts.contract_number,
    drafts.quarter_number,
    drafts.first_date,
    drafts.last_date,
    drafts.currency,
    case when drafts.is_complete then 'complete' else 'open' end as state,
    drafts.net_amount,
    drafts.vat_amount,
    drafts.net_amount + drafts.vat_amount as total_amount,
    null as closed_at,
    null as closed_by
from customer.visible_customers as customers
cross join lateral billing.drafts(customers.customer_id) as drafts;
comment on view billing.invoices is
'All invoices: closed, complete so that they can be closed, or open and still growing.';
