-- Deploy kalenderkoppling:near_misses to pg
-- requires: calendar
-- Grammars with a kind of their own, and what looks like a code but is none (domain P-24).

begin;
set local role kk_owner;

create extension if not exists fuzzystrmatch;

alter table customer.grammars add column kind customer.kind;
comment on column customer.grammars.kind is
'The kind of a code without a sign; null is the rules'' own default.';
alter table customer.grammars add column near_patterns text[];
comment on column customer.grammars.near_patterns is
'What looks like a code of this grammar in a subject without one: what the first matches does for '
'certain; the second where its second group is one letter away from a code.';

alter table customer.codes add column is_doubtful boolean not null default false;
comment on column customer.codes.is_doubtful is
'Also an ordinary word or name: counts, and is listed where it stands behind other text.';

alter table calendar.bookings add column near_miss text;
comment on column calendar.bookings.near_miss is
'The part of the subject that looks like a code and is none, or is a doubtful one.';

-- Who else has a coded meeting: one that closes many phones.
create index bookings_booking_key_idx on calendar.bookings (customer_id, booking_key)
where code is not null;
create index booking_versions_booking_key_idx
on calendar.booking_versions (customer_id, booking_key)
where code is not null;

commit;
