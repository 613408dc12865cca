-- absence.is_due: whether an absence has been wanted for a day, so that only its time has come
-- where the telephone system knows no other time than now: bookings and rules have been as they
-- are, and the user has had the services. Such a one closes no phone newly.

create function absence.is_due(
    customer_id bigint, user_id bigint, booking_marks text[], as_of timestamptz
)
returns boolean
language sql stable
as $$
    select
        not exists (
            select from calendar.bookings
            where
                bookings.customer_id = is_due.customer_id
                and bookings.user_id = is_due.user_id
                and encode(bookings.mark, 'hex') = any(is_due.booking_marks)
                and bookings.held_from > is_due.as_of - interval '24 hours'
        )
        and not exists (
            select from customer.rule_sets
            where
                rule_sets.customer_id = is_due.customer_id
                and upper_inf(rule_sets.held_during)
                and lower(rule_sets.held_during) > is_due.as_of - interval '24 hours'
        )
        and exists (
            select from roster.users
            where
                users.customer_id = is_due.customer_id
                and users.user_id = is_due.user_id
                and (
                    users.held_from <= is_due.as_of - interval '24 hours'
                    or exists (
                        select from roster.user_versions as earlier
                        where
                            earlier.customer_id = users.customer_id
                            and earlier.user_id = users.user_id
                            and earlier.held_during @> is_due.as_of - interval '24 hours'
                            and (earlier.is_active, earlier.has_calendar, earlier.has_diversion)
                            = (users.is_active, users.has_calendar, users.has_diversion)
                    )
                )
        );
$$;
