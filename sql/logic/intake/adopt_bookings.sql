-- intake.adopt_bookings: gives placed absences the bookings that now stand behind them, where
-- those changed and the absence did not.

create function intake.adopt_bookings(customer_id bigint, adoptions jsonb)
returns void
language sql as $$
    update telephony.placed
    set
        booking_keys = adopted.booking_keys,
        booking_marks = adopted.booking_marks
    from jsonb_to_recordset(adopt_bookings.adoptions) as adopted (
        user_id bigint, absence_key uuid, booking_keys text[], booking_marks text[]
    )
    where
        placed.customer_id = adopt_bookings.customer_id
        and placed.user_id = adopted.user_id
        and placed.absence_key = adopted.absence_key;
$$;
