-- Verify kalenderkoppling:audit on pg

begin;

select
    customer_id,
    load_id,
    source,
    is_full,
    window_start,
    window_end,
    started_at,
    ended_at,
    calendar_count,
    failed_count,
    booking_count,
    added_count,
    changed_count,
    vanished_count,
    broken_count,
    byte_count
from audit.loads
where false;

select
    customer_id,
    load_id,
    user_id,
    calendar_id,
    failure,
    failed_at
from audit.load_failures
where false;

select
    customer_id,
    read_back_id,
    read_at,
    is_whole,
    user_count,
    entry_count,
    failure
from audit.read_backs
where false;

select
    customer_id,
    run_id,
    mode,
    scope,
    as_of,
    started_at,
    ended_at,
    touched_count,
    planned_count,
    done_count,
    failed_count,
    held_count,
    refusal,
    refused_digest
from audit.runs
where false;

select
    customer_id,
    user_id,
    run_id,
    absence_key,
    action,
    before,
    after,
    booking_keys,
    booking_marks,
    is_guarded,
    held_because,
    is_approved,
    outcome,
    ended_at,
    failure
from audit.changes
where false;

select
    customer_id,
    digest,
    changes,
    approved_by,
    approved_at,
    expires_at
from audit.approvals
where false;

select
    customer_id,
    work,
    skipped_at,
    skipped_by
from audit.skipped_runs
where false;

select
    customer_id,
    digest,
    changes,
    refused_at
from audit.refusals
where false;

select
    customer_id,
    imported_at,
    imported_by,
    user_count,
    added_count,
    changed_count,
    left_count
from audit.rosters
where false;

rollback;
