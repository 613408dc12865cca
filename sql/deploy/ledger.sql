-- Deploy kalenderkoppling:ledger to pg
-- requires: access
-- requires: conservation
-- What is billed: price lists, contracts, who had the service on which day, and invoices.
--
-- Nobody but the owner may change or delete anything here, and nobody but its functions adds.

begin;

set local role kk_owner;

create schema ledger;
comment on schema ledger is 'What is billed and why: evidence, contracts and closed invoices.';

create table ledger.price_lists (
    valid_from_date date not null,
    term text not null,
    currency text not null,
    user_price numeric(12, 2) not null,
    setup_price numeric(12, 2) not null,
    month_minimum numeric(12, 2) not null,
    notice_months integer not null,

    constraint price_lists_pkey primary key (valid_from_date, term),
    constraint price_lists_term_check check (term in ('none', '12', '24', '36')),
    constraint price_lists_not_negative_check check (
        user_price >= 0 and setup_price >= 0 and month_minimum >= 0 and notice_months >= 0
    )
);
comment on table ledger.price_lists is
'One row per term of each price list. A list holds until the next one is valid.';
comment on column ledger.price_lists.valid_from_date is 'The first day on which it is valid.';
comment on column ledger.price_lists.term is 'The term in months, or none.';
comment on column ledger.price_lists.currency is 'What prices are in; an ISO 4217 code.';
comment on column ledger.price_lists.user_price is 'For one user and month, without VAT.';
comment on column ledger.price_lists.setup_price is 'Once, without VAT.';
comment on column ledger.price_lists.month_minimum is
'What a month costs at least, without VAT.';
comment on column ledger.price_lists.notice_months is
'Months from a notice to the end; 0 is the end of the current month.';

insert into ledger.price_lists values
('2019-01-01', 'none', 'NOK', 15, 7500, 200, 4),
('2019-01-01', '12', 'NOK', 12, 5000, 200, 3),
('2019-01-01', '24', 'NOK', 11, 4000, 200, 1),
('2019-01-01', '36', 'NOK', 10, 3000, 200, 0);

create table ledger.contracts (
    customer_id bigint not null,
    contract_number integer not null,
    contract_version integer not null,
    starts_date date not null,
    notice_date date,
    settings jsonb not null,
    held_during tstzrange not null,
    applied_by text not null,

    constraint contracts_pkey primary key (customer_id, contract_number, contract_version),
    constraint contracts_customer_id_fkey foreign key (customer_id) references customer.customers,
    constraint contracts_one_at_a_time_excl exclude using gist (
        customer_id with =, contract_number with =, held_during with &&
    ),
    constraint contracts_notice_after_start_check check (notice_date >= starts_date)
);
comment on table ledger.contracts is
'One row per version of a contract; a later contract of the same customer has a higher number.';
comment on column ledger.contracts.customer_id is 'Whose contract.';
comment on column ledger.contracts.contract_number is 'From 1, in the order of their starts.';
comment on column ledger.contracts.contract_version is 'From 1, in the order of their writing.';
comment on column ledger.contracts.starts_date is
'The first day on which the service is in operation.';
comment on column ledger.contracts.notice_date is
'The day on which notice was given; null where none was.';
comment on column ledger.contracts.settings is
'What the customer file said; billing.contracts has what was left out.';
comment on column ledger.contracts.held_during is
'When this version was what the file said; the current one has no end.';
comment on column ledger.contracts.applied_by is 'Who took the file in.';

create table ledger.counted_days (
    customer_id bigint not null,
    day_date date not null,
    counted_at timestamptz not null,

    constraint counted_days_pkey primary key (customer_id, day_date),
    constraint counted_days_customer_id_fkey
    foreign key (customer_id) references customer.customers
);
comment on table ledger.counted_days is
'One row per day whose users were counted, also where there were none.';
comment on column ledger.counted_days.customer_id is 'Whose users.';
comment on column ledger.counted_days.day_date is 'The day, on the customer''s wall.';
comment on column ledger.counted_days.counted_at is 'When they were counted.';

-- No foreign key to the roster: whoever is erased there was still a user on these days. The number
-- tells nothing about a person, and is never given to another one.
create table ledger.user_days (
    customer_id bigint not null,
    user_id bigint not null,
    day_date date not null,
    is_enabled boolean not null,
    is_verified boolean not null,
    has_absences boolean not null,

    constraint user_days_pkey primary key (customer_id, user_id, day_date),
    constraint user_days_day_date_fkey
    foreign key (customer_id, day_date) references ledger.counted_days,
    constraint user_days_says_something_check check (is_enabled or is_verified or has_absences)
);
comment on table ledger.user_days is
'One row per user and day on which anything below is true: the evidence of what is billed.';
comment on column ledger.user_days.customer_id is 'Whose user.';
comment on column ledger.user_days.user_id is
'The user''s number, which stays where the user is erased from the roster.';
comment on column ledger.user_days.day_date is 'The day, on the customer''s wall.';
comment on column ledger.user_days.is_enabled is
'Whether the user had the service at any time of the day.';
comment on column ledger.user_days.is_verified is
'Whether a pass of that day looked at the user''s phone and nothing went wrong.';
comment on column ledger.user_days.has_absences is
'Whether an absence of ours stood on the phone at any time of the day.';
create index user_days_day_idx on ledger.user_days using brin (customer_id, day_date);

create table ledger.corrections (
    customer_id bigint not null,
    user_id bigint not null,
    day_date date not null,
    corrected_at timestamptz not null,
    is_enabled boolean not null,
    because text,
    corrected_by text not null,

    constraint corrections_pkey primary key (customer_id, user_id, day_date, corrected_at),
    constraint corrections_day_date_fkey
    foreign key (customer_id, day_date) references ledger.counted_days
);
comment on table ledger.corrections is
'One row per user day that a person corrected after it was counted; the newest counts.';
comment on column ledger.corrections.customer_id is 'Whose user.';
comment on column ledger.corrections.user_id is 'Which user.';
comment on column ledger.corrections.day_date is 'The day that was counted wrongly.';
comment on column ledger.corrections.corrected_at is 'When it was corrected.';
comment on column ledger.corrections.is_enabled is 'What should have been counted.';
comment on column ledger.corrections.because is
'Why; null where the user was erased since.';
comment on column ledger.corrections.corrected_by is 'Who corrected it.';

create table ledger.invoices (
    customer_id bigint not null,
    invoice_number integer not null,
    contract_number integer not null,
    quarter_number integer,
    first_date date not null,
    last_date date not null,
    currency text not null,
    closed_at timestamptz not null,
    closed_by text not null,

    constraint invoices_pkey primary key (customer_id, invoice_number),
    constraint invoices_quarter_number_key unique (customer_id, contract_number, quarter_number)
);
comment on table ledger.invoices is 'One row per closed invoice. It never changes.';
comment on column ledger.invoices.customer_id is 'Whose invoice.';
comment on column ledger.invoices.invoice_number is 'From 1 for each customer, without gaps.';
comment on column ledger.invoices.contract_number is 'The contract, as in ledger.contracts.';
comment on column ledger.invoices.quarter_number is
'The quarter of the contract, from 1; 0 is a setup of its own, null corrections after the end.';
comment on column ledger.invoices.first_date is 'The first day that it is for.';
comment on column ledger.invoices.last_date is 'The last one.';
comment on column ledger.invoices.currency is 'What its amounts are in.';
comment on column ledger.invoices.closed_at is 'When it was closed.';
comment on column ledger.invoices.closed_by is 'Who closed it.';

create table ledger.invoice_lines (
    customer_id bigint not null,
    invoice_number integer not null,
    line_number integer not null,
    contract_number integer not null,
    kind text not null,
    month_number integer not null,
    first_date date not null,
    last_date date not null,
    quantity numeric not null,
    unit_price numeric not null,
    amount numeric(14, 2) not null,
    vat_rate numeric,
    evidence_hash text not null,
    corrects_invoice_number integer,
    is_correction boolean not null,

    constraint invoice_lines_pkey primary key (customer_id, invoice_number, line_number),
    constraint invoice_lines_invoice_number_fkey
    foreign key (customer_id, invoice_number) references ledger.invoices,
    constraint invoice_lines_corrects_invoice_number_fkey
    foreign key (customer_id, corrects_invoice_number) references ledger.invoices,
    constraint invoice_lines_kind_check check (
        kind in ('setup', 'subscription', 'minimum', 'termination', 'vat')
    )
);
comment on table ledger.invoice_lines is
'One row per line of a closed invoice. What is due for a contract, kind and month is the sum of '
'its lines on all invoices: a correction is a line with the difference.';
comment on column ledger.invoice_lines.customer_id is 'Whose invoice.';
comment on column ledger.invoice_lines.invoice_number is 'Which invoice.';
comment on column ledger.invoice_lines.line_number is 'From 1, as printed.';
comment on column ledger.invoice_lines.contract_number is 'The contract that it is due by.';
comment on column ledger.invoice_lines.kind is
'setup; subscription: a month''s users; minimum: what a month or quarter lacks of its minimum; '
'termination: the fee for ending early; vat.';
comment on column ledger.invoice_lines.month_number is
'The month of the contract, from 0; the last one of a quarter or contract where it is for more.';
comment on column ledger.invoice_lines.first_date is 'The first day that it is for.';
comment on column ledger.invoice_lines.last_date is 'The last one.';
comment on column ledger.invoice_lines.quantity is
'Users of a month; of a termination the mean of users times the months that remained.';
comment on column ledger.invoice_lines.unit_price is 'What one costs.';
comment on column ledger.invoice_lines.amount is
'What is due; of a correction, the difference to what was invoiced before.';
comment on column ledger.invoice_lines.vat_rate is 'The rate of VAT, such as 0.25; null is none.';
comment on column ledger.invoice_lines.evidence_hash is
'SHA-256 of the evidence as billing.line_evidence wrote it then.';
comment on column ledger.invoice_lines.corrects_invoice_number is
'The first invoice with that contract, kind and month; null where this is it.';
comment on column ledger.invoice_lines.is_correction is
'Whether it is the difference to what was invoiced before.';

do $$
declare
    secured regclass;
begin
    for secured in
        select pg_class.oid from pg_class
        where
            pg_class.relnamespace = 'ledger'::regnamespace
            and pg_class.relkind = 'r'
            and pg_class.relname <> 'price_lists'
    loop
        perform customer.secure(secured);
    end loop;
end
$$;

grant usage on schema ledger to kk_job, kk_finance;
grant select on all tables in schema ledger to kk_job, kk_finance;

commit;
