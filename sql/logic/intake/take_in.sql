-- intake.take_in: makes what a load staged the current bookings.
--
-- First the bookings that differ, then only those are written. The count of staged rows must be
-- the count that was sent, so that a staging table emptied by a crash never reads as a calendar
-- emptied by its owner.

create function intake.take_in(
    customer_id bigint, load_id bigint, staged_count bigint, at timestamptz
)
returns table (added_count bigint, changed_count bigint, vanished_count bigint)
language plpgsql as $$
#variable_conflict use_column
declare
    block_count bigint := pg_relation_size('staging.bookings')
        / current_setting('block_size')::bigint;
    first_row tid := format('(%s,0)', greatest(block_count - 16 - take_in.staged_count / 8, 0));
    last_row tid;
    user_ids bigint[];
    found_count bigint;
    unknown_count bigint;
    is_whole boolean := false;
begin
    -- What a load stages mostly stands at the end, behind what those before it left to the next
    -- vacuum; else somewhere in the room that a vacuum made.
    loop
        select
            array_agg(user_id),
            coalesce(sum(row_count), 0),
            coalesce(min(of_users.first_row), '(0,0)'),
            coalesce(max(of_users.last_row), '(0,0)')
        into user_ids, found_count, first_row, last_row
        from (
            select
                user_id,
                count(*) as row_count,
                min(staged.place) as first_row,
                max(staged.place) as last_row
            from (
                select bookings.user_id, bookings.ctid as place from staging.bookings
                where bookings.customer_id = take_in.customer_id
                    and bookings.load_id = take_in.load_id
                    and bookings.ctid >= first_row
                union all
                select coverage.user_id, null from staging.coverage
                where coverage.customer_id = take_in.customer_id
                    and coverage.load_id = take_in.load_id
            ) as staged
            group by user_id
        ) as of_users;
        exit when found_count >= take_in.staged_count or is_whole;
        first_row := '(0,0)';
        is_whole := true;
    end loop;
    if found_count <> take_in.staged_count then
        raise exception 'staging does not hold what was sent; the load is taken back'
            using errcode = 'KK002';
    end if;

    -- Nobody calls for a load afresh between what is minimised now and its cursor.
    perform pg_advisory_xact_lock_shared(intake.load_afresh_lock(take_in.customer_id));

    with

    differing as materialized (
        select
            coalesce((staged).user_id, (stored).user_id) as user_id,
            (staged).user_id is not null as is_staged,
            (stored).user_id is not null as is_stored,
            staged,
            stored
        from intake.differing(
            take_in.customer_id, take_in.load_id, user_ids, first_row, last_row, take_in.at
        )
    ),

    kept_versions as (
        insert into calendar.booking_versions (
            customer_id, user_id, calendar_id, resource_key, booking_key, held_during, ended_by,
            starts_at, ends_at, start_date, end_date, show_as, sensitivity, response,
            is_cancelled, code, code_reason, code_kind, shown_text, is_choice, is_choice_skip,
            choice_reason, choice_kind, mark, rule_set_version, load_id
        )
        select
            old.customer_id, old.user_id, old.calendar_id, old.resource_key, old.booking_key,
            tstzrange(
                old.held_from, greatest(take_in.at, old.held_from + interval '1 microsecond')
            ),
            case when differing.is_staged then 'changed' else 'vanished' end,
            old.starts_at, old.ends_at, old.start_date, old.end_date, old.show_as,
            old.sensitivity, old.response, old.is_cancelled, old.code, old.code_reason,
            old.code_kind,
            -- Text goes with the last row that shows any.
            case when (differing.staged).shown_text is not null then old.shown_text end,
            old.is_choice, old.is_choice_skip, old.choice_reason, old.choice_kind, old.mark,
            old.rule_set_version, old.load_id
        from differing
        cross join lateral (select (differing.stored).*) as old
        where differing.is_stored
    ),

    removed as (
        delete from calendar.bookings as gone
        using differing
        where not differing.is_staged
            and gone.customer_id = take_in.customer_id
            and gone.user_id = differing.user_id
            and gone.calendar_id = (differing.stored).calendar_id
            and gone.resource_key = (differing.stored).resource_key
            and gone.booking_key = (differing.stored).booking_key
    ),

    -- What a foreign key would look up, and keep, for each booking.
    wanted_calendars as materialized (
        select distinct user_id, (staged).calendar_id from differing where not is_stored
    ),

    held_calendars as materialized (
        select calendars.user_id
        from wanted_calendars
        cross join lateral (
            select * from roster.calendars
            where calendars.customer_id = take_in.customer_id
                and calendars.user_id = wanted_calendars.user_id
                and calendars.calendar_id = wanted_calendars.calendar_id
            for key share
        ) as calendars
    ),

    added as (
        insert into calendar.bookings
        select (differing.staged).* from differing where not differing.is_stored
    ),

    changed as (
        update calendar.bookings as known
        set starts_at = fresh.starts_at,
            ends_at = fresh.ends_at,
            start_date = fresh.start_date,
            end_date = fresh.end_date,
            show_as = fresh.show_as,
            sensitivity = fresh.sensitivity,
            response = fresh.response,
            is_cancelled = fresh.is_cancelled,
            code = fresh.code,
            code_reason = fresh.code_reason,
            code_kind = fresh.code_kind,
            near_miss = fresh.near_miss,
            shown_text = fresh.shown_text,
            is_choice = fresh.is_choice,
            is_choice_skip = fresh.is_choice_skip,
            choice_reason = fresh.choice_reason,
            choice_kind = fresh.choice_kind,
            mark = fresh.mark,
            rule_set_version = fresh.rule_set_version,
            load_id = fresh.load_id,
            -- What came and went at one instant, or while the clock was put back, held as well.
            held_from = greatest(fresh.held_from, known.held_from + interval '1 microsecond'),
            account = null,
            account_because = null
        from differing
        cross join lateral (select (differing.staged).*) as fresh
        where differing.is_staged
            and differing.is_stored
            and known.customer_id = take_in.customer_id
            and known.user_id = fresh.user_id
            and known.calendar_id = fresh.calendar_id
            and known.resource_key = fresh.resource_key
            and known.booking_key = fresh.booking_key
    ),

    counted as (
        insert into calendar.taken_in as known (customer_id, user_id, version_count)
        select take_in.customer_id, differing.user_id, count(*)
        from differing
        where differing.is_staged
        group by differing.user_id
        order by differing.user_id
        on conflict (customer_id, user_id) do update
        set version_count = known.version_count + excluded.version_count
    ),

    touched as (
        insert into calendar.touched as marks (customer_id, user_id, cause, since)
        select distinct take_in.customer_id, differing.user_id, 'booking', take_in.at
        from differing
        order by differing.user_id
        on conflict (customer_id, user_id, cause) do update set times = marks.times + 1
    )

    select
        (select count(*) from wanted_calendars) - (select count(*) from held_calendars),
        count(*) filter (where differing.is_staged and not differing.is_stored),
        count(*) filter (where differing.is_staged and differing.is_stored),
        count(*) filter (where not differing.is_staged)
    into unknown_count, added_count, changed_count, vanished_count
    from differing;
    if unknown_count > 0 then
        raise exception 'bookings of a calendar that is not in the roster; the load is taken back'
            using errcode = 'foreign_key_violation';
    end if;

    -- A hold whose bookings have changed is over, also where they change back (domain P-4).
    delete from telephony.holds
    where holds.customer_id = take_in.customer_id
        and holds.user_id in (
            select coverage.user_id from staging.coverage
            where coverage.customer_id = take_in.customer_id
                and coverage.load_id = take_in.load_id
        )
        and not exists (
            select from absence.standing_holds
            where standing_holds.customer_id = holds.customer_id
                and standing_holds.user_id = holds.user_id
                and standing_holds.absence_key = holds.absence_key
                and standing_holds.held_from = holds.held_from
        );

    perform intake.take_in_resources(
        take_in.customer_id, take_in.load_id, user_ids, first_row, last_row
    );
    perform intake.take_in_progress(take_in.customer_id, take_in.load_id, take_in.at);
    delete from staging.bookings
    where bookings.customer_id = take_in.customer_id
        and bookings.load_id = take_in.load_id
        and bookings.ctid between first_row and last_row;
    return next;
end
$$;
