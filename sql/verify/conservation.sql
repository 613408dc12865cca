-- Verify kalenderkoppling:conservation on pg

begin;

select
    customer_id,
    user_id,
    version_count,
    forgotten_count
from calendar.taken_in
where false;

select
    account,
    account_because
from calendar.bookings
where false;

select
    account,
    account_because
from calendar.booking_versions
where false;

select
    customer_id,
    load_id,
    forgotten_at,
    version_count
from audit.forgotten_versions
where false;

select
    customer_id,
    run_id,
    balanced_at,
    as_of,
    scope,
    user_count,
    taken_in_count,
    applied_count,
    suppressed_count,
    superseded_count,
    pending_count,
    failed_count,
    unaccounted_count,
    is_balanced
from audit.balances
where false;

rollback;
