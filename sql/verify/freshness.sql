-- Verify kalenderkoppling:freshness on pg

begin;

select
    customer_id,
    user_id,
    verified_at,
    run_id
from telephony.verified
where false;

select
    customer_id,
    scope,
    ended_at,
    pass_count
from customer.passes
where false;

select
    customer_id,
    outcome,
    change_count
from customer.outcome_counts
where false;

select
    customer_id,
    host,
    seen_at,
    clock_ahead
from customer.hosts
where false;

select caused_at from audit.changes
where false;

rollback;
