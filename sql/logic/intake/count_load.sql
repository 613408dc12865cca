-- intake.count_load: adds what a batch brought to the figures of its load, as long as that runs.

create function intake.count_load(
    customer_id bigint,
    load_id bigint,
    started_at timestamptz,
    calendar_count bigint,
    failed_count bigint,
    booking_count bigint,
    added_count bigint,
    changed_count bigint,
    vanished_count bigint,
    broken_count bigint,
    byte_count bigint
)
returns void
language sql security definer
set search_path = pg_catalog, pg_temp
as $$
    update audit.loads
    set
        calendar_count = loads.calendar_count + count_load.calendar_count,
        failed_count = loads.failed_count + count_load.failed_count,
        booking_count = loads.booking_count + count_load.booking_count,
        added_count = loads.added_count + count_load.added_count,
        changed_count = loads.changed_count + count_load.changed_count,
        vanished_count = loads.vanished_count + count_load.vanished_count,
        broken_count = loads.broken_count + count_load.broken_count,
        byte_count = loads.byte_count + count_load.byte_count
    where
        loads.customer_id = count_load.customer_id
        and loads.load_id = count_load.load_id
        and loads.started_at = count_load.started_at
        and loads.ended_at is null;
$$;
