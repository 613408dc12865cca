-- Deploy kalenderkoppling:telephony to pg
-- requires: roster
-- Two facts, two tables: what the exchange acknowledged, and what was seen there.

begin;
set local role kk_owner;

create schema telephony;
comment on schema telephony is 'What was placed on the telephone side, and what was seen there.';

create table telephony.placed (
    customer_id bigint not null,
    user_id bigint not null,
    absence_key uuid not null,
    extension text not null,
    kind customer.kind not null,
    reason text not null,
    announced_reason text not null,
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    back_at timestamptz not null,
    shown_text text,
    target text not null,
    ring_seconds integer not null,
    booking_keys text[] not null,
    booking_marks text[] not null,
    version_tag text,
    acknowledged_at timestamptz not null,
    seen_at timestamptz,
    missing_count integer not null default 0,

    constraint placed_pkey primary key (customer_id, user_id, absence_key),
    constraint placed_user_id_fkey foreign key (customer_id, user_id) references roster.users,
    constraint placed_ends_after_start_check check (starts_at < ends_at),
    constraint placed_one_at_a_time_excl exclude using gist (
        customer_id with =, user_id with =, tstzrange(starts_at, ends_at) with &&
    ) deferrable initially deferred
);
comment on table telephony.placed is
'One row per absence of ours on the telephone side, as the exchange acknowledged it. '
'What is pending or unknown is a change in audit.changes without an outcome.';
comment on column telephony.placed.absence_key is
'Minted when the absence was first planned; never derived.';
comment on column telephony.placed.booking_keys is
'The bookings behind it, the deciding one first.';
comment on column telephony.placed.booking_marks is 'Their versions.';
comment on column telephony.placed.seen_at is
'When a read-back first showed it; null where none did.';
comment on column telephony.placed.missing_count is
'How many whole read-backs in a row did not show it.';

create table telephony.shown (
    customer_id bigint not null,
    user_id bigint not null,
    entry_key text not null,
    absence_key uuid,
    extension text not null,
    origin text not null,
    kind customer.kind not null,
    reason text not null,
    announced_reason text,
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    back_at timestamptz,
    shown_text text,
    target text,
    ring_seconds integer,
    version_tag text,
    set_by text,
    set_at timestamptz,
    seen_at timestamptz not null,

    constraint shown_pkey primary key (customer_id, user_id, entry_key),
    constraint shown_user_id_fkey foreign key (customer_id, user_id) references roster.users,
    constraint shown_origin_check check (origin in ('calendar', 'person', 'attendant'))
);
comment on table telephony.shown is
'One row per absence seen on the telephone side, whoever made it, at the last read-back.';

create table telephony.holds (
    customer_id bigint not null,
    user_id bigint not null,
    absence_key uuid not null,
    held_from timestamptz not null,
    cause text not null,
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    booking_marks text[] not null,
    set_by text,

    constraint holds_pkey primary key (customer_id, user_id, absence_key, held_from),
    constraint holds_user_id_fkey foreign key (customer_id, user_id) references roster.users,
    constraint holds_cause_check check (cause in ('deleted_by_hand', 'changed_by_hand'))
);
comment on table telephony.holds is
'What a person deleted or changed by hand stays so until the bookings behind it change (P-4).';

grant usage on schema telephony to kk_job, kk_reader;
grant select, insert, update, delete on all tables in schema telephony to kk_job;
grant select on telephony.holds to kk_reader;

commit;
