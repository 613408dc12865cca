-- intake.place_desired: takes what is wanted at an instant for what stands, in a shadow, so that
-- what is wanted under other rules differs from it as a plan differs from the telephones.

create function intake.place_desired(customer_id bigint, as_of timestamptz)
returns void
language sql
-- The rows of a shadow are in no statistics: one by one would seem cheap for all of them.
set enable_nestloop = off
as $$
    insert into telephony.placed (
        customer_id, user_id, absence_key, extension, kind, reason, announced_reason,
        starts_at, ends_at, back_at, shown_text, target, ring_seconds, booking_keys,
        booking_marks, acknowledged_at
    )
    select
        desired.customer_id,
        desired.user_id,
        gen_random_uuid(),
        desired.extension,
        desired.kind,
        desired.reason,
        desired.announced_reason,
        desired.starts_at,
        desired.ends_at,
        desired.back_at,
        desired.shown_text,
        desired.target,
        desired.ring_seconds,
        desired.booking_keys,
        desired.booking_marks,
        place_desired.as_of
    from absence.desired_within(place_desired.customer_id, place_desired.as_of) as desired;
$$;
