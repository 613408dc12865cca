-- Deploy kalenderkoppling:histories to pg
-- requires: audit_months
-- requires: access
-- requires: past
-- How settings stood earlier and who changed them; how long that is kept; and indexes for what
-- people ask of the audit.

begin;
set local role kk_owner;

create table customer.customer_versions (
    customer_id bigint not null,
    held_during tstzrange not null,
    settings jsonb not null,
    applied_by text not null,

    constraint customer_versions_pkey primary key (customer_id, held_during),
    constraint customer_versions_customer_id_fkey
    foreign key (customer_id) references customer.customers,
    constraint customer_versions_one_at_a_time_excl exclude using gist (
        customer_id with =, held_during with &&
    )
);
comment on table customer.customer_versions is
'One row per customer and version of its file, without the rules: those are in customer.rule_sets.';
comment on column customer.customer_versions.customer_id is 'Whose file.';
comment on column customer.customer_versions.held_during is
'When this version counted; the current one has no end.';
comment on column customer.customer_versions.settings is
'What the file said: calendars, groups, exchange, presence, contract, limits, retention.';
comment on column customer.customer_versions.applied_by is 'Who took it in.';

create table customer.retentions (
    customer_id bigint not null,
    purpose text not null,
    months integer not null,

    constraint retentions_pkey primary key (customer_id, purpose),
    constraint retentions_customer_id_fkey foreign key (customer_id) references customer.customers,
    constraint retentions_months_check check (months between 1 and 240)
);
comment on table customer.retentions is
'One row per purpose that a customer file names: how long is kept what is kept for it. What it '
'leaves out has the months of intake.retentions.';
comment on column customer.retentions.customer_id is 'Whose.';
comment on column customer.retentions.purpose is 'What for: audit, versions.';
comment on column customer.retentions.months is 'For how many months.';

alter table roster.user_versions
add column mail_addresses text[] not null default '{}',
add column changed_by text;
comment on column roster.user_versions.mail_addresses is
'By which directories knew the user; empty also where that was not kept yet.';
comment on column roster.user_versions.changed_by is
'Who ended this version: who imported the roster, read the groups or took the file in.';

alter table roster.preference_versions add column applied_by text;
comment on column roster.preference_versions.applied_by is 'Who made this version.';

create extension if not exists btree_gin;
create index changes_booking_keys_idx on audit.changes using gin (customer_id, booking_keys);
create index changes_extension_idx on audit.changes (
    customer_id, coalesce(after ->> 'extension', before ->> 'extension'), planned_at
);
create index changes_undone_idx on audit.changes (customer_id, planned_at)
where outcome in ('failed', 'conflict', 'found_undone');
create index runs_started_at_idx on audit.runs (customer_id, started_at);
create index loads_started_at_idx on audit.loads (customer_id, started_at);
create index read_backs_read_at_idx on audit.read_backs (customer_id, read_at);

grant select, insert, update on customer.customer_versions, customer.retentions to kk_job;
grant delete on customer.retentions to kk_job;
grant select on customer.customer_versions, customer.retentions to kk_reader;
select customer.secure('customer.customer_versions');
select customer.secure('customer.retentions');

commit;
