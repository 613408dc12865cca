-- Deploy kalenderkoppling:presence to pg
-- requires: telephony
-- What colleagues were told of each extension, and how the telephone system calls that.

begin;
set local role kk_owner;

alter table customer.customers add column presence jsonb;
comment on column customer.customers.presence is
'Where presence is published, as in the customer file; null where nowhere.';

create table telephony.published (
    customer_id bigint not null,
    user_id bigint not null,
    extension text not null,
    entity_tag text not null,
    document_digest text not null,
    published_at timestamptz not null,
    expires_at timestamptz not null,

    constraint published_pkey primary key (customer_id, user_id, extension),
    constraint published_user_id_fkey
    foreign key (customer_id, user_id) references roster.users,
    constraint published_expires_after_publishing_check check (published_at < expires_at)
);
comment on table telephony.published is
'One row per extension whose presence stands on the telephone side (RFC 3903).';
comment on column telephony.published.customer_id is 'Whose telephone system.';
comment on column telephony.published.user_id is 'Whose presence.';
comment on column telephony.published.extension is 'The extension that it is told of.';
comment on column telephony.published.entity_tag is
'The telephone system''s name for it, which the next change must tell.';
comment on column telephony.published.document_digest is 'SHA-256 of what was published.';
comment on column telephony.published.published_at is
'When it was published, or kept for longer, last.';
comment on column telephony.published.expires_at is
'When the telephone system forgets it by itself.';

grant select, insert, update, delete on telephony.published to kk_job;

commit;
