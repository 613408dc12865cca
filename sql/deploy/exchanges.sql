-- Deploy kalenderkoppling:exchanges to pg
-- requires: telephony audit
-- What each telephone system can express, whether it answers, and what of an absence it cannot say.

begin;
set local role kk_owner;

create table telephony.exchanges (
    customer_id bigint not null,
    kinds customer.kind[] not null,
    targets text[] not null,
    has_future_start boolean not null,
    ends_by_itself boolean not null,
    end_reach text not null,
    entries_per_user integer,
    time_grain integer not null,
    text_length integer,
    has_ring_seconds boolean not null,
    has_return_time boolean not null,
    reasons text[],
    default_reason text,
    is_readable boolean not null,
    is_complete boolean not null generated always as (
        kinds @> array['information', 'open', 'direct']::customer.kind[]
        and targets @> array['announcement', 'voicemail', 'number']
        and has_future_start and ends_by_itself and end_reach = 'any'
        and entries_per_user is null and time_grain = 1 and text_length is null
        and has_ring_seconds and has_return_time and reasons is null
    ) stored,
    learned_at timestamptz not null,
    boundaries_at timestamptz,

    constraint exchanges_pkey primary key (customer_id),
    constraint exchanges_customer_id_fkey foreign key (customer_id) references customer.customers,
    constraint exchanges_end_reach_check check (end_reach in ('any', 'today')),
    constraint exchanges_counts_are_positive_check check (
        entries_per_user > 0 and time_grain > 0 and text_length >= 0
    )
);
comment on table telephony.exchanges is
'One row per customer whose telephone system has told what it can express.';
comment on column telephony.exchanges.customer_id is 'Whose telephone system.';
comment on column telephony.exchanges.kinds is 'The kinds of absence that it knows.';
comment on column telephony.exchanges.targets is
'Where it can send diverted callers: announcement, voicemail, number.';
comment on column telephony.exchanges.has_future_start is
'Whether an absence can be placed before it starts.';
comment on column telephony.exchanges.ends_by_itself is
'Whether an absence ends by the system''s own clock.';
comment on column telephony.exchanges.end_reach is
'How far ahead an end may lie: any, or today, where it is told as a time of day.';
comment on column telephony.exchanges.entries_per_user is
'How many absences an extension can have; null for any number.';
comment on column telephony.exchanges.time_grain is 'The step of its times, in seconds.';
comment on column telephony.exchanges.text_length is
'How many characters of text it shows; null for any number.';
comment on column telephony.exchanges.has_ring_seconds is
'Whether an open diversion may ring for a time of its own.';
comment on column telephony.exchanges.has_return_time is
'Whether callers may hear another return than the end.';
comment on column telephony.exchanges.reasons is 'The reasons that it knows; null for all.';
comment on column telephony.exchanges.default_reason is 'What it gets for any other reason.';
comment on column telephony.exchanges.is_readable is
'Whether what stands there can be read back.';
comment on column telephony.exchanges.is_complete is
'Whether it can express every absence, so that nothing has to be fitted to it.';
comment on column telephony.exchanges.learned_at is 'When it last told something new.';
comment on column telephony.exchanges.boundaries_at is
'Up to when starts and ends have marked their users, where nothing can be placed ahead.';

create table audit.outages (
    customer_id bigint not null,
    began_at timestamptz not null,
    last_tried_at timestamptz not null,
    ended_at timestamptz,
    try_count integer not null default 1,
    failure text not null,

    constraint outages_pkey primary key (customer_id, began_at),
    constraint outages_customer_id_fkey foreign key (customer_id) references customer.customers
);
comment on table audit.outages is
'One row per stretch of time in which a telephone system did not answer.';
comment on column audit.outages.customer_id is 'Whose telephone system.';
comment on column audit.outages.began_at is 'When a pass first found it so.';
comment on column audit.outages.last_tried_at is 'When a pass last found it so.';
comment on column audit.outages.ended_at is 'When it answered again; null while it does not.';
comment on column audit.outages.try_count is 'How many passes found it so.';
comment on column audit.outages.failure is 'What happened at the last try, and what to do.';

alter table telephony.placed add column is_unconfirmed boolean not null default false;
comment on column telephony.placed.is_unconfirmed is
'Whether nobody knows if it stands, where the system cannot be read: it is placed once more.';

alter table audit.changes add column losses text[] not null default '{}';
comment on column audit.changes.losses is
'What of the wanted absence the telephone system cannot express, by name.';

grant select, insert, update, delete on telephony.exchanges to kk_job;
grant select, insert on audit.outages to kk_job;
grant update (last_tried_at, ended_at, try_count, failure) on audit.outages to kk_job;
grant select on telephony.exchanges, audit.outages to kk_reader;
grant select (losses) on audit.changes to kk_reader;

commit;
