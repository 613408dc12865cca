-- absence.standing: what stands of ours.
--
-- One row per placed absence. is_by_hand where a person changed it and that still counts;
-- is_met_by_person where it overlaps one that a person made, which wins. stands_until: its end,
-- or for ever where the telephone system ends nothing by itself.

create view absence.standing as

with

edited as (
    select distinct
        customer_id,
        user_id,
        absence_key
    from absence.standing_holds
    where cause = 'changed_by_hand'
),

met as (
    select distinct
        placed.customer_id,
        placed.user_id,
        placed.absence_key
    from telephony.placed
    inner join telephony.shown
        on placed.customer_id = shown.customer_id
        and placed.user_id = shown.user_id
        and shown.origin <> 'calendar'
        and placed.starts_at < shown.ends_at
        and placed.ends_at > shown.starts_at
)

select
    -- Of the user, so that where users are named only theirs are read.
    users.customer_id,
    users.user_id,
    placed.absence_key,
    placed.extension,
    placed.kind,
    placed.reason,
    placed.announced_reason,
    placed.starts_at,
    placed.ends_at,
    placed.back_at,
    placed.shown_text,
    placed.target,
    placed.ring_seconds,
    placed.booking_keys,
    placed.booking_marks,
    placed.version_tag,
    users.user_key,
    users.time_zone,
    edited.absence_key is not null as is_by_hand,
    met.absence_key is not null as is_met_by_person,
    placed.is_unconfirmed,
    case when exchanges.ends_by_itself is false then 'infinity' else placed.ends_at end
        as stands_until
from telephony.placed
inner join roster.users
    on placed.customer_id = users.customer_id and placed.user_id = users.user_id
left join telephony.exchanges
    on placed.customer_id = exchanges.customer_id
left join edited
    on placed.customer_id = edited.customer_id
    and placed.user_id = edited.user_id
    and placed.absence_key = edited.absence_key
left join met
    on placed.customer_id = met.customer_id
    and placed.user_id = met.user_id
    and placed.absence_key = met.absence_key;
