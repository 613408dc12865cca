-- Deploy kalenderkoppling:past to pg
-- requires: telephony
-- requires: calendar
-- requires: exchanges
-- requires: access
-- What stood earlier: of what was placed, of what was shown, and which calendars counted.
--
-- Versions keep no text: what was shown of a booking goes with it.

begin;
set local role kk_owner;

alter table telephony.placed
add column held_from timestamptz not null default '-infinity';
comment on column telephony.placed.held_from is
'Since when this was taken to stand so; -infinity where that was not written down.';
update telephony.placed
set held_from = acknowledged_at;

create table telephony.placed_versions (
    customer_id bigint not null,
    user_id bigint not null,
    absence_key uuid not null,
    held_during tstzrange not null,
    ended_by text not null,
    extension text not null,
    kind customer.kind not null,
    reason text not null,
    announced_reason text not null,
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    back_at timestamptz not null,
    target text not null,
    ring_seconds integer not null,
    booking_keys text[] not null,
    booking_marks text[] not null,
    acknowledged_at timestamptz not null,
    is_unconfirmed boolean not null,
    constraint placed_versions_pkey primary key (customer_id, user_id, absence_key, held_during),
    constraint placed_versions_ended_by_check check (
        ended_by in (
            'changed', 'bookings', 'withdrawn', 'changed_by_hand', 'deleted_by_hand',
            'not_found', 'lost', 'expired'
        )
    )
);
comment on table telephony.placed_versions is
'How a placed absence stood earlier, when it was taken to stand so, and what ended that.';
comment on column telephony.placed_versions.customer_id is 'Whose absence it was.';
comment on column telephony.placed_versions.user_id is 'On whose phone.';
comment on column telephony.placed_versions.absence_key is 'As in telephony.placed.';
comment on column telephony.placed_versions.held_during is
'From when until when it was taken to stand so.';
comment on column telephony.placed_versions.ended_by is
'changed: another content was acknowledged. bookings: the same absence, other bookings behind it. '
'withdrawn: acknowledged. changed_by_hand, deleted_by_hand: found to be. not_found: looked for '
'after an unknown outcome, and not there. lost: gone without a person''s doing, and placed again. '
'expired: it had ended long ago.';
comment on column telephony.placed_versions.extension is 'Where it stood.';
comment on column telephony.placed_versions.kind is 'What it did to calls.';
comment on column telephony.placed_versions.reason is 'What attendants saw.';
comment on column telephony.placed_versions.announced_reason is 'What callers heard.';
comment on column telephony.placed_versions.starts_at is 'When it was to begin.';
comment on column telephony.placed_versions.ends_at is 'When it was to end.';
comment on column telephony.placed_versions.back_at is 'When callers heard the person is back.';
comment on column telephony.placed_versions.target is 'Where diverted callers went.';
comment on column telephony.placed_versions.ring_seconds is
'How long an open diversion rang first.';
comment on column telephony.placed_versions.booking_keys is
'The bookings behind it, the deciding one first.';
comment on column telephony.placed_versions.booking_marks is 'Their marks, in the same order.';
comment on column telephony.placed_versions.acknowledged_at is
'When the exchange had acknowledged it.';
comment on column telephony.placed_versions.is_unconfirmed is
'Whether nobody knew if it stood, where the system cannot be read.';

alter table telephony.shown
add column held_from timestamptz not null default '-infinity';
comment on column telephony.shown.held_from is
'Since which read-back it looks so; -infinity where that was not written down.';
update telephony.shown
set held_from = seen_at;

create table telephony.shown_versions (
    customer_id bigint not null,
    user_id bigint not null,
    entry_key text not null,
    held_during tstzrange not null,
    ended_by text not null,
    absence_key uuid,
    extension text not null,
    origin text not null,
    kind customer.kind not null,
    reason text not null,
    announced_reason text,
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    back_at timestamptz,
    target text,
    ring_seconds integer,
    set_by text,
    set_at timestamptz,
    constraint shown_versions_pkey primary key (customer_id, user_id, entry_key, held_during),
    constraint shown_versions_ended_by_check check (ended_by in ('changed', 'gone', 'expired'))
);
comment on table telephony.shown_versions is
'How an absence was seen on the telephone side earlier, and what the read-back after found.';
comment on column telephony.shown_versions.customer_id is 'Whose telephone side.';
comment on column telephony.shown_versions.user_id is 'On whose phone.';
comment on column telephony.shown_versions.entry_key is 'As in telephony.shown.';
comment on column telephony.shown_versions.held_during is
'From the read-back that first showed it so, to the one that no longer did.';
comment on column telephony.shown_versions.ended_by is
'changed: it looked otherwise. gone: it was missing in a whole read-back. expired: it had ended '
'long ago.';
comment on column telephony.shown_versions.absence_key is 'Our key, where it carried one.';
comment on column telephony.shown_versions.extension is 'Where it stood.';
comment on column telephony.shown_versions.origin is 'calendar, person or attendant.';
comment on column telephony.shown_versions.kind is 'What it did to calls.';
comment on column telephony.shown_versions.reason is 'What attendants saw.';
comment on column telephony.shown_versions.announced_reason is
'What callers heard, where the telephone side tells.';
comment on column telephony.shown_versions.starts_at is 'When it began.';
comment on column telephony.shown_versions.ends_at is 'When it was to end.';
comment on column telephony.shown_versions.back_at is
'When callers heard the person is back, where the telephone side tells.';
comment on column telephony.shown_versions.target is
'Where diverted callers went, where the telephone side tells.';
comment on column telephony.shown_versions.ring_seconds is
'How long it rang first, where the telephone side tells.';
comment on column telephony.shown_versions.set_by is 'Who set it, where the telephone side tells.';
comment on column telephony.shown_versions.set_at is 'When, where the telephone side tells.';

alter table roster.calendars
add column held_from timestamptz not null default '-infinity';
comment on column roster.calendars.held_from is
'Since when the roster names it, or no longer does; -infinity where that was not written down.';

create table roster.calendar_versions (
    customer_id bigint not null,
    user_id bigint not null,
    calendar_id integer not null,
    held_during tstzrange not null,
    is_active boolean not null,
    constraint calendar_versions_pkey
    primary key (customer_id, user_id, calendar_id, held_during),
    constraint calendar_versions_calendar_id_fkey
    foreign key (customer_id, user_id, calendar_id) references roster.calendars
);
comment on table roster.calendar_versions is
'When the roster named a calendar that it no longer names, or names again.';
comment on column roster.calendar_versions.customer_id is 'Whose user.';
comment on column roster.calendar_versions.user_id is 'Whose calendar.';
comment on column roster.calendar_versions.calendar_id is 'Which, as in roster.calendars.';
comment on column roster.calendar_versions.held_during is 'From when until when it was so.';
comment on column roster.calendar_versions.is_active is 'Whether the roster named it.';

alter table calendar.cursors
add column first_whole_at timestamptz;
comment on column calendar.cursors.first_whole_at is
'When it first answered a full load whole; -infinity where that was not written down.';
update calendar.cursors
set first_whole_at = '-infinity'
where whole_at is not null;

grant select, insert on
telephony.placed_versions,
telephony.shown_versions,
roster.calendar_versions to kk_job;
grant select on roster.calendar_versions to kk_reader;
select customer.secure('telephony.placed_versions');
select customer.secure('telephony.shown_versions');
select customer.secure('roster.calendar_versions');

commit;
