-- billing.draft_lines: the lines of invoices that are not closed yet, without VAT: what is due for
-- quarters that no invoice is for, and corrections of those that one is for.
--
-- One row per contract, kind and month. What is due for a closed quarter and differs from what its
-- lines on all invoices come to is a correction: it goes onto the customer's next invoice, or one
-- of its own (without quarter) where all contracts have ended.

create function billing.draft_lines(customer_id bigint)
returns table (
    customer_id bigint,
    invoice_contract_number integer,
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
    corrects_invoice_number integer,
    is_correction boolean,
    closes_quarter boolean
)
language sql stable
as $$
    with

    due as materialized (
        select *
        from billing.lines_known(draft_lines.customer_id, 'infinity')
    ),

    invoiced as (
        select
            customer_id,
            contract_number,
            kind,
            month_number,
            min(invoice_number) as invoice_number,
            min(first_date) as first_date,
            min(last_date) as last_date,
            sum(amount) as amount,
            (array_agg(vat_rate order by invoice_number))[1] as vat_rate
        from ledger.invoice_lines
        where invoice_lines.customer_id = draft_lines.customer_id and kind <> 'vat'
        group by customer_id, contract_number, kind, month_number
    ),

    -- Beside each line that is due or was, whether its quarter is closed.
    compared as (
        select
            coalesce(due.customer_id, invoiced.customer_id) as customer_id,
            coalesce(due.contract_number, invoiced.contract_number) as contract_number,
            coalesce(due.kind, invoiced.kind) as kind,
            coalesce(due.month_number, invoiced.month_number) as month_number,
            due.quarter_number,
            coalesce(due.first_date, invoiced.first_date) as first_date,
            coalesce(due.last_date, invoiced.last_date) as last_date,
            coalesce(due.quantity, 0) as quantity,
            coalesce(due.unit_price, 0) as unit_price,
            coalesce(due.amount, 0) as due_amount,
            coalesce(invoiced.amount, 0) as invoiced_amount,
            case when invoiced.invoice_number is null then due.vat_rate else invoiced.vat_rate end
                as vat_rate,
            coalesce(due.evidence_hash, billing.hash('')) as evidence_hash,
            coalesce(due.closes_quarter, false) as closes_quarter,
            invoiced.invoice_number as corrects_invoice_number,
            invoiced.invoice_number is not null or invoices.invoice_number is not null as is_closed
        from due
        full join invoiced
            on due.customer_id = invoiced.customer_id
            and due.contract_number = invoiced.contract_number
            and due.kind = invoiced.kind
            and due.month_number = invoiced.month_number
        left join ledger.invoices
            on due.customer_id = invoices.customer_id
            and due.contract_number = invoices.contract_number
            and due.quarter_number = invoices.quarter_number
    ),

    -- The invoice that is closed next, which takes the corrections of the ones before.
    next_invoices as (
        select distinct on (customer_id)
            customer_id,
            contract_number,
            quarter_number
        from compared
        where not is_closed
        order by customer_id asc, contract_number asc, quarter_number asc
    )

    select
        customer_id,
        contract_number as invoice_contract_number,
        contract_number,
        quarter_number,
        kind,
        month_number,
        first_date,
        last_date,
        quantity,
        unit_price,
        due_amount as amount,
        vat_rate,
        evidence_hash,
        null::integer as corrects_invoice_number,
        false as is_correction,
        closes_quarter
    from compared
    where not is_closed

    union all

    select
        compared.customer_id,
        coalesce(next_invoices.contract_number, compared.contract_number),
        compared.contract_number,
        next_invoices.quarter_number,
        compared.kind,
        compared.month_number,
        compared.first_date,
        compared.last_date,
        compared.quantity,
        compared.unit_price,
        compared.due_amount - compared.invoiced_amount,
        compared.vat_rate,
        compared.evidence_hash,
        compared.corrects_invoice_number,
        true,
        next_invoices.customer_id is null
        and not exists (
            select from billing.contracts_known(draft_lines.customer_id, 'infinity') as contracts
            where not exists (
                select from due
                where
                    due.contract_number = contracts.contract_number
                    and due.month_number = contracts.last_month
                    and due.closes_quarter
            )
        )
    from compared
    left join next_invoices
        on compared.customer_id = next_invoices.customer_id
    where compared.is_closed and compared.due_amount <> compared.invoiced_amount;
$$;
