-- billing.close_invoices: closes the invoices whose days are all counted; nothing of them changes
-- any more. Returns their numbers.
--
-- What comes to light later goes onto the next one, as corrections.

create function billing.close_invoices(customer_id bigint, closed_by text, at timestamptz)
returns setof integer
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    draft record;
    number integer;
begin
    -- One at a time, so that numbers have no gaps.
    perform pg_advisory_xact_lock(
        hashtext('ledger.invoices'), hashtext(close_invoices.customer_id::text)
    );
    loop
        select * into draft
        from billing.drafts(close_invoices.customer_id) as drafts
        where drafts.is_complete
        order by drafts.contract_number, drafts.quarter_number
        limit 1;
        exit when not found;

        select coalesce(max(invoices.invoice_number), 0) + 1 into number
        from ledger.invoices
        where invoices.customer_id = close_invoices.customer_id;
        -- In one statement, to which the lines are those of an invoice that is not there yet.
        with

        closed as (
            insert into ledger.invoices (
                customer_id, invoice_number, contract_number, quarter_number, first_date,
                last_date, currency, closed_at, closed_by
            )
            values (
                close_invoices.customer_id, number, draft.contract_number,
                draft.quarter_number, draft.first_date, draft.last_date, draft.currency,
                close_invoices.at, close_invoices.closed_by
            )
        )

        insert into ledger.invoice_lines (
            customer_id, invoice_number, line_number, contract_number, kind, month_number,
            first_date, last_date, quantity, unit_price, amount, vat_rate, evidence_hash,
            corrects_invoice_number, is_correction
        )
        select
            lines.customer_id, number, lines.line_number, lines.contract_number, lines.kind,
            lines.month_number, lines.first_date, lines.last_date, lines.quantity,
            lines.unit_price, lines.amount, lines.vat_rate, lines.evidence_hash,
            lines.corrects_invoice_number, lines.is_correction
        from billing.draft_invoice_lines(close_invoices.customer_id) as lines
        where
            lines.invoice_contract_number = draft.contract_number
            and lines.quarter_number is not distinct from draft.quarter_number;
        return next number;
    end loop;
end
$$;
