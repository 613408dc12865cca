-- watch.skipped_runs: work that one run has held for long while others left: ten minutes, or five
-- hours where it is a load.
--
-- One row per customer and work. Every run that left is in audit.skipped_runs.

create view watch.skipped_runs with (security_barrier) as
select
    customers.customer_key,
    work.work,
    work.taken_by,
    work.taken_at,
    skipped.run_count,
    skipped.last_skipped_at,
    skipped.last_skipped_by
from customer.work
inner join customer.visible_customers as customers on work.customer_id = customers.customer_id
cross join
    lateral (
        select
            count(*) as run_count,
            max(skipped_runs.skipped_at) as last_skipped_at,
            (array_agg(skipped_runs.skipped_by order by skipped_runs.skipped_at desc))[1]
                as last_skipped_by
        from audit.skipped_runs
        where
            skipped_runs.customer_id = work.customer_id
            and skipped_runs.work = work.work
            and skipped_runs.skipped_at >= work.taken_at
            and skipped_runs.skipped_at > watch.as_of() - interval '2 days'
            and skipped_runs.skipped_at <= watch.as_of()
    ) as skipped
where
    skipped.last_skipped_at > watch.as_of() - interval '10 minutes'
    and skipped.last_skipped_at - work.taken_at > case
        when work.work like 'load %' then interval '5 hours' else interval '10 minutes'
    end;
comment on view watch.skipped_runs is
'Work that one run has held for long while others left because of it.';
