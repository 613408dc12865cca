-- intake.end_load: writes down that a load came to its end, once, and what it asked.

create function intake.end_load(
    customer_id bigint,
    load_id bigint,
    started_at timestamptz,
    request_count bigint,
    retry_count bigint,
    wait_count bigint,
    wait_milliseconds bigint,
    at timestamptz
)
returns void
language sql security definer
set search_path = pg_catalog, pg_temp
as $$
    update audit.loads
    set
        ended_at = end_load.at,
        request_count = end_load.request_count,
        retry_count = end_load.retry_count,
        wait_count = end_load.wait_count,
        wait_seconds = end_load.wait_milliseconds / 1000.0
    where
        loads.customer_id = end_load.customer_id
        and loads.load_id = end_load.load_id
        and loads.started_at = end_load.started_at
        and loads.ended_at is null;
$$;
