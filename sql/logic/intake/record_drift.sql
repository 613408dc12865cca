-- intake.record_drift: compares what is wanted, what was carried out and what is shown, and writes
-- down where they do not agree. Returns how many absences that is.

create function intake.record_drift(customer_id bigint, at timestamptz)
returns bigint
language sql as $$
    with

    found as materialized (
        select * from absence.drift_within(record_drift.customer_id, record_drift.at)
    ),

    checked as (
        insert into audit.drift_checks (
            customer_id, checked_at, read_at, wanted_count, placed_count, shown_count, drift_count
        )
        select
            record_drift.customer_id,
            record_drift.at,
            (
                select max(read_backs.read_at)
                from audit.read_backs
                where
                    read_backs.customer_id = record_drift.customer_id
                    and read_backs.is_whole
                    and read_backs.user_count is null
                    and read_backs.failure is null
            ),
            (
                select count(*)
                from absence.desired_within(record_drift.customer_id, record_drift.at)
            ),
            (
                select count(*)
                from telephony.placed
                where
                    placed.customer_id = record_drift.customer_id
                    and placed.ends_at > record_drift.at
            ),
            (
                select count(*)
                from telephony.shown
                where
                    shown.customer_id = record_drift.customer_id
                    and shown.origin = 'calendar'
                    and shown.ends_at > record_drift.at
            ),
            (select count(*) from found)
    ),

    recorded as (
        insert into audit.drifts (
            customer_id, user_id, checked_at, drift, entry_key, extension, starts_at, ends_at,
            kind, reason
        )
        select
            record_drift.customer_id,
            found.user_id,
            record_drift.at,
            found.drift,
            found.entry_key,
            found.extension,
            found.starts_at,
            found.ends_at,
            found.kind,
            found.reason
        from found
    )

    select count(*) from found;
$$;
