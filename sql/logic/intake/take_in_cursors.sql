-- intake.take_in_cursors: how far each staged calendar was read.
--
-- Each is looked up by index: the planner knows nothing of a stage, and where it would rather
-- read all that is known of the customer, a batch takes as long as a load.

create function intake.take_in_cursors(customer_id bigint, load_id bigint, at timestamptz)
returns void
language plpgsql
set enable_hashjoin = off
set enable_mergejoin = off
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
begin
    with

    whole as (
        select coverage.user_id, coverage.calendar_id
        from staging.coverage
        where coverage.customer_id = take_in_cursors.customer_id
            and coverage.load_id = take_in_cursors.load_id
            and coverage.scope = ''
    ),

    read_calendars as materialized (
        select
            cursors.user_id,
            cursors.calendar_id,
            -- Where the calendar was to be loaded afresh meanwhile, it still is.
            case when cursors.generation = calendars.generation then cursors.cursor end as cursor,
            rule_sets.rule_set_version,
            case when whole.is_whole then take_in_cursors.at end as whole_at,
            case when whole.is_whole then take_in_cursors.load_id end as whole_load_id,
            case when cursors.failures <> '{}' then take_in_cursors.at end as failed_at,
            nullif(array_to_string(cursors.failures, '; '), '') as failure,
            known.user_id is not null as is_known,
            known.whole_at is not null as was_whole
        from staging.cursors
        inner join roster.calendars
            on cursors.customer_id = calendars.customer_id
            and cursors.user_id = calendars.user_id
            and cursors.calendar_id = calendars.calendar_id
        inner join customer.rule_sets
            on cursors.customer_id = rule_sets.customer_id and upper_inf(rule_sets.held_during)
        left join calendar.cursors as known
            on cursors.customer_id = known.customer_id
            and cursors.user_id = known.user_id
            and cursors.calendar_id = known.calendar_id
        cross join lateral (
            select (cursors.user_id, cursors.calendar_id) in (
                select whole.user_id, whole.calendar_id from whole
            ) as is_whole
        ) as whole
        where cursors.customer_id = take_in_cursors.customer_id
            and cursors.load_id = take_in_cursors.load_id
    ),

    moved as (
        update calendar.cursors as known
        set cursor = read_calendars.cursor,
            rule_set_version = read_calendars.rule_set_version,
            loaded_at = take_in_cursors.at,
            whole_at = coalesce(read_calendars.whole_at, known.whole_at),
            load_id = take_in_cursors.load_id,
            whole_load_id = coalesce(read_calendars.whole_load_id, known.whole_load_id),
            failed_at = read_calendars.failed_at,
            failure = read_calendars.failure,
            first_whole_at = coalesce(known.first_whole_at, read_calendars.whole_at)
        from read_calendars
        where read_calendars.is_known
            and known.customer_id = take_in_cursors.customer_id
            and known.user_id = read_calendars.user_id
            and known.calendar_id = read_calendars.calendar_id
    ),

    begun as (
        insert into calendar.cursors (
            customer_id, user_id, calendar_id, cursor, rule_set_version, loaded_at, whole_at,
            load_id, whole_load_id, failed_at, failure, first_whole_at
        )
        select
            take_in_cursors.customer_id, user_id, calendar_id, cursor, rule_set_version,
            take_in_cursors.at, whole_at, take_in_cursors.load_id, whole_load_id, failed_at,
            failure, whole_at
        from read_calendars
        where not is_known
    )

    -- From the first whole reading on earlier calendars of the user count no longer.
    insert into calendar.touched as marks (customer_id, user_id, cause, since)
    select distinct take_in_cursors.customer_id, user_id, 'calendar', take_in_cursors.at
    from read_calendars
    where not was_whole
    order by user_id
    on conflict (customer_id, user_id, cause) do update set times = marks.times + 1;
end
$$;
