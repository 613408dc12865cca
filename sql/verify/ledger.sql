-- Verify kalenderkoppling:ledger on pg

begin;

select
    valid_from_date,
    term,
    currency,
    user_price,
    setup_price,
    month_minimum,
    notice_months
from ledger.price_lists
where false;

select
    customer_id,
    contract_number,
    contract_version,
    starts_date,
    notice_date,
    settings,
    held_during,
    applied_by
from ledger.contracts
where false;

select
    customer_id,
    day_date,
    counted_at
from ledger.counted_days
where false;

select
    customer_id,
    user_id,
    day_date,
    is_enabled,
    is_verified,
    has_absences
from ledger.user_days
where false;

select
    customer_id,
    user_id,
    day_date,
    corrected_at,
    is_enabled,
    because,
    corrected_by
from ledger.corrections
where false;

select
    customer_id,
    invoice_number,
    contract_number,
    quarter_number,
    first_date,
    last_date,
    currency,
    closed_at,
    closed_by
from ledger.invoices
where false;

select
    customer_id,
    invoice_number,
    line_number,
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
    is_correction
from ledger.invoice_lines
where false;

rollback;
