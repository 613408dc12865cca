-- Deploy kalenderkoppling:pbx to pg
-- requires: switchboard_batches
-- What a SIP telephone system asks for each call. It gets the address to send the call to, ready
-- for use.

begin;
set local role kk_owner;

create table switchboard.settings (
    customer_key text not null,
    sip_domain text not null,
    announcement text not null default '127.0.0.1:5080',
    voicemail text not null default '127.0.0.1:5085',
    trunk text,
    proxy_mode text not null default 'forward',

    constraint settings_pkey primary key (customer_key),
    constraint settings_sip_domain_is_a_host_check check (sip_domain ~ '^[A-Za-z0-9.-]{1,200}$'),
    constraint settings_announcement_is_an_address_check check (
        announcement ~ '^[A-Za-z0-9.-]{1,200}(:[0-9]{1,5})?$'
    ),
    constraint settings_voicemail_is_an_address_check check (
        voicemail ~ '^[A-Za-z0-9.-]{1,200}(:[0-9]{1,5})?$'
    ),
    constraint settings_trunk_is_an_address_check check (
        trunk ~ '^[A-Za-z0-9.-]{1,200}(:[0-9]{1,5})?$'
    ),
    constraint settings_proxy_mode_is_known_check check (proxy_mode in ('forward', 'redirect'))
);
comment on table switchboard.settings is
'One row per customer with a SIP telephone system; without it no call is diverted.';
comment on column switchboard.settings.customer_key is 'The customer.';
comment on column switchboard.settings.sip_domain is 'The host part of the extensions'' addresses.';
comment on column switchboard.settings.announcement is
'Host and port of what speaks to callers (RFC 4240).';
comment on column switchboard.settings.voicemail is
'Host and port of the voicemail; the extension is the user part.';
comment on column switchboard.settings.trunk is
'Host and port that take numbers which are no extensions; null where the PBX takes them itself.';
comment on column switchboard.settings.proxy_mode is
'Whether the PBX sends a diverted call on (forward) or tells the caller''s side to (redirect).';

create function switchboard.uri_escaped(given text) returns text
language plpgsql immutable strict parallel safe set search_path = pg_catalog, pg_temp as $$
begin
    return (
        select coalesce(
            string_agg(
                case
                    when letter ~ '[A-Za-z0-9._-]' then letter
                    else regexp_replace(
                        upper(encode(convert_to(letter, 'UTF8'), 'hex')), '(..)', '%\1', 'g'
                    )
                end,
                '' order by place
            ),
            ''
        )
        from regexp_split_to_table(uri_escaped.given, '')
            with ordinality as letters (letter, place)
    );
end
$$;
comment on function switchboard.uri_escaped is
'As it may stand in a SIP address and a header: UTF-8, of which much is escaped.';

-- What now for a call to this extension, and where does it go? No row where it rings as usual.
--
-- As in `in_force` a person's own absence wins. The return time is the later of what the
-- absence tells and the end of the unbroken run of diversions: of a meeting with lunch after it,
-- the end of lunch. One of the run that tells a later return than its own end counts as well.
-- Where there is none, `until` is empty. Sick leave is not told as such.
--
-- Attendants ring through and are told what they ring through; only callers from an extension
-- of the customer get the text. The target is an address: an announcement of RFC 4240, the
-- voicemail, or a number.
--
-- PL/pgSQL because its plans are kept for the session, while a proxy sends plain text.
create function switchboard.call_route(
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
    proxy_mode text
)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    held record;
    back_at timestamptz;
    told_reason text;
    target_number text;
begin
    select
        absences.kind,
        absences.announced_reason,
        absences.back_at,
        absences.ring_seconds,
        absences.target,
        absences.shown_text,
        extensions.display_name,
        extensions.time_zone,
        case extensions.language
            when 'no' then 'nb_NO' when 'en' then 'en_GB' else 'sv_SE'
        end as locale,
        settings.sip_domain,
        settings.announcement,
        settings.voicemail,
        settings.trunk,
        settings.proxy_mode,
        calling.extension is not null as is_colleague,
        coalesce(calling.is_attendant, false) as rings_through
    into held
    from switchboard.absences
    inner join switchboard.extensions
        on absences.customer_key = extensions.customer_key
        and absences.extension = extensions.extension
    inner join switchboard.settings on absences.customer_key = settings.customer_key
    left join switchboard.extensions as calling
        on calling.customer_key = call_route.customer and calling.extension = call_route.caller
    where absences.customer_key = call_route.customer
        and absences.extension = call_route.called
        and absences.starts_at <= call_route.at
        and absences.ends_at > call_route.at
    order by
        (absences.origin = 'calendar'), absences.kind desc, absences.ends_at desc,
        absences.absence_key
    limit 1;
    if not found then
        return;
    end if;

    back_at := held.back_at;
    if held.kind <> 'information' then
        with standing as materialized (
            select
                tstzrange(absences.starts_at, absences.ends_at) as during,
                absences.back_at,
                absences.kind <> 'information' as diverts,
                absences.origin = 'calendar' as is_calendar
            from switchboard.absences
            where absences.customer_key = call_route.customer
                and absences.extension = call_route.called
                and absences.ends_at > call_route.at
        ),
        -- The calendar's diversions do not hold where a person's own information stands.
        runs as (
            select
                coalesce(range_agg(during) filter (where diverts and not is_calendar), '{}')
                + (
                    coalesce(range_agg(during) filter (where diverts and is_calendar), '{}')
                    - coalesce(
                        range_agg(during) filter (where not diverts and not is_calendar), '{}'
                    )
                ) as during
            from standing
        ),
        run as (
            select stretch.during
            from runs
            cross join lateral unnest(runs.during) as stretch (during)
            where stretch.during @> call_route.at
        )
        select
            greatest(
                held.back_at,
                upper(run.during),
                max(standing.back_at) filter (where standing.back_at > upper(standing.during))
            )
        into back_at
        from run
        inner join standing on run.during && standing.during and standing.diverts
        group by run.during;
    end if;

    told_reason := case
        when held.announced_reason in ('sick', 'sick_child') then 'unavailable'
        else held.announced_reason
    end;
    target_number := substr(held.target, length('number:') + 1);

    return query select
        case when held.rings_through then 'information' else held.kind::text end,
        switchboard.uri_escaped(told_reason),
        case
            when isfinite(back_at)
                then to_char(back_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
            else ''
        end,
        held.ring_seconds * 1000,
        case
            when held.target = 'announcement' then
                'sip:annc@' || held.announcement || ';play=absence;locale=' || held.locale
                || ';param1=' || switchboard.uri_escaped(told_reason)
                || case
                    when isfinite(back_at) then
                        ';param2='
                        || to_char(back_at at time zone held.time_zone, 'YYYYMMDD"T"HH24MI')
                    else ''
                end
                || ';param3=' || switchboard.uri_escaped(left(held.display_name, 60))
            when held.target = 'voicemail' then 'sip:' || call_route.called || '@' || held.voicemail
            when exists (
                select from switchboard.extensions as known
                where known.customer_key = call_route.customer
                    and known.extension = target_number
            ) then 'sip:' || target_number || '@' || held.sip_domain
            else 'sip:' || target_number || '@' || coalesce(held.trunk, held.sip_domain)
        end,
        case
            when held.is_colleague
                then coalesce(switchboard.uri_escaped(left(held.shown_text, 60)), '')
            else ''
        end,
        held.proxy_mode;
end
$$;
comment on function switchboard.call_route is
'What now for a call, and which address it goes to; no row where it rings as usual.';

grant select on switchboard.settings to kk_job;
revoke execute on function switchboard.uri_escaped, switchboard.call_route from public;
grant execute on function switchboard.call_route to kk_pbx;

commit;
