-- intake.take_in_resources: the version marks of the resources that were read, and none of those
-- that are gone.
--
-- Bookings between the first and the last row of the stage tell the mark of what they are all of.
-- What is known of these users is looked up by index and compared with the stage by one full join;
-- only what differs is written. Of two marks of one resource either may be. The planner knows
-- nothing of a stage: where it may join row by row, a batch that changes nothing grows with the
-- square of its size.

create function intake.take_in_resources(
    customer_id bigint, load_id bigint, user_ids bigint[], first_row tid, last_row tid
)
returns void
language plpgsql
set enable_nestloop = off
set enable_mergejoin = off
set enable_sort = off
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
begin
    with

    differing as materialized (
        select
            fresh.*,
            known.user_id as known_user_id,
            known.calendar_id as known_calendar_id,
            known.resource_key as known_key,
            known.place
        from (
            select user_id, calendar_id, resource_key, mark
            from staging.resources
            where resources.customer_id = take_in_resources.customer_id
                and resources.load_id = take_in_resources.load_id
            union all
            select user_id, calendar_id, resource_key, resource_mark
            from staging.bookings
            where bookings.customer_id = take_in_resources.customer_id
                and bookings.load_id = take_in_resources.load_id
                and bookings.ctid between
                take_in_resources.first_row and take_in_resources.last_row
                and bookings.resource_mark is not null
        ) as fresh
        full join (
            select resources.*
            from unnest(take_in_resources.user_ids) as users (user_id)
            cross join lateral (
                select *, ctid as place from calendar.resources
                where resources.customer_id = take_in_resources.customer_id
                    and resources.user_id = users.user_id
                order by resources.calendar_id, resources.resource_key
                offset 0
            ) as resources
        ) as known
            on fresh.user_id = known.user_id
            and fresh.calendar_id = known.calendar_id
            and fresh.resource_key = known.resource_key
        where fresh.mark is distinct from known.mark
    ),

    -- What was covered and is not named any more is gone.
    removed as (
        delete from calendar.resources
        where ctid = any(array(
            select gone.place
            from differing as gone
            where gone.user_id is null
                and exists (
                    select from staging.coverage
                    where coverage.customer_id = take_in_resources.customer_id
                        and coverage.load_id = take_in_resources.load_id
                        and coverage.user_id = gone.known_user_id
                        and coverage.calendar_id = gone.known_calendar_id
                        and case
                            when coverage.is_prefix
                                then starts_with(gone.known_key, coverage.scope)
                            else gone.known_key = coverage.scope
                        end
                )
        ))
    )

    insert into calendar.resources as known (
        customer_id, user_id, calendar_id, resource_key, mark
    )
    select take_in_resources.customer_id, user_id, calendar_id, resource_key, min(mark)
    from differing
    where user_id is not null
    group by user_id, calendar_id, resource_key
    on conflict (customer_id, user_id, calendar_id, resource_key) do update
    set mark = excluded.mark
    where known.mark <> excluded.mark;
end
$$;
