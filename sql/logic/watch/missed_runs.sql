-- watch.missed_runs: customers for whom no pass has come to its end for ten minutes, and none
-- over everybody for 26 hours: a host is down, a timer is not there, or every pass fails.
--
-- One row per customer and job. Where the telephone system does not answer, watch.outages says so.

create view watch.missed_runs with (security_barrier) as
select
    customers.customer_key,
    jobs.job,
    last.ended_at,
    coalesce(last.ended_at, customers.created_at) as since
from customer.visible_customers as customers
cross join (
    values ('minutely', interval '10 minutes'), ('nightly', interval '26 hours')
) as jobs (job, allowed)
cross join
    lateral (
        select max(passes.ended_at) as ended_at
        from customer.passes
        where
            passes.customer_id = customers.customer_id
            and (jobs.job = 'minutely' or passes.scope = 'everybody')
    ) as last
where
    customers.is_active
    and coalesce(last.ended_at, customers.created_at) < watch.as_of() - jobs.allowed
    and not exists (
        select from audit.outages
        where outages.customer_id = customers.customer_id and outages.ended_at is null
    );
comment on view watch.missed_runs is
'Customers for whom a job has not run to its end for too long.';
comment on column watch.missed_runs.ended_at is
'When one last came to its end; null where none ever did.';
comment on column watch.missed_runs.since is
'When it last did, or since when there is the customer.';
