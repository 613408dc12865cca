-- intake.adopt_bookings: gives placed absences the bookings that now stand behind them, where
-- those changed and the absence did not.

create function intake.adopt_bookings(customer_id bigint, adoptions jsonb, at timestamptz)
returns void
language sql as $$
    with

    adopted as materialized (
        select
            adopted.*,
            placed as earlier
        from jsonb_to_recordset(adopt_bookings.adoptions) as adopted (
            user_id bigint, absence_key uuid, booking_keys text[], booking_marks text[]
        )
        inner join telephony.placed
            on placed.customer_id = adopt_bookings.customer_id
            and adopted.user_id = placed.user_id
            and adopted.absence_key = placed.absence_key
    ),

    kept_versions as (
        insert into telephony.placed_versions
        select version.*
        from adopted
        cross join lateral intake.placed_version(
            adopted.earlier, adopt_bookings.at, 'bookings'
        ) as version
    )

    update telephony.placed
    set
        booking_keys = adopted.booking_keys,
        booking_marks = adopted.booking_marks,
        held_from = greatest(adopt_bookings.at, placed.held_from)
    from adopted
    where
        placed.customer_id = adopt_bookings.customer_id
        and placed.user_id = adopted.user_id
        and placed.absence_key = adopted.absence_key;
$$;
