-- intake.record_load_failures: tells of each calendar that failed in a load that it did.
-- Nothing stored of it changes.

create function intake.record_load_failures(
    customer_id bigint, load_id bigint, load_started_at timestamptz
)
returns void
language sql as $$
    insert into calendar.cursors as known (
        customer_id, user_id, calendar_id, rule_set_version, loaded_at, failed_at, failure
    )
    select
        load_failures.customer_id,
        load_failures.user_id,
        load_failures.calendar_id,
        extractions.rule_set_version,
        '-infinity',
        load_failures.failed_at,
        load_failures.failure
    from audit.load_failures
    inner join intake.extractions
        on load_failures.customer_id = extractions.customer_id
        and load_failures.user_id = extractions.user_id
    where
        load_failures.customer_id = record_load_failures.customer_id
        and load_failures.load_id = record_load_failures.load_id
        and load_failures.load_started_at = record_load_failures.load_started_at
    on conflict (customer_id, user_id, calendar_id) do update set
        failed_at = excluded.failed_at,
        failure = excluded.failure;
$$;
