-- absence.on_phones: what stands on the telephone side, as far as is known.
--
-- One row per absence: ours as the exchange acknowledged it, people's own as last read back. Sick
-- leave is not told.

create view absence.on_phones as
select
    placed.customer_id,
    placed.user_id,
    users.user_key,
    users.name,
    placed.extension,
    placed.starts_at,
    placed.ends_at,
    placed.kind,
    absence.told_reason(placed.reason) as reason,
    placed.back_at,
    placed.shown_text,
    'calendar' as origin,
    placed.booking_keys,
    placed.acknowledged_at
from telephony.placed
inner join roster.users
    on placed.customer_id = users.customer_id and placed.user_id = users.user_id

union all

select
    shown.customer_id,
    shown.user_id,
    users.user_key,
    users.name,
    shown.extension,
    shown.starts_at,
    shown.ends_at,
    shown.kind,
    absence.told_reason(shown.reason) as reason,
    coalesce(shown.back_at, shown.ends_at) as back_at,
    shown.shown_text,
    shown.origin,
    '{}'::text[] as booking_keys,
    shown.set_at as acknowledged_at
from telephony.shown
inner join roster.users
    on shown.customer_id = users.customer_id and shown.user_id = users.user_id
where shown.origin <> 'calendar';
