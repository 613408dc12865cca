-- Deploy kalenderkoppling:customer to pg
-- requires: roles
-- Customers, their rule sets as versions, and the templates that rule sets start from.

begin;
set local role kk_owner;

create extension if not exists btree_gist;

create schema customer;
comment on schema customer is 'Customers and the rules that they chose, every version of them.';

-- Weakest first: the order is the strength of domain P-11.
create type customer.kind as enum ('information', 'open', 'direct');
create type customer.show_as as enum (
    'free', 'working_elsewhere', 'tentative', 'busy', 'out_of_office'
);
create type customer.sensitivity as enum ('normal', 'personal', 'private', 'confidential');
create type customer.response as enum (
    'organizer', 'accepted', 'tentative', 'not_responded', 'declined'
);
create type customer.target_type as enum ('announcement', 'voicemail', 'number');

-- What a system starts from. Filled by sql/templates, one file a system.
create table customer.templates (
    system text not null,
    rules jsonb not null,

    constraint templates_pkey primary key (system)
);
comment on table customer.templates is 'One row per system that a customer can choose.';
comment on column customer.templates.rules is
'Every key of the rules with its value, in the form that intake.take_in_rule_set reads.';

create table customer.template_reasons (
    system text not null,
    reason text not null,
    phone_code text,
    label_sv text not null,
    label_no text not null,
    label_en text not null,

    constraint template_reasons_pkey primary key (system, reason),
    constraint template_reasons_system_fkey foreign key (system) references customer.templates
);

create table customer.customers (
    customer_id bigint not null,
    customer_key text not null,
    name text not null,
    time_zone text not null,
    language text not null default 'sv',
    is_active boolean not null default true,
    calendars jsonb not null default '[]',
    exchange jsonb not null default '{"kind": "table"}',
    contract jsonb,
    fence bigint not null default 0,
    horizon_at timestamptz,
    created_at timestamptz not null,

    constraint customers_pkey primary key (customer_id),
    constraint customers_customer_key_key unique (customer_key),
    constraint customers_language_is_known_check check (language in ('sv', 'no', 'en'))
);
comment on table customer.customers is 'One row per customer.';
comment on column customer.customers.calendars is 'The calendar sources, as in the customer file.';
comment on column customer.customers.exchange is 'The telephone side, as in the customer file.';
comment on column customer.customers.fence is
'The newest number given to a run; runs, loads and read-backs are numbered by it.';
comment on column customer.customers.horizon_at is
'Up to here starting absences were judged by a pass.';

-- Who holds which work: the newest fence of each kind of work counts, older ones may not write.
create table customer.work (
    customer_id bigint not null,
    work text not null,
    fence bigint not null,
    taken_at timestamptz not null,
    taken_by text not null,

    constraint work_pkey primary key (customer_id, work),
    constraint work_customer_id_fkey foreign key (customer_id) references customer.customers
);

create table customer.rule_sets (
    customer_id bigint not null,
    rule_set_version integer not null,
    system text not null,
    sync text not null,
    private text not null,
    all_day text not null,
    is_office_hours_only boolean not null,
    merge_gap interval,
    text_fields text[] not null,
    text_chosen_by text not null,
    has_user_rules boolean not null,
    is_diversion_service_required boolean not null,
    is_enabled_by_default boolean not null,
    default_reason text not null,
    default_kind customer.kind not null,
    return_time text not null,
    ring_seconds integer not null,
    days_ahead integer not null,
    extraction_digest text not null,
    resolved_digest text not null,
    settings jsonb not null,
    held_during tstzrange not null,
    applied_by text not null,

    constraint rule_sets_pkey primary key (customer_id, rule_set_version),
    constraint rule_sets_customer_id_fkey foreign key (customer_id) references customer.customers,
    constraint rule_sets_one_at_a_time_excl exclude using gist (
        customer_id with =, held_during with &&
    ),
    constraint rule_sets_sync_check check (sync in ('show_as', 'codes_first', 'codes_only')),
    constraint rule_sets_private_check check (private in ('never', 'user_choice')),
    constraint rule_sets_all_day_check check (all_day in ('skip', 'whole_day', 'office_hours')),
    constraint rule_sets_text_chosen_by_check check (text_chosen_by in ('administrator', 'user')),
    constraint rule_sets_text_fields_check check (
        text_fields <@ array['subject', 'location', 'body']
    ),
    constraint rule_sets_return_time_check check (return_time in ('absence_end', 'leave_end')),
    constraint rule_sets_ring_seconds_check check (ring_seconds between 1 and 120),
    constraint rule_sets_days_ahead_check check (days_ahead between 1 and 366),
    constraint rule_sets_merge_gap_check check (merge_gap >= interval '0')
);
comment on table customer.rule_sets is
'One row per customer and version: every rule with its value, template and overrides resolved.';
comment on column customer.rule_sets.default_kind is
'The kind where neither a code nor a table names one.';
comment on column customer.rule_sets.extraction_digest is
'Changes when something changes that decides what is kept of a booking (domain P-20).';
comment on column customer.rule_sets.resolved_digest is
'Changes when the system, its template or the customer''s own settings change.';
comment on column customer.rule_sets.settings is 'What the customer file said, before resolving.';
comment on column customer.rule_sets.held_during is
'When this version was in force; the current one has no end.';

create table customer.show_as_rules (
    customer_id bigint not null,
    rule_set_version integer not null,
    show_as customer.show_as not null,
    is_skipped boolean not null,
    reason text,
    kind customer.kind,
    decided_by text not null,

    constraint show_as_rules_pkey primary key (customer_id, rule_set_version, show_as),
    constraint show_as_rules_rule_set_version_fkey
    foreign key (customer_id, rule_set_version) references customer.rule_sets,
    constraint show_as_rules_skipped_or_used_check check (
        not (is_skipped and num_nonnulls(reason, kind) > 0)
    ),
    constraint show_as_rules_decided_by_check check (decided_by in ('template', 'administrator'))
);
comment on table customer.show_as_rules is
'One row per value of show-as: nothing, or which reason and kind; null is the default one.';

create table customer.office_hours (
    customer_id bigint not null,
    rule_set_version integer not null,
    weekday integer not null,
    opens_at interval not null,
    closes_at interval not null,

    constraint office_hours_pkey primary key (customer_id, rule_set_version, weekday),
    constraint office_hours_rule_set_version_fkey
    foreign key (customer_id, rule_set_version) references customer.rule_sets,
    constraint office_hours_weekday_check check (weekday between 1 and 7),
    constraint office_hours_opens_before_it_closes_check check (
        opens_at >= interval '0' and opens_at < closes_at and closes_at <= interval '24 hours'
    )
);
comment on table customer.office_hours is
'One row per weekday with office hours, Monday 1, on the user''s wall.';

create table customer.holidays (
    customer_id bigint not null,
    rule_set_version integer not null,
    holiday date not null,

    constraint holidays_pkey primary key (customer_id, rule_set_version, holiday),
    constraint holidays_rule_set_version_fkey
    foreign key (customer_id, rule_set_version) references customer.rule_sets
);

create table customer.announced_reasons (
    customer_id bigint not null,
    rule_set_version integer not null,
    reason text not null,
    announced_reason text not null,

    constraint announced_reasons_pkey primary key (customer_id, rule_set_version, reason),
    constraint announced_reasons_rule_set_version_fkey
    foreign key (customer_id, rule_set_version) references customer.rule_sets
);

create table customer.reasons (
    customer_id bigint not null,
    rule_set_version integer not null,
    reason text not null,
    phone_code text,
    label_sv text not null,
    label_no text not null,
    label_en text not null,

    constraint reasons_pkey primary key (customer_id, rule_set_version, reason),
    constraint reasons_rule_set_version_fkey
    foreign key (customer_id, rule_set_version) references customer.rule_sets
);

-- How codes stand in a subject. A grammar is rows, so that a new one needs no code.
create table customer.grammars (
    customer_id bigint not null,
    rule_set_version integer not null,
    grammar text not null,
    pattern text not null,
    code_groups integer[] not null,
    sign_group integer not null,

    constraint grammars_pkey primary key (customer_id, rule_set_version, grammar),
    constraint grammars_rule_set_version_fkey
    foreign key (customer_id, rule_set_version) references customer.rule_sets
);
comment on column customer.grammars.pattern is
'A regular expression over the subject in lower case and Unicode form C, spaces made plain.';
comment on column customer.grammars.code_groups is 'Which groups of the pattern may hold the code.';
comment on column customer.grammars.sign_group is
'Which group of the pattern holds the sign of the kind; 0 is none.';

create table customer.codes (
    customer_id bigint not null,
    rule_set_version integer not null,
    grammar text not null,
    code text not null,
    reason text not null,

    constraint codes_pkey primary key (customer_id, rule_set_version, grammar, code),
    constraint codes_grammar_fkey
    foreign key (customer_id, rule_set_version, grammar) references customer.grammars
);
comment on column customer.codes.code is 'In lower case and Unicode form C.';

create table customer.code_signs (
    customer_id bigint not null,
    rule_set_version integer not null,
    grammar text not null,
    sign text not null,
    kind customer.kind not null,

    constraint code_signs_pkey primary key (customer_id, rule_set_version, grammar, sign),
    constraint code_signs_grammar_fkey
    foreign key (customer_id, rule_set_version, grammar) references customer.grammars
);

create table customer.limits (
    customer_id bigint not null,
    withdrawn_share numeric not null default 0.30,
    withdrawn_share_from integer not null default 10,
    withdrawn_count integer not null default 500,
    newly_direct_share numeric not null default 0.50,
    newly_direct_from integer not null default 10,
    newly_direct_count integer not null default 500,

    constraint limits_pkey primary key (customer_id),
    constraint limits_customer_id_fkey foreign key (customer_id) references customer.customers,
    constraint limits_shares_check check (
        withdrawn_share between 0 and 1 and newly_direct_share between 0 and 1
    )
);
comment on table customer.limits is
'How much a rolling day may take, and how many phones may close at once, without approval.';

grant usage on schema customer to kk_job, kk_reader;
grant select, insert, update on all tables in schema customer to kk_job;
grant select on all tables in schema customer to kk_reader;

commit;
