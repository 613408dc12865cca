-- intake.sharing_codes: who had a coded booking in common with some users at an instant.
--
-- By the booking's key, which the copies of an invitation share (domain S2-18); the users
-- themselves are among them where they have a code.

create function intake.sharing_codes(
    customer_id bigint, as_of timestamptz, user_ids bigint[]
)
returns bigint[]
language plpgsql stable as $$
#variable_conflict use_column
declare
    keys text[] := array(
        select bookings.booking_key
        from intake.bookings_at(
            sharing_codes.customer_id, sharing_codes.as_of, sharing_codes.user_ids
        ) as bookings
        where bookings.code is not null
    );
begin
    return array(
        select bookings.user_id
        from calendar.bookings
        where bookings.customer_id = sharing_codes.customer_id
            and bookings.booking_key = any(keys)
            and bookings.code is not null
            and bookings.held_from <= sharing_codes.as_of
        union
        select versions.user_id
        from calendar.booking_versions as versions
        where versions.customer_id = sharing_codes.customer_id
            and versions.booking_key = any(keys)
            and versions.code is not null
            and versions.held_during @> sharing_codes.as_of
    );
end
$$;
