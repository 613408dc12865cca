-- intake.record_outage: writes down that a customer's telephone system did not answer: a new
-- outage, or that the one under way goes on.

create function intake.record_outage(customer_id bigint, failure text, at timestamptz)
returns void
language sql security definer
set search_path = pg_catalog, pg_temp
as $$
    insert into audit.outages as known (
        customer_id, began_at, last_tried_at, failure
    )
    values (
        record_outage.customer_id,
        coalesce(
            (
                select outages.began_at
                from audit.outages
                where
                    outages.customer_id = record_outage.customer_id and outages.ended_at is null
            ),
            record_outage.at
        ),
        record_outage.at,
        record_outage.failure
    )
    on conflict (customer_id, began_at) do update set
        last_tried_at = excluded.last_tried_at,
        try_count = known.try_count + 1,
        failure = excluded.failure,
        ended_at = null;
$$;
