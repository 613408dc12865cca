-- intake.forget_versions: deletes booking versions that ended before an instant, or, of the named
-- users, all that is known of their bookings; so that the ledger still balances. Returns how many.

create function intake.forget_versions(
    customer_id bigint, before timestamptz, user_ids bigint[], at timestamptz
)
returns bigint
language sql as $$
    with

    ended as (
        delete from calendar.booking_versions
        where
            booking_versions.customer_id = forget_versions.customer_id
            and (
                upper(booking_versions.held_during) < forget_versions.before
                or booking_versions.user_id = any(forget_versions.user_ids)
            )
        returning booking_versions.user_id, booking_versions.load_id
    ),

    standing as (
        delete from calendar.bookings
        where
            bookings.customer_id = forget_versions.customer_id
            and bookings.user_id = any(forget_versions.user_ids)
        returning bookings.user_id, bookings.load_id
    ),

    forgotten as materialized (
        select * from ended
        union all
        select * from standing
    ),

    counted as (
        update calendar.taken_in
        set forgotten_count = taken_in.forgotten_count + of_user.version_count
        from (
            -- In the order in which a load counts, so that neither waits for the other for ever.
            select
                known.customer_id,
                known.user_id
            from calendar.taken_in as known
            where
                known.customer_id = forget_versions.customer_id
                and known.user_id in (select forgotten.user_id from forgotten)
            order by known.user_id
            for update
        ) as locked
        inner join (
            select
                forgotten.user_id,
                count(*) as version_count
            from forgotten
            group by forgotten.user_id
        ) as of_user
            on locked.user_id = of_user.user_id
        where
            taken_in.customer_id = forget_versions.customer_id
            and taken_in.user_id = of_user.user_id
    ),

    written as (
        insert into audit.forgotten_versions as known (
            customer_id, load_id, forgotten_at, version_count
        )
        select
            forget_versions.customer_id,
            forgotten.load_id,
            forget_versions.at,
            count(*)
        from forgotten
        group by forgotten.load_id
        on conflict (customer_id, load_id, forgotten_at) do nothing
    )

    select count(*) from forgotten;
$$;
