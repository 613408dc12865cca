-- absence.accounted: a booking version and its account, with the cause (absence.accounts_within).

create type absence.accounted as (
    user_id bigint,
    calendar_id integer,
    resource_key text,
    booking_key text,
    load_id bigint,
    held_from timestamptz,
    account text,
    because text
);
