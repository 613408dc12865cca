-- Deploy kalenderkoppling:roster to pg
-- requires: customer
-- Users, their calendars and their own preferences.

begin;
set local role kk_owner;

create schema roster;
comment on schema roster is 'Who takes part: users, their calendars and their own preferences.';

create table roster.users (
    customer_id bigint not null,
    user_id bigint not null,
    user_key text not null,
    name text not null,
    extension text not null,
    time_zone text not null,
    language text not null,
    mail_addresses text[] not null default '{}',
    has_calendar boolean not null,
    has_diversion boolean not null,
    is_active boolean not null default true,
    held_from timestamptz not null,

    constraint users_pkey primary key (customer_id, user_id),
    constraint users_user_key_key unique (customer_id, user_key),
    constraint users_customer_id_fkey foreign key (customer_id) references customer.customers,
    constraint users_extension_is_digits_check check (extension ~ '^[0-9]{2,15}$'),
    constraint users_language_is_known_check check (language in ('sv', 'no', 'en')),
    -- Two active users of one customer never share an extension; two may swap in one import.
    constraint users_extension_excl exclude using gist (
        customer_id with =, extension with =
    ) where (is_active) deferrable initially deferred
);
comment on table roster.users is 'One row per user of a customer, as the newest roster tells.';
comment on column roster.users.is_active is 'False for a user who is no longer in the roster.';
comment on column roster.users.held_from is 'Since when the row is as it is.';

create table roster.user_versions (
    customer_id bigint not null,
    user_id bigint not null,
    held_during tstzrange not null,
    user_key text not null,
    name text not null,
    extension text not null,
    time_zone text not null,
    language text not null,
    has_calendar boolean not null,
    has_diversion boolean not null,
    is_active boolean not null,

    constraint user_versions_pkey primary key (customer_id, user_id, held_during),
    constraint user_versions_user_id_fkey
    foreign key (customer_id, user_id) references roster.users
);
comment on table roster.user_versions is 'How a user''s row stood earlier, and when.';

create table roster.calendars (
    customer_id bigint not null,
    user_id bigint not null,
    calendar_id integer not null,
    source text not null,
    address text not null,
    is_active boolean not null default true,
    generation bigint not null default 0,

    constraint calendars_pkey primary key (customer_id, user_id, calendar_id),
    constraint calendars_address_key unique (customer_id, user_id, source, address),
    constraint calendars_user_id_fkey foreign key (customer_id, user_id) references roster.users
);
comment on table roster.calendars is 'One row per calendar of a user.';
comment on column roster.calendars.source is 'The name of the source in the customer file.';
comment on column roster.calendars.generation is
'Counts how often it was to be loaded afresh: a load of an earlier generation leaves no cursor.';
comment on column roster.calendars.address is
'Where the source finds it, in the source''s own terms.';

create table roster.preferences (
    customer_id bigint not null,
    user_id bigint not null,
    is_enabled boolean,
    is_codes_only boolean,
    default_reason text,
    has_no_diversion boolean,
    text_fields text[],
    uses_private boolean,
    uses_free boolean,
    uses_tentative boolean,
    settings jsonb not null default '{}',

    constraint preferences_pkey primary key (customer_id, user_id),
    constraint preferences_user_id_fkey foreign key (customer_id, user_id) references roster.users
);
comment on table roster.preferences is 'A user''s own rules; null is no wish.';

create table roster.preference_versions (
    customer_id bigint not null,
    user_id bigint not null,
    held_during tstzrange not null,
    settings jsonb not null,

    constraint preference_versions_pkey primary key (customer_id, user_id, held_during),
    constraint preference_versions_user_id_fkey
    foreign key (customer_id, user_id) references roster.users
);

create table roster.show_as_preferences (
    customer_id bigint not null,
    user_id bigint not null,
    show_as customer.show_as not null,
    is_skipped boolean not null,
    reason text,
    kind customer.kind,

    constraint show_as_preferences_pkey primary key (customer_id, user_id, show_as),
    constraint show_as_preferences_user_id_fkey
    foreign key (customer_id, user_id) references roster.preferences,
    constraint show_as_preferences_skipped_or_used_check check (
        not (is_skipped and num_nonnulls(reason, kind) > 0)
    )
);

create table roster.announced_reasons (
    customer_id bigint not null,
    user_id bigint not null,
    reason text not null,
    announced_reason text not null,

    constraint announced_reasons_pkey primary key (customer_id, user_id, reason),
    constraint announced_reasons_user_id_fkey
    foreign key (customer_id, user_id) references roster.preferences
);

create table roster.targets (
    customer_id bigint not null,
    user_id bigint not null,
    reason text not null,
    target_type customer.target_type not null,
    target_number text,

    constraint targets_pkey primary key (customer_id, user_id, reason),
    constraint targets_user_id_fkey
    foreign key (customer_id, user_id) references roster.preferences,
    constraint targets_number_where_number_check check (
        (target_type = 'number') = (target_number is not null)
    )
);
comment on table roster.targets is
'Where callers go, per user and reason; no row is the announcement.';

grant usage on schema roster to kk_job, kk_reader;
grant select, insert, update on all tables in schema roster to kk_job;
grant delete on
roster.preferences,
roster.show_as_preferences,
roster.announced_reasons,
roster.targets to kk_job;
grant select on all tables in schema roster to kk_reader;

commit;
