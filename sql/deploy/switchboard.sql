-- Deploy kalenderkoppling:switchboard to pg
-- The telephone side of the exchange `table`: what a PBX reads to answer a call.
--
-- It leans on no other schema, so that it can stand in a database of its own
-- (jobs/deploy-schema --switchboard-only).

begin;
set local role kk_owner;

create extension if not exists btree_gist;

create schema switchboard;
comment on schema switchboard is
'What the telephone system reads: who is away, why and until when.';

create type switchboard.kind as enum ('information', 'open', 'direct');
create type switchboard.origin as enum ('calendar', 'person', 'attendant');

create table switchboard.extensions (
    customer_key text not null,
    extension text not null,
    display_name text not null,
    language text not null default 'sv',
    time_zone text not null default 'Europe/Stockholm',
    is_attendant boolean not null default false,

    constraint extensions_pkey primary key (customer_key, extension),
    constraint extensions_extension_is_digits_check check (extension ~ '^[0-9]{2,15}$'),
    constraint extensions_language_is_known_check check (language in ('sv', 'no', 'en'))
);
comment on table switchboard.extensions is 'One row per extension that can be away.';

create table switchboard.absences (
    customer_key text not null,
    absence_key uuid not null,
    extension text not null,
    kind switchboard.kind not null,
    reason text not null,
    announced_reason text not null,
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    back_at timestamptz not null,
    shown_text text,
    target text not null default 'announcement',
    ring_seconds integer not null default 15,
    origin switchboard.origin not null,
    set_by text,
    set_at timestamptz not null,
    version bigint not null default 1,

    constraint absences_pkey primary key (customer_key, absence_key),
    constraint absences_ends_after_start_check check (starts_at < ends_at),
    constraint absences_target_is_known_check check (
        target ~ '^(announcement|voicemail|number:\+?[0-9]{2,15})$'
    ),
    constraint absences_ring_seconds_check check (ring_seconds between 1 and 120),
    -- Ours never overlap for one extension. Judged at the end of the transaction, so that two
    -- that swap places go through. A person's own may stand beside them.
    constraint absences_calendar_one_at_a_time_excl exclude using gist (
        customer_key with =,
        extension with =,
        tstzrange(starts_at, ends_at) with &&
    ) where (origin = 'calendar') deferrable initially deferred
);
comment on table switchboard.absences is
'One row per absence, whoever made it; only those of origin calendar are Kalenderkoppling''s.';
comment on column switchboard.absences.absence_key is
'For origin calendar the key that Kalenderkoppling minted.';
comment on column switchboard.absences.back_at is 'The return time that callers hear.';
comment on column switchboard.absences.version is 'Counts every change, whoever made it.';
create index absences_extension_idx on switchboard.absences (customer_key, extension, ends_at);

create table switchboard.fences (
    customer_key text not null,
    fence bigint not null,

    constraint fences_pkey primary key (customer_key)
);
comment on table switchboard.fences is
'The newest run that wrote here; a batch of an older run is refused.';

create function switchboard.count_version() returns trigger language plpgsql as $$
begin
    new.version := old.version + 1;
    return new;
end
$$;

-- People write here as well as the reconciler, and must not forget to count.
create trigger absences_count_version before update on switchboard.absences
for each row execute function switchboard.count_version();

create view switchboard.in_force as
select
    customer_key,
    extension,
    absence_key,
    kind,
    reason,
    announced_reason,
    starts_at,
    ends_at,
    back_at,
    shown_text,
    target,
    ring_seconds,
    origin,
    set_by,
    -- Of those that stand at one instant the first counts: a person's own before the
    -- calendar's, then the stricter kind, then the one that lasts longest.
    row_number() over (
        partition by customer_key, extension
        order by (origin = 'calendar') asc, kind desc, ends_at desc, absence_key asc
    ) as rank
from switchboard.absences
where starts_at <= statement_timestamp() and ends_at > statement_timestamp();
comment on view switchboard.in_force is
'Absences in force at this instant; rank 1 is what counts for a call, a person''s own wins.';

-- The one question of a PBX: what now for this extension? No row where calls ring as usual.
-- PL/pgSQL because its plans are kept for the session, while a proxy sends plain text.
-- Attendants ring through.
create function switchboard.absence_route(
    customer text,
    called text,
    caller text default '',
    at timestamptz default statement_timestamp()
)
returns table (
    kind text,
    reason text,
    until text,
    ring_ms integer,
    target text,
    shown_text text,
    language text,
    display_name text
)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
    return query
    select
        held.kind::text,
        held.announced_reason,
        to_char(held.back_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
        held.ring_seconds * 1000,
        held.target,
        coalesce(held.shown_text, ''),
        extensions.language,
        extensions.display_name
    from switchboard.absences as held
    inner join switchboard.extensions
        on held.customer_key = extensions.customer_key and held.extension = extensions.extension
    where held.customer_key = absence_route.customer
        and held.extension = absence_route.called
        and held.starts_at <= absence_route.at
        and held.ends_at > absence_route.at
        and not exists (
            select from switchboard.extensions as calling
            where calling.customer_key = absence_route.customer
                and calling.extension = absence_route.caller
                and calling.is_attendant
        )
    order by (held.origin = 'calendar'), held.kind desc, held.ends_at desc, held.absence_key
    limit 1;
end
$$;
comment on function switchboard.absence_route is
'What now for this extension: the absence that counts for a call, or no row.';

grant usage on schema switchboard to kk_job, kk_pbx, kk_reader;
grant select, insert, update, delete on
switchboard.absences, switchboard.extensions, switchboard.fences to kk_job;
grant select on switchboard.in_force to kk_job, kk_pbx;
-- Readers see no text of any booking.
grant select (
    customer_key, extension, absence_key, kind, reason, announced_reason, starts_at, ends_at,
    back_at, target, ring_seconds, origin, set_by, rank
) on switchboard.in_force to kk_reader;
revoke execute on function switchboard.absence_route from public;
grant execute on function switchboard.absence_route to kk_pbx, kk_job;

commit;
