-- Deploy kalenderkoppling:pbx to pg
-- requires: switchboard_batches
-- What a SIP telephone system asks for each call, and what it hands on when somebody dials a
-- feature code. It gets addresses to send the call to, ready for use.

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

create table switchboard.feature_reasons (
    customer_key text not null,
    digit text not null,
    reason text not null,

    constraint feature_reasons_pkey primary key (customer_key, digit),
    constraint feature_reasons_is_one_digit_check check (digit ~ '^[0-9]$')
);
comment on table switchboard.feature_reasons is
'Which reason a digit of *23*digit# means; a customer''s own row counts before that of key ''''.';
comment on column switchboard.feature_reasons.customer_key is
'The customer, or '''' for what holds where a customer has no row.';
comment on column switchboard.feature_reasons.digit is 'What is dialled.';
comment on column switchboard.feature_reasons.reason is 'The reason''s key.';

-- CMG's digits.
insert into switchboard.feature_reasons (customer_key, digit, reason)
values
('', '0', 'lunch'),
('', '1', 'gone_for_the_day'),
('', '2', 'errand'),
('', '3', 'meeting'),
('', '4', 'business_trip'),
('', '5', 'course'),
('', '6', 'vacation'),
('', '7', 'sick_child'),
('', '8', 'busy'),
('', '9', 'sick');

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

-- Sets an absence, or takes it away, as somebody dialled, in the manner of MX-ONE:
--
--   *23*digit#          *23*digit*HHMM#           the caller is away, for this reason, until then
--   *230*ext*digit#     *230*ext*digit*HHMM#      an attendant says so of somebody else
--   #23#                #230*ext#                 and is back
--
-- The time is the next one of the extension's own zone. Without one the absence lasts until it is
-- taken away.
--
-- There is one dialled absence per extension at a time, so a new one takes the place of what a
-- person set and what holds now. Back means that calls ring: whatever holds now is removed,
-- the calendar's too (the booking behind it brings it back when it changes, not before).
--
-- One row with what was done (away, back) and what to play to confirm it; no row where the code
-- means nothing, or is not the caller's to dial.
create function switchboard.feature_code(
    customer text,
    caller text,
    dialled text,
    at timestamptz default statement_timestamp()
)
returns table (done text, target text)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    code text := replace(feature_code.dialled, '%23', '#');
    parts text[];
    is_back boolean;
    person text;
    phone switchboard.extensions;
    dialled_reason text;
    locale text;
    today timestamp;
    dialled_time interval;
    ends_at timestamptz := 'infinity';
begin
    parts := regexp_match(code, '^#23(?:0\*([0-9]{2,15}))?#$');
    is_back := parts is not null;
    if not is_back then
        parts := regexp_match(
            code, '^\*23(?:0\*([0-9]{2,15}))?\*([0-9])(?:\*([0-9]{4}))?#$'
        );
        if parts is null then
            return;
        end if;
    end if;
    person := coalesce(parts[1], feature_code.caller);

    select case known.language when 'no' then 'nb_NO' when 'en' then 'en_GB' else 'sv_SE' end
    into locale
    from switchboard.extensions as known
    where known.customer_key = feature_code.customer
        and known.extension = feature_code.caller
        and (known.is_attendant or person = feature_code.caller);
    if not found then
        return;
    end if;

    -- Two who dial for one extension at once wait for each other.
    select * into phone
    from switchboard.extensions
    where customer_key = feature_code.customer and extension = person
    for no key update;
    if not found then
        return;
    end if;

    if not is_back then
        select reasons.reason into dialled_reason
        from switchboard.feature_reasons as reasons
        where reasons.customer_key in ('', feature_code.customer) and reasons.digit = parts[2]
        order by reasons.customer_key desc
        limit 1;
        if not found then
            return;
        end if;

        if parts[3] is not null then
            if parts[3] !~ '^([01][0-9]|2[0-3])[0-5][0-9]$' then
                return;
            end if;
            today := date_trunc('day', feature_code.at at time zone phone.time_zone);
            dialled_time := make_interval(
                hours => left(parts[3], 2)::integer, mins => right(parts[3], 2)::integer
            );
            ends_at := (today + dialled_time) at time zone phone.time_zone;
            if ends_at <= feature_code.at then
                ends_at := (today + interval '1 day' + dialled_time) at time zone phone.time_zone;
            end if;
        end if;
    end if;

    delete from switchboard.absences as standing
    where standing.customer_key = feature_code.customer
        and standing.extension = person
        and standing.starts_at <= feature_code.at
        and standing.ends_at > feature_code.at
        and (is_back or standing.origin <> 'calendar');
    if not is_back then
        insert into switchboard.absences (
            customer_key, absence_key, extension, kind, reason, announced_reason, starts_at,
            ends_at, back_at, origin, set_by, set_at
        )
        values (
            feature_code.customer, gen_random_uuid(), person, 'direct', dialled_reason,
            dialled_reason, feature_code.at, ends_at, ends_at,
            case when person = feature_code.caller then 'person' else 'attendant' end
            ::switchboard.origin,
            feature_code.caller, feature_code.at
        );
    end if;

    return query select
        case when is_back then 'back' else 'away' end,
        'sip:annc@' || settings.announcement || ';play=confirm;locale=' || locale
        || ';param1=' || case when is_back then 'back' else 'away' end
    from switchboard.settings
    where settings.customer_key = feature_code.customer;
end
$$;
comment on function switchboard.feature_code is
'Sets or removes an absence as it was dialled (*23*3*1200#, #23#); no row where refused.';

grant select on switchboard.settings, switchboard.feature_reasons to kk_job;
revoke execute on function
switchboard.uri_escaped, switchboard.call_route, switchboard.feature_code from public;
grant execute on function switchboard.call_route, switchboard.feature_code to kk_pbx;

commit;
