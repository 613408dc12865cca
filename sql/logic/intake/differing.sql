-- intake.differing: where some users' staged bookings differ from the stored ones.
--
-- One row per booking that differs: what was staged, as a row to be stored (nothing where it has
-- vanished), and what is stored (nothing where it is new). The keys are found by one full join
-- that compares what is kept, column by column; marks are made for these few alone. A stored
-- booking has vanished only where it overlaps a window that was covered whole, of its own
-- calendar, and is not quarantined (design principle 5).
--
-- The planner knows nothing of a stage that is filled and emptied all the time: where it may
-- join row by row it is wrong by orders of magnitude.

create function intake.differing(
    customer_id bigint,
    load_id bigint,
    user_ids bigint[],
    first_row tid,
    last_row tid,
    at timestamptz
)
returns table (staged calendar.bookings, stored calendar.bookings)
language plpgsql stable rows 1000
set enable_nestloop = off
set enable_mergejoin = off
set enable_sort = off
set plan_cache_mode = force_generic_plan
set work_mem = '64MB'
as $$
#variable_conflict use_column
begin
    return query
    with

    compared as materialized (
        select
            coalesce(fresh.user_id, known.user_id) as user_id,
            coalesce(fresh.calendar_id, known.calendar_id) as calendar_id,
            coalesce(fresh.resource_key, known.resource_key) as resource_key,
            coalesce(fresh.booking_key, known.booking_key) as booking_key,
            fresh.user_id is not null as is_staged,
            known.mark,
            known::calendar.bookings as stored
        from intake.minimised(
            differing.customer_id, differing.load_id, differing.user_ids, differing.first_row,
            differing.last_row
        ) as fresh
        full join (
            -- By user, whatever else the planner takes for cheap in a table that fills just now:
            -- the order is that of the primary key, and sorting is to be avoided.
            select bookings.*
            from unnest(differing.user_ids) as users (user_id)
            cross join lateral (
                select * from calendar.bookings
                where bookings.customer_id = differing.customer_id
                    and bookings.user_id = users.user_id
                order by bookings.calendar_id, bookings.resource_key, bookings.booking_key
                offset 0
            ) as bookings
        ) as known
            on fresh.user_id = known.user_id
            and fresh.calendar_id = known.calendar_id
            and fresh.resource_key = known.resource_key
            and fresh.booking_key = known.booking_key
        where (
            fresh.user_id, fresh.starts_at, fresh.ends_at, fresh.start_date, fresh.end_date,
            fresh.show_as, fresh.sensitivity, fresh.response, fresh.is_cancelled, fresh.code,
            fresh.code_reason, fresh.code_kind, fresh.near_miss, fresh.shown_text,
            fresh.is_choice, fresh.is_choice_skip, fresh.choice_reason, fresh.choice_kind
        ) is distinct from (
            known.user_id, known.starts_at, known.ends_at, known.start_date, known.end_date,
            known.show_as, known.sensitivity, known.response, known.is_cancelled, known.code,
            known.code_reason, known.code_kind, known.near_miss, known.shown_text,
            known.is_choice, known.is_choice_skip, known.choice_reason, known.choice_kind
        )
    ),

    matching as materialized (
        select fresh.*, compared.mark as stored_mark, compared.stored
        from compared
        inner join intake.minimised(
            differing.customer_id, differing.load_id, differing.user_ids, differing.first_row,
            differing.last_row
        ) as fresh
            on compared.user_id = fresh.user_id
            and compared.calendar_id = fresh.calendar_id
            and compared.resource_key = fresh.resource_key
            and compared.booking_key = fresh.booking_key
        where compared.is_staged
    ),

    marked as (
        select
            *,
            -- As it would go over the wire, with names in place of the numbers of types.
            substr(sha256(record_send(row(
                calendar_id, booking_key, starts_at, ends_at, start_date, end_date,
                show_as::text, sensitivity::text, response::text, is_cancelled, code,
                code_reason, code_kind::text, near_miss, shown_text, is_choice, is_choice_skip,
                choice_reason, choice_kind::text
            ))), 1, 16) as mark
        from matching
    ),

    -- Of two with one key in one resource the first by time counts; it may be the stored one.
    first_staged as (
        select distinct on (user_id, calendar_id, resource_key, booking_key) *
        from marked
        order by
            user_id, calendar_id, resource_key, booking_key, starts_at, ends_at, mark
    )

    select
        row(
            differing.customer_id, user_id, calendar_id, booking_key, resource_key, starts_at,
            ends_at, start_date, end_date, show_as, sensitivity, response, is_cancelled, code,
            code_reason, code_kind, shown_text, is_choice, is_choice_skip, choice_reason,
            choice_kind, mark, rule_set_version, differing.load_id, differing.at, near_miss,
            null, null
        )::calendar.bookings,
        stored
    from first_staged
    where mark is distinct from stored_mark

    union all

    select null::calendar.bookings, gone.stored
    from compared as gone
    where not gone.is_staged
        and exists (
            select from staging.coverage
            where coverage.customer_id = differing.customer_id
                and coverage.load_id = differing.load_id
                and coverage.user_id = gone.user_id
                and coverage.calendar_id = gone.calendar_id
                and case
                    when coverage.is_prefix
                        then starts_with(gone.resource_key, coverage.scope)
                    else gone.resource_key = coverage.scope
                end
                and (gone.stored).starts_at < coverage.window_end
                and (gone.stored).ends_at > coverage.window_start
        )
        and not exists (
            select from staging.quarantine
            where quarantine.customer_id = differing.customer_id
                and quarantine.load_id = differing.load_id
                and quarantine.user_id = gone.user_id
                and quarantine.calendar_id = gone.calendar_id
                and quarantine.resource_key = gone.resource_key
                and not quarantine.is_degraded
                -- a broken series keeps all its occurrences
                and (
                    quarantine.booking_key is null
                    or gone.booking_key = quarantine.booking_key
                    or starts_with(gone.booking_key, quarantine.booking_key || '/')
                )
        );
end
$$;
