-- Verify kalenderkoppling:switchboard on pg

begin;

select
    customer_key,
    extension,
    display_name,
    language,
    time_zone,
    is_attendant
from switchboard.extensions
where false;

select
    customer_key,
    absence_key,
    extension,
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
    set_at,
    version
from switchboard.absences
where false;

select
    customer_key,
    fence
from switchboard.fences
where false;

select rank
from switchboard.in_force
where false;

select kind from switchboard.absence_route('nobody', '00');

rollback;
