-- Deploy kalenderkoppling:calendar to pg
-- requires: roster
-- Bookings as they stand, minimised; how they stood earlier; and who must be looked at again.

begin;
set local role kk_owner;

create schema calendar;
comment on schema calendar is 'Bookings as they stand and stood, without text that no rule shows.';

create table calendar.bookings (
    customer_id bigint not null,
    user_id bigint not null,
    calendar_id integer not null,
    booking_key text not null,
    resource_key text not null,
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    start_date date,
    end_date date,
    show_as customer.show_as,
    sensitivity customer.sensitivity not null,
    response customer.response,
    is_cancelled boolean not null,
    code text,
    code_reason text,
    code_kind customer.kind,
    shown_text text,
    is_choice boolean not null,
    is_choice_skip boolean not null,
    choice_reason text,
    choice_kind customer.kind,
    mark bytea not null,
    rule_set_version integer not null,
    load_id bigint not null,
    held_from timestamptz not null,

    constraint bookings_pkey
    primary key (customer_id, user_id, calendar_id, resource_key, booking_key),
    constraint bookings_calendar_id_fkey
    foreign key (customer_id, user_id, calendar_id) references roster.calendars,
    constraint bookings_end_not_before_start_check check (starts_at <= ends_at),
    constraint bookings_dates_together_check check (num_nonnulls(start_date, end_date) <> 1)
);
comment on table calendar.bookings is 'One row per occurrence in a user''s calendar, as last seen.';
comment on column calendar.bookings.start_date is
'Set for all-day bookings: the user''s local date.';
comment on column calendar.bookings.code is 'The code found in the subject, with its sign.';
comment on column calendar.bookings.shown_text is
'The text that the rules show; all other text was dropped.';
comment on column calendar.bookings.mark is
'A hash of the minimised row: two loads that agree write nothing.';
create index bookings_end_idx on calendar.bookings (customer_id, ends_at);

create table calendar.booking_versions (
    customer_id bigint not null,
    user_id bigint not null,
    calendar_id integer not null,
    resource_key text not null,
    booking_key text not null,
    held_during tstzrange not null,
    ended_by text not null,
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    start_date date,
    end_date date,
    show_as customer.show_as,
    sensitivity customer.sensitivity not null,
    response customer.response,
    is_cancelled boolean not null,
    code text,
    code_reason text,
    code_kind customer.kind,
    shown_text text,
    is_choice boolean not null,
    is_choice_skip boolean not null,
    choice_reason text,
    choice_kind customer.kind,
    mark bytea not null,
    rule_set_version integer not null,
    load_id bigint not null,

    constraint booking_versions_pkey
    primary key (customer_id, user_id, calendar_id, resource_key, booking_key, held_during),
    constraint booking_versions_ended_by_check check (
        ended_by in ('changed', 'vanished', 'pruned')
    )
);
comment on table calendar.booking_versions is
'How a booking stood earlier, when, and what ended that.';

create table calendar.resources (
    customer_id bigint not null,
    user_id bigint not null,
    calendar_id integer not null,
    resource_key text not null,
    mark text not null,

    constraint resources_pkey primary key (customer_id, user_id, calendar_id, resource_key),
    constraint resources_calendar_id_fkey
    foreign key (customer_id, user_id, calendar_id) references roster.calendars
);
comment on table calendar.resources is
'One row per file or collection member with the mark it had when read.';

create table calendar.cursors (
    customer_id bigint not null,
    user_id bigint not null,
    calendar_id integer not null,
    cursor text,
    rule_set_version integer not null,
    loaded_at timestamptz not null,
    whole_at timestamptz,
    failed_at timestamptz,
    failure text,

    constraint cursors_pkey primary key (customer_id, user_id, calendar_id),
    constraint cursors_calendar_id_fkey
    foreign key (customer_id, user_id, calendar_id) references roster.calendars
);
comment on table calendar.cursors is
'One row per calendar: where its next load starts and how the last one went.';
comment on column calendar.cursors.cursor is
'Opaque, of the source; null where only a full load can follow.';
comment on column calendar.cursors.loaded_at is 'When it last answered.';
comment on column calendar.cursors.whole_at is 'When it last answered a full load whole.';
comment on column calendar.cursors.failure is
'What went wrong last, where nothing went right since.';

create table calendar.quarantine (
    customer_id bigint not null,
    user_id bigint not null,
    calendar_id integer not null,
    resource_key text not null,
    booking_key text not null default '',
    reason text not null,
    is_degraded boolean not null,
    since timestamptz not null,

    constraint quarantine_pkey
    primary key (customer_id, user_id, calendar_id, resource_key, booking_key),
    constraint quarantine_calendar_id_fkey
    foreign key (customer_id, user_id, calendar_id) references roster.calendars
);
comment on table calendar.quarantine is
'What could not be read, and why; a booking key of '''' means the whole resource.';
comment on column calendar.quarantine.is_degraded is
'The booking counts all the same, with less than its whole meaning.';

create table calendar.touched (
    customer_id bigint not null,
    user_id bigint not null,
    cause text not null,
    since timestamptz not null,
    times bigint not null default 1,

    constraint touched_pkey primary key (customer_id, user_id, cause),
    constraint touched_user_id_fkey foreign key (customer_id, user_id) references roster.users
);
comment on table calendar.touched is
'Users whose wanted state may have changed since they last converged, and why.';
comment on column calendar.touched.times is
'Counts the marks, so that a pass takes away only what it saw.';

grant usage on schema calendar to kk_job, kk_reader;
grant select, insert, update, delete on all tables in schema calendar to kk_job;
grant select on calendar.cursors, calendar.quarantine, calendar.touched to kk_reader;

commit;
