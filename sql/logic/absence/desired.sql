-- absence.desired: an absence that a user should have, as callers are to hear it.
--
-- Free of the instant: it may have ended, or begin too late to be placed.

create type absence.desired as (
    customer_id bigint,
    user_id bigint,
    extension text,
    starts_at timestamptz,
    ends_at timestamptz,
    kind customer.kind,
    reason text,
    announced_reason text,
    back_at timestamptz,
    shown_text text,
    target text,
    ring_seconds integer,
    decided_by text,
    is_weakened boolean,
    booking_keys text[], -- noqa: LT01
    booking_marks text[], -- noqa: LT01
    days_ahead integer
);
