-- Verify kalenderkoppling:drift on pg

begin;

select
    customer_id,
    checked_at,
    read_at,
    wanted_count,
    placed_count,
    shown_count,
    drift_count
from audit.drift_checks
where false;

select
    customer_id,
    user_id,
    checked_at,
    drift,
    entry_key,
    extension,
    starts_at,
    ends_at,
    kind,
    reason
from audit.drifts
where false;

rollback;
