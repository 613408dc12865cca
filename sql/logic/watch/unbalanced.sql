-- watch.unbalanced: runs at whose end booking versions were missing, or wanted and lost, and that
-- no balanced run of everybody has followed.
--
-- Whose they are: absence.unbalanced_users.

create view watch.unbalanced with (security_barrier) as
select
    customers.customer_key,
    balances.run_id,
    balances.balanced_at,
    balances.scope,
    balances.taken_in_count,
    balances.applied_count + balances.suppressed_count + balances.superseded_count
    + balances.pending_count + balances.failed_count as accounted_count,
    balances.unaccounted_count
from audit.balances
inner join customer.visible_customers as customers
    on balances.customer_id = customers.customer_id
where
    not balances.is_balanced
    and not exists (
        select from audit.balances as later
        where
            later.customer_id = balances.customer_id
            and later.scope = 'everybody'
            and later.is_balanced
            and later.balanced_at > balances.balanced_at
    );
comment on view watch.unbalanced is
'Runs at whose end booking versions were missing, or wanted and lost.';
