-- intake.end_outage: writes down that a customer's telephone system answers again.

create function intake.end_outage(customer_id bigint, at timestamptz)
returns void
language sql security definer
set search_path = pg_catalog, pg_temp
as $$
    update audit.outages
    set ended_at = end_outage.at
    where outages.customer_id = end_outage.customer_id and outages.ended_at is null;
$$;
