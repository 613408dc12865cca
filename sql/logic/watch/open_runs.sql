-- watch.open_runs: customers whose passes do not come to their end: the last one began ten minutes
-- ago and no other has taken the work since, or the last three were all cut off.
--
-- One row per customer. What a pass left behind the next one mends, so one that was cut off and
-- followed by another is nothing to look at.

create view watch.open_runs with (security_barrier) as
select
    customers.customer_key,
    endless.since,
    endless.run_count,
    endless.last_run_id,
    work.taken_by
from customer.visible_customers as customers
inner join customer.work
    on customers.customer_id = work.customer_id and work.work = 'reconcile'
cross join
    lateral (
        select
            min(runs.started_at) as since,
            count(*) as run_count,
            max(runs.started_at) as last_began_at,
            max(runs.run_id) as last_run_id
        from audit.runs
        where
            runs.customer_id = customers.customer_id
            and runs.started_at > watch.as_of() - interval '2 days'
            and runs.mode <> 'dry_run'
            and runs.run_id > coalesce(
                (
                    select max(ended.run_id)
                    from audit.runs as ended
                    where
                        ended.customer_id = customers.customer_id
                        and ended.started_at > watch.as_of() - interval '2 days'
                        and ended.mode <> 'dry_run'
                        and ended.ended_at is not null
                ),
                0
            )
    ) as endless
where
    endless.run_count >= 3
    or (
        endless.last_run_id = work.fence
        and endless.last_began_at < watch.as_of() - interval '10 minutes'
    );
comment on view watch.open_runs is
'Customers whose passes do not come to their end, since when, and who has the work.';
