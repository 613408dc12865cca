-- Deploy kalenderkoppling:feature_codes to pg
-- requires: pbx
-- What a SIP telephone system hands on when somebody dials a feature code.

begin;
set local role kk_owner;

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

grant select on switchboard.feature_reasons to kk_job;
revoke execute on function switchboard.feature_code from public;
grant execute on function switchboard.feature_code to kk_pbx;

commit;
