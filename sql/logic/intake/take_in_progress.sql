-- intake.take_in_progress: how far each calendar was read, what could not be, and nothing of that
-- in the stage any more.

create function intake.take_in_progress(customer_id bigint, load_id bigint, at timestamptz)
returns void
language plpgsql as $$
#variable_conflict use_column
begin
    -- What was covered now and is not broken any more leaves the quarantine.
    delete from calendar.quarantine as held
    using staging.coverage
    where coverage.customer_id = take_in_progress.customer_id
        and coverage.load_id = take_in_progress.load_id
        and held.customer_id = coverage.customer_id
        and held.user_id = coverage.user_id
        and held.calendar_id = coverage.calendar_id
        and case
            when coverage.is_prefix then starts_with(held.resource_key, coverage.scope)
            else held.resource_key = coverage.scope
        end
        and not exists (
            select from staging.quarantine
            where quarantine.customer_id = held.customer_id
                and quarantine.load_id = take_in_progress.load_id
                and quarantine.user_id = held.user_id
                and quarantine.calendar_id = held.calendar_id
                and quarantine.resource_key = held.resource_key
                and coalesce(quarantine.booking_key, '') = held.booking_key
        );

    insert into calendar.quarantine as held (
        customer_id, user_id, calendar_id, resource_key, booking_key, reason, is_degraded, since
    )
    select distinct on (user_id, calendar_id, resource_key, coalesce(booking_key, ''))
        quarantine.customer_id, user_id, calendar_id, resource_key, coalesce(booking_key, ''),
        reason, is_degraded, take_in_progress.at
    from staging.quarantine
    where quarantine.customer_id = take_in_progress.customer_id
        and quarantine.load_id = take_in_progress.load_id
    order by user_id, calendar_id, resource_key, coalesce(booking_key, ''), is_degraded, reason
    on conflict (customer_id, user_id, calendar_id, resource_key, booking_key) do update
    set reason = excluded.reason, is_degraded = excluded.is_degraded
    where (held.reason, held.is_degraded) is distinct from
        (excluded.reason, excluded.is_degraded);

    perform intake.take_in_cursors(
        take_in_progress.customer_id, take_in_progress.load_id, take_in_progress.at
    );

    delete from staging.coverage
    where coverage.customer_id = take_in_progress.customer_id
        and coverage.load_id = take_in_progress.load_id;
    delete from staging.resources
    where resources.customer_id = take_in_progress.customer_id
        and resources.load_id = take_in_progress.load_id;
    delete from staging.quarantine
    where quarantine.customer_id = take_in_progress.customer_id
        and quarantine.load_id = take_in_progress.load_id;
    delete from staging.cursors
    where cursors.customer_id = take_in_progress.customer_id
        and cursors.load_id = take_in_progress.load_id;
end
$$;
