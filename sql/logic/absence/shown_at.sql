-- absence.shown_at: what stood on the telephone side at an instant by the last read-back up to it,
-- whoever made it, and had not ended then: of the named users, or of everybody.
--
-- One row per absence seen; held_during has no end where it still looks so.

create function absence.shown_at(
    customer_id bigint, as_of timestamptz, user_ids bigint[] default null
)
returns setof telephony.shown_versions
language sql stable
as $$
    select seen.*
    from (
        select version.*
        from telephony.shown
        cross join lateral intake.shown_version(shown, 'infinity', null) as version
        where
            shown.customer_id = shown_at.customer_id
            and (shown_at.user_ids is null or shown.user_id = any(shown_at.user_ids))
            and shown.held_from <= shown_at.as_of

        union all

        select shown_versions.*
        from telephony.shown_versions
        where
            shown_versions.customer_id = shown_at.customer_id
            and (shown_at.user_ids is null or shown_versions.user_id = any(shown_at.user_ids))
            and shown_versions.held_during @> shown_at.as_of
    ) as seen
    where seen.ends_at > shown_at.as_of;
$$;
