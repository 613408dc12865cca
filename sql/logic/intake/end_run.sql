-- intake.end_run: writes down that a pass came to its end, once.

create function intake.end_run(
    customer_id bigint,
    run_id bigint,
    started_at timestamptz,
    done_count bigint,
    failed_count bigint,
    at timestamptz
)
returns void
language sql security definer
set search_path = pg_catalog, pg_temp
as $$
    update audit.runs
    set
        done_count = end_run.done_count,
        failed_count = end_run.failed_count,
        ended_at = end_run.at
    where
        runs.customer_id = end_run.customer_id
        and runs.run_id = end_run.run_id
        and runs.started_at = end_run.started_at
        and runs.ended_at is null;
$$;
