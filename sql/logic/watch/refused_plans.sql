-- watch.refused_plans: customers of whose plans the limits hold something back, until somebody
-- approves it or the calendars change.
--
-- One row per customer.

create view watch.refused_plans with (security_barrier) as
select
    customers.customer_key,
    held.since,
    held.user_count,
    newest.refused_at,
    newest.digest,
    cardinality(newest.changes) as change_count
from (
    select
        touched.customer_id,
        min(touched.since) as since,
        count(*) as user_count
    from calendar.touched
    where touched.cause = 'limits'
    group by touched.customer_id
) as held
inner join customer.visible_customers as customers on held.customer_id = customers.customer_id
left join lateral (
    select
        refusals.refused_at,
        refusals.digest,
        refusals.changes
    from audit.refusals
    where refusals.customer_id = held.customer_id
    order by refusals.refused_at desc
    limit 1
) as newest on true;
comment on view watch.refused_plans is
'Customers of whose plans the limits hold something back, and what --approve must name.';
comment on column watch.refused_plans.since is 'Since when somebody has been held back.';
comment on column watch.refused_plans.user_count is 'Users who are held back.';
comment on column watch.refused_plans.digest is 'What reconcile --approve must name.';
comment on column watch.refused_plans.change_count is 'Changes that it would let through.';
