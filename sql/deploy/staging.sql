-- Deploy kalenderkoppling:staging to pg
-- requires: roster
-- What a load brings, for the length of one transaction. The only place of booking text.

begin;
set local role kk_owner;

create schema staging;
comment on schema staging is 'What a load brings; rows live for one transaction.';

create unlogged table staging.bookings (
    customer_id bigint not null,
    load_id bigint not null,
    user_id bigint not null,
    calendar_id integer not null,
    booking_key text not null,
    resource_key text not null,
    starts_at timestamptz,
    ends_at timestamptz,
    start_date date,
    end_date date,
    show_as customer.show_as not null,
    sensitivity customer.sensitivity not null,
    response customer.response not null,
    is_cancelled boolean not null,
    subject text,
    location text,
    body text,
    is_choice boolean not null,
    is_choice_skip boolean not null,
    choice_reason text,
    choice_kind customer.kind,

    constraint bookings_timed_or_all_day_check check (
        num_nonnulls(starts_at, ends_at) in (0, 2)
        and num_nonnulls(start_date, end_date) = 2 - num_nonnulls(starts_at, ends_at)
    )
);
comment on table staging.bookings is 'One row per occurrence that a load brought.';

create unlogged table staging.coverage (
    customer_id bigint not null,
    load_id bigint not null,
    user_id bigint not null,
    calendar_id integer not null,
    scope text not null,
    is_prefix boolean not null,
    window_start timestamptz not null,
    window_end timestamptz not null
);
comment on table staging.coverage is
'What a load brought whole: all resources that begin with the scope, or just that one.';

create unlogged table staging.resources (
    customer_id bigint not null,
    load_id bigint not null,
    user_id bigint not null,
    calendar_id integer not null,
    resource_key text not null,
    mark text not null
);

create unlogged table staging.quarantine (
    customer_id bigint not null,
    load_id bigint not null,
    user_id bigint not null,
    calendar_id integer not null,
    resource_key text not null,
    booking_key text,
    reason text not null,
    is_degraded boolean not null
);

create unlogged table staging.cursors (
    customer_id bigint not null,
    load_id bigint not null,
    user_id bigint not null,
    calendar_id integer not null,
    generation bigint not null,
    cursor text,
    byte_count bigint not null,
    failures text[] not null
);
comment on table staging.cursors is
'One row per calendar that answered: where its next load starts.';
comment on column staging.cursors.generation is 'Of roster.calendars, when this load began.';

create unlogged table staging.roster (
    customer_id bigint not null,
    row_number integer not null,
    user_key text not null,
    name text not null,
    extension text not null,
    time_zone text not null,
    language text not null,
    mail_addresses text[] not null,
    has_calendar boolean not null,
    has_diversion boolean not null,
    calendar_sources text[] not null,
    calendar_addresses text[] not null
);

create unlogged table staging.shown (
    customer_id bigint not null,
    read_back_id bigint not null,
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
    set_at timestamptz
);

grant usage on schema staging to kk_job;
grant select, insert, delete on all tables in schema staging to kk_job;

commit;
