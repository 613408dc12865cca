-- watch.stuck_loads: sources of which no load has come to its end for ten minutes, or for five
-- hours where all were loads of everything.
--
-- One row per source, with the loads that have no end since the last one that has.

create view watch.stuck_loads with (security_barrier) as
select
    customers.customer_key,
    sources.settings ->> 'name' as source,
    endless.since,
    endless.load_count,
    endless.is_full
from customer.visible_customers as customers
cross join lateral jsonb_array_elements(customers.calendars) as sources (settings)
cross join
    lateral (
        select
            min(loads.started_at) as since,
            count(*) as load_count,
            bool_and(loads.is_full) as is_full
        from audit.loads
        where
            loads.customer_id = customers.customer_id
            and loads.source = sources.settings ->> 'name'
            and loads.started_at > watch.as_of() - interval '2 days'
            and loads.load_id > coalesce(
                (
                    select max(ended.load_id)
                    from audit.loads as ended
                    where
                        ended.customer_id = customers.customer_id
                        and ended.source = sources.settings ->> 'name'
                        and ended.started_at > watch.as_of() - interval '2 days'
                        and ended.ended_at is not null
                ),
                0
            )
    ) as endless
where
    customers.is_active
    and endless.since < watch.as_of() - case
        when endless.is_full then interval '5 hours' else interval '10 minutes'
    end;
comment on view watch.stuck_loads is
'Calendar sources whose loads do not come to their end, since when, and how many were begun.';
