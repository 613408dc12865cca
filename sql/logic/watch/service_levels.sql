-- watch.service_levels: how soon changes reached the phones, by customer and day of the last five
-- weeks, the day by the customer's wall.
--
-- From when the load took the booking in, or its instant came, until the telephone side had
-- acknowledged it. What a person approved waited for the person, and does not count.

create view watch.service_levels with (security_barrier) as
with

reached as (
    select
        customers.customer_key,
        (changes.ended_at at time zone customers.time_zone)::date as day,
        changes.ended_at - changes.caused_at as delay
    from audit.changes
    inner join
        customer.visible_customers as customers
        on changes.customer_id = customers.customer_id
    where
        changes.outcome in ('done', 'unchanged', 'found_done')
        and changes.caused_at is not null
        and not changes.is_approved
        and changes.planned_at > watch.as_of() - interval '35 days'
)

select
    reached.customer_key,
    reached.day,
    count(*) as change_count,
    count(*) filter (where reached.delay <= interval '60 seconds') as within_minute_count,
    count(*) filter (where reached.delay <= interval '10 minutes') as within_ten_minutes_count,
    round(
        count(*) filter (where reached.delay <= interval '60 seconds')::numeric / count(*), 4
    ) as within_minute_share,
    round(
        count(*) filter (where reached.delay <= interval '10 minutes')::numeric / count(*), 4
    ) as within_ten_minutes_share,
    max(reached.delay) as longest_delay
from reached
group by reached.customer_key, reached.day;
comment on view watch.service_levels is
'Which share of changes reached the phones within 60 seconds and ten minutes, by day.';
comment on column watch.service_levels.day is 'The day on which the change was acknowledged.';
comment on column watch.service_levels.change_count is 'Changes that reached the phones.';
comment on column watch.service_levels.within_minute_share is '1 where all did within 60 seconds.';
comment on column watch.service_levels.within_ten_minutes_share is
'1 where all did within ten minutes.';
comment on column watch.service_levels.longest_delay is 'How long the slowest took.';
