-- intake.open_load: writes down that a load begins, and says from when on calendars that were
-- taken in are not asked again: since the first of the loads of its sort that were cut off.
--
-- A whole load goes on where it was for half a day, so that a host which came back need not ask
-- everybody once more; a load of what changed for ten minutes, since it is of no use late.

create function intake.open_load(
    customer_id bigint, load_id bigint, source text, is_full boolean,
    window_start timestamptz, window_end timestamptz, at timestamptz
)
returns timestamptz
language sql as $$
    insert into audit.loads (
        customer_id, load_id, source, is_full, window_start, window_end, started_at, resumes_from
    )
    select
        open_load.customer_id,
        open_load.load_id,
        open_load.source,
        open_load.is_full,
        open_load.window_start,
        open_load.window_end,
        open_load.at,
        (
            select
                case
                    when
                        last.ended_at is null
                        and coalesce(last.resumes_from, last.started_at) >= open_load.at
                        - case when last.is_full then interval '12 hours' else '10 minutes' end
                        then coalesce(last.resumes_from, last.started_at)
                end
            from audit.loads as last
            where
                last.customer_id = open_load.customer_id
                and last.source = open_load.source
                and last.is_full = open_load.is_full
            order by last.load_id desc
            limit 1
        )
    returning resumes_from;
$$;
