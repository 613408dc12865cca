-- watch.skipped_runs: runs that left because another held the lock, and who waited.

create view watch.skipped_runs with (security_barrier) as
select
    customers.customer_key,
    skipped_runs.work,
    skipped_runs.skipped_at,
    skipped_runs.skipped_by,
    work.taken_by,
    work.taken_at
from audit.skipped_runs
inner join customer.visible_customers as customers
    on skipped_runs.customer_id = customers.customer_id
left join customer.work
    on skipped_runs.customer_id = work.customer_id
    and skipped_runs.work = work.work;
comment on view watch.skipped_runs is 'Runs that left because another held the lock.';
