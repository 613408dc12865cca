-- What became of every booking version that was loaded in a stretch of time, and whether any is
-- missing: the conservation ledger.
--
--   psql --no-psqlrc --set customer=sundsvall --set from=2026-11-01 --set until=2026-12-01 \
--       --file sql/reports/conservation.sql
--
-- One line; by the last pass of everybody or the touched, which is when all was looked at.

\if :{?from} \else \set from '-infinity' \endif
\if :{?until} \else \set until 'infinity' \endif
select
    customers.customer_key as customer,
    balance.load_count as loads,
    balance.taken_in_count as loaded,
    balance.applied_count as applied,
    balance.suppressed_count as suppressed,
    balance.superseded_count as superseded,
    balance.pending_count as pending,
    balance.failed_count as failed,
    balance.unaccounted_count as lost,
    case when balance.is_balanced then 'balanced' else 'NOT BALANCED' end as ledger
from customer.customers
cross join
    lateral (
        select coalesce(max(balances.as_of), now()) as as_of
        from audit.balances
        where balances.customer_id = customers.customer_id
    ) as last_run
cross join
    lateral absence.balance_within(
        customers.customer_id,
        last_run.as_of,
        tstzrange(:'from', :'until')
    ) as balance
where customers.customer_key = :'customer';
