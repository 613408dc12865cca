-- absence.weighed: a booking that stands in a calendar, with its account at an instant where the
-- booking and what is placed tell that by themselves (absence.accounts_within).
--
-- verdict: the account and its cause; null where the booking should stand by now, or be covered by
-- what does. is_known_late: it was known only after its end. is_over: so it was, and it is behind
-- nothing that is still to come.

create type absence.weighed as (
    user_id bigint,
    calendar_id integer,
    resource_key text,
    booking_key text,
    load_id bigint,
    held_from timestamptz,
    starts_at timestamptz,
    ends_at timestamptz,
    mark bytea,
    is_clipped boolean,
    is_known_late boolean,
    is_over boolean,
    verdict text[] -- noqa: LT01
);
