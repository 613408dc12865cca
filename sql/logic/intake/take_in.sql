-- intake.take_in: makes what a load staged the current bookings, in one statement.
--
-- First the differing keys by one full join of what was staged with what is stored, then only
-- those are written. A stored booking has vanished only where it overlaps a window that was
-- covered whole, of its own calendar, and is not quarantined (design principle 5). The count
-- of staged rows must be the count that was sent, so that a staging table emptied by a crash
-- never reads as a calendar emptied by its owner.

create function intake.take_in(
    customer_id bigint, load_id bigint, staged_count bigint, at timestamptz
)
returns table (added_count bigint, changed_count bigint, vanished_count bigint)
language plpgsql as $$
#variable_conflict use_column
begin
    if take_in.staged_count <> (
        select count(*) from staging.bookings
        where bookings.customer_id = take_in.customer_id and bookings.load_id = take_in.load_id
    ) + (
        select count(*) from staging.coverage
        where coverage.customer_id = take_in.customer_id and coverage.load_id = take_in.load_id
    ) then
        raise exception 'staging does not hold what was sent; the load is taken back'
            using errcode = 'KK002';
    end if;

    -- Nobody calls for a load afresh between what is minimised now and its cursor.
    perform from roster.calendars
    inner join staging.cursors
        on calendars.customer_id = cursors.customer_id
        and calendars.user_id = cursors.user_id
        and calendars.calendar_id = cursors.calendar_id
    where cursors.customer_id = take_in.customer_id and cursors.load_id = take_in.load_id
    for share of calendars;

    return query
    with

    staged as materialized (
        -- two of one key in one resource: the first by time counts
        select distinct on (user_id, calendar_id, resource_key, booking_key) *
        from intake.minimised
        where minimised.customer_id = take_in.customer_id
            and minimised.load_id = take_in.load_id
            and minimised.starts_at <= minimised.ends_at
        order by user_id, calendar_id, resource_key, booking_key, starts_at, ends_at
    ),

    covered as (
        select bookings.*
        from calendar.bookings
        where bookings.customer_id = take_in.customer_id
            and bookings.user_id in (
                select coverage.user_id from staging.coverage
                where coverage.customer_id = take_in.customer_id
                    and coverage.load_id = take_in.load_id
            )
            and exists (
                select from staging.coverage
                where coverage.customer_id = bookings.customer_id
                    and coverage.load_id = take_in.load_id
                    and coverage.user_id = bookings.user_id
                    and coverage.calendar_id = bookings.calendar_id
                    and case
                        when coverage.is_prefix
                            then starts_with(bookings.resource_key, coverage.scope)
                        else bookings.resource_key = coverage.scope
                    end
                    and bookings.starts_at < coverage.window_end
                    and bookings.ends_at > coverage.window_start
            )
            and not exists (
                select from staging.quarantine
                where quarantine.customer_id = bookings.customer_id
                    and quarantine.load_id = take_in.load_id
                    and quarantine.user_id = bookings.user_id
                    and quarantine.calendar_id = bookings.calendar_id
                    and quarantine.resource_key = bookings.resource_key
                    and not quarantine.is_degraded
                    -- a broken series keeps all its occurrences
                    and (
                        quarantine.booking_key is null
                        or bookings.booking_key = quarantine.booking_key
                        or starts_with(bookings.booking_key, quarantine.booking_key || '/')
                    )
            )
    ),

    vanished as (
        select covered.*
        from covered
        left join staged using (user_id, calendar_id, resource_key, booking_key)
        where staged.mark is null
    ),

    differing as materialized (
        select staged.*, stored.mark as stored_mark
        from staged
        left join calendar.bookings as stored
            on stored.customer_id = take_in.customer_id
            and staged.user_id = stored.user_id
            and staged.calendar_id = stored.calendar_id
            and staged.resource_key = stored.resource_key
            and staged.booking_key = stored.booking_key
        where staged.mark is distinct from stored.mark
    ),

    removed as (
        delete from calendar.bookings as gone
        using vanished
        where gone.customer_id = take_in.customer_id
            and gone.user_id = vanished.user_id
            and gone.calendar_id = vanished.calendar_id
            and gone.resource_key = vanished.resource_key
            and gone.booking_key = vanished.booking_key
        returning gone.*
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
            ), old.ended_by,
            old.starts_at, old.ends_at, old.start_date, old.end_date, old.show_as,
            old.sensitivity, old.response, old.is_cancelled, old.code, old.code_reason,
            old.code_kind, old.kept_text, old.is_choice, old.is_choice_skip,
            old.choice_reason, old.choice_kind, old.mark, old.rule_set_version, old.load_id
        from (
            -- Text goes with the last row that shows any.
            select removed.*, 'vanished' as ended_by, null::text as kept_text from removed
            union all
            select
                stored.*, 'changed',
                case when differing.shown_text is not null then stored.shown_text end
            from differing
            inner join calendar.bookings as stored
                on stored.customer_id = take_in.customer_id
                and differing.user_id = stored.user_id
                and differing.calendar_id = stored.calendar_id
                and differing.resource_key = stored.resource_key
                and differing.booking_key = stored.booking_key
        ) as old
    ),

    written as (
        insert into calendar.bookings as stored (
            customer_id, user_id, calendar_id, resource_key, booking_key, starts_at, ends_at,
            start_date, end_date, show_as, sensitivity, response, is_cancelled, code,
            code_reason, code_kind, near_miss, shown_text, is_choice, is_choice_skip,
            choice_reason, choice_kind, mark, rule_set_version, load_id, held_from
        )
        select
            differing.customer_id, differing.user_id, differing.calendar_id,
            differing.resource_key, differing.booking_key, differing.starts_at,
            differing.ends_at, differing.start_date, differing.end_date, differing.show_as,
            differing.sensitivity, differing.response, differing.is_cancelled, differing.code,
            differing.code_reason, differing.code_kind, differing.near_miss,
            differing.shown_text, differing.is_choice, differing.is_choice_skip,
            differing.choice_reason, differing.choice_kind, differing.mark,
            differing.rule_set_version, differing.load_id, take_in.at
        from differing
        on conflict (customer_id, user_id, calendar_id, resource_key, booking_key)
        do update set
            starts_at = excluded.starts_at,
            ends_at = excluded.ends_at,
            start_date = excluded.start_date,
            end_date = excluded.end_date,
            show_as = excluded.show_as,
            sensitivity = excluded.sensitivity,
            response = excluded.response,
            is_cancelled = excluded.is_cancelled,
            code = excluded.code,
            code_reason = excluded.code_reason,
            code_kind = excluded.code_kind,
            near_miss = excluded.near_miss,
            shown_text = excluded.shown_text,
            is_choice = excluded.is_choice,
            is_choice_skip = excluded.is_choice_skip,
            choice_reason = excluded.choice_reason,
            choice_kind = excluded.choice_kind,
            mark = excluded.mark,
            rule_set_version = excluded.rule_set_version,
            load_id = excluded.load_id,
            -- What came and went at one instant, or while the clock was put back, held as well.
            held_from = greatest(
                excluded.held_from, stored.held_from + interval '1 microsecond'
            ),
            account = null,
            account_because = null
        returning stored.user_id
    ),

    counted as (
        insert into calendar.taken_in as known (customer_id, user_id, version_count)
        select take_in.customer_id, differing.user_id, count(*)
        from differing
        group by differing.user_id
        order by differing.user_id
        on conflict (customer_id, user_id) do update
        set version_count = known.version_count + excluded.version_count
    ),

    touched as (
        insert into calendar.touched as marks (customer_id, user_id, cause, since)
        select distinct take_in.customer_id, changed.user_id, 'booking', take_in.at
        from (
            select differing.user_id from differing
            union all
            select vanished.user_id from vanished
        ) as changed
        order by changed.user_id
        on conflict (customer_id, user_id, cause) do update set times = marks.times + 1
    )

    select
        (select count(*) from differing where differing.stored_mark is null),
        (select count(*) from differing where differing.stored_mark is not null),
        (select count(*) from vanished);

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

    perform intake.take_in_progress(take_in.customer_id, take_in.load_id, take_in.at);
end
$$;
