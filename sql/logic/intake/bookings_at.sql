-- intake.bookings_at: bookings as they stood at an instant, from the versions that held.
--
-- Of the named users, or of everybody. What the calendars held before the first load nobody
-- knows: it reads as nothing.

create function intake.bookings_at(
    customer_id bigint, as_of timestamptz, user_ids bigint[] default null
)
returns setof calendar.bookings
language sql stable
as $$
    select distinct on (stood.user_id, stood.calendar_id, stood.resource_key, stood.booking_key)
        stood.*
    from (
        select bookings.*
        from calendar.bookings
        where
            bookings.customer_id = bookings_at.customer_id
            and (bookings_at.user_ids is null or bookings.user_id = any(bookings_at.user_ids))
            and bookings.held_from <= bookings_at.as_of

        union all

        -- What was pruned stands as it did then, unless it has come back since.
        select (jsonb_populate_record(
            null::calendar.bookings,
            to_jsonb(booking_versions) || jsonb_build_object('held_from', lower(held_during))
        )).*
        from calendar.booking_versions
        where
            booking_versions.customer_id = bookings_at.customer_id
            and (
                bookings_at.user_ids is null
                or booking_versions.user_id = any(bookings_at.user_ids)
            )
            and bookings_at.as_of < 'infinity'
            and lower(booking_versions.held_during) <= bookings_at.as_of
            and (
                booking_versions.held_during @> bookings_at.as_of
                or booking_versions.ended_by = 'pruned'
            )
    ) as stood
    order by
        stood.user_id asc, stood.calendar_id asc, stood.resource_key asc, stood.booking_key asc,
        stood.held_from desc;
$$;
