-- Verify kalenderkoppling:exchanges on pg

begin;

select
    customer_id,
    kinds,
    targets,
    has_future_start,
    ends_by_itself,
    end_reach,
    entries_per_user,
    time_grain,
    text_length,
    has_ring_seconds,
    has_return_time,
    reasons,
    default_reason,
    is_readable,
    is_complete,
    learned_at,
    boundaries_at
from telephony.exchanges
where false;

select
    customer_id,
    began_at,
    last_tried_at,
    ended_at,
    try_count,
    failure
from audit.outages
where false;

select is_unconfirmed from telephony.placed
where false;

select losses from audit.changes
where false;

rollback;
