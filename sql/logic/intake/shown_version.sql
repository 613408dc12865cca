-- intake.shown_version: how an absence was seen up to an instant, as a row of
-- telephony.shown_versions; none where it never held.

create function intake.shown_version(shown telephony.shown, until timestamptz, ended_by text)
returns setof telephony.shown_versions
language sql stable
as $$
    select
        shown.customer_id, shown.user_id, shown.entry_key,
        tstzrange(shown.held_from, shown_version.until), shown_version.ended_by,
        shown.absence_key, shown.extension, shown.origin, shown.kind, shown.reason,
        shown.announced_reason, shown.starts_at, shown.ends_at, shown.back_at, shown.target,
        shown.ring_seconds, shown.set_by, shown.set_at
    where shown.held_from < shown_version.until;
$$;
