-- intake.placed_version: how a placed absence stood up to an instant, as a row of
-- telephony.placed_versions; none where it never held.
--
-- Whatever changes or deletes a placed absence adds this of the row as it was before, in the same
-- statement.

create function intake.placed_version(
    placed telephony.placed, until timestamptz, ended_by text
)
returns setof telephony.placed_versions
language sql stable
as $$
    select
        placed.customer_id, placed.user_id, placed.absence_key,
        tstzrange(placed.held_from, placed_version.until), placed_version.ended_by,
        placed.extension, placed.kind, placed.reason, placed.announced_reason, placed.starts_at,
        placed.ends_at, placed.back_at, placed.target, placed.ring_seconds, placed.booking_keys,
        placed.booking_marks, placed.acknowledged_at, placed.is_unconfirmed
    where placed.held_from < placed_version.until;
$$;
