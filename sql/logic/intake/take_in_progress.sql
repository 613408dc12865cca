-- intake.take_in_progress: how far each calendar was read, what could not be, and an empty
-- stage behind it. The last part of taking in.

create function intake.take_in_progress(customer_id bigint, load_id bigint, at timestamptz)
returns void
language sql as $$
    -- A resource that was covered and is not named any more is gone.
    delete from calendar.resources as known
    using staging.coverage
    where coverage.customer_id = take_in_progress.customer_id
        and coverage.load_id = take_in_progress.load_id
        and known.customer_id = coverage.customer_id
        and known.user_id = coverage.user_id
        and known.calendar_id = coverage.calendar_id
        and case
            when coverage.is_prefix then starts_with(known.resource_key, coverage.scope)
            else known.resource_key = coverage.scope
        end
        and not exists (
            select from staging.resources
            where resources.customer_id = known.customer_id
                and resources.load_id = take_in_progress.load_id
                and resources.user_id = known.user_id
                and resources.calendar_id = known.calendar_id
                and resources.resource_key = known.resource_key
        );

    insert into calendar.resources as known
        (customer_id, user_id, calendar_id, resource_key, mark)
    select distinct on (user_id, calendar_id, resource_key)
        resources.customer_id, user_id, calendar_id, resource_key, mark
    from staging.resources
    where resources.customer_id = take_in_progress.customer_id
        and resources.load_id = take_in_progress.load_id
    order by user_id, calendar_id, resource_key, mark
    on conflict (customer_id, user_id, calendar_id, resource_key) do update
    set mark = excluded.mark
    where known.mark <> excluded.mark;

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

    -- From the first whole reading on earlier calendars of the user count no longer.
    insert into calendar.touched as marks (customer_id, user_id, cause, since)
    select distinct
        cursors.customer_id, cursors.user_id, 'calendar', take_in_progress.at
    from staging.cursors
    left join calendar.cursors as known
        on cursors.customer_id = known.customer_id
        and cursors.user_id = known.user_id
        and cursors.calendar_id = known.calendar_id
    where cursors.customer_id = take_in_progress.customer_id
        and cursors.load_id = take_in_progress.load_id
        and known.whole_at is null
    order by cursors.user_id
    on conflict (customer_id, user_id, cause) do update set times = marks.times + 1;

    insert into calendar.cursors as known (
        customer_id, user_id, calendar_id, cursor, rule_set_version, loaded_at, whole_at, load_id,
        whole_load_id, failed_at, failure, first_whole_at
    )
    select
        cursors.customer_id, cursors.user_id, cursors.calendar_id,
        -- Where the calendar was to be loaded afresh meanwhile, it still is.
        case when cursors.generation = calendars.generation then cursors.cursor end,
        extractions.rule_set_version, take_in_progress.at,
        case when whole.is_whole then take_in_progress.at end,
        take_in_progress.load_id,
        case when whole.is_whole then take_in_progress.load_id end,
        case when cursors.failures <> '{}' then take_in_progress.at end,
        nullif(array_to_string(cursors.failures, '; '), ''),
        case when whole.is_whole then take_in_progress.at end
    from staging.cursors
    inner join roster.calendars
        on cursors.customer_id = calendars.customer_id
        and cursors.user_id = calendars.user_id
        and cursors.calendar_id = calendars.calendar_id
    inner join intake.extractions
        on cursors.customer_id = extractions.customer_id
        and cursors.user_id = extractions.user_id
    cross join lateral (
        select exists (
            select from staging.coverage
            where coverage.customer_id = cursors.customer_id
                and coverage.load_id = cursors.load_id
                and coverage.user_id = cursors.user_id
                and coverage.calendar_id = cursors.calendar_id
                and coverage.scope = ''
        ) as is_whole
    ) as whole
    where cursors.customer_id = take_in_progress.customer_id
        and cursors.load_id = take_in_progress.load_id
    on conflict (customer_id, user_id, calendar_id) do update
    set cursor = excluded.cursor,
        rule_set_version = excluded.rule_set_version,
        loaded_at = excluded.loaded_at,
        whole_at = coalesce(excluded.whole_at, known.whole_at),
        load_id = excluded.load_id,
        whole_load_id = coalesce(excluded.whole_load_id, known.whole_load_id),
        failed_at = excluded.failed_at,
        failure = excluded.failure,
        first_whole_at = coalesce(known.first_whole_at, excluded.first_whole_at);

    delete from staging.bookings
    where bookings.customer_id = take_in_progress.customer_id
        and bookings.load_id = take_in_progress.load_id;
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
$$;
