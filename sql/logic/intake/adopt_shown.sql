-- intake.adopt_shown: makes placed what the read-back at an instant showed under a key of ours and
-- nobody here knows: placed since the database was restored, say. It is ours all the same; the next
-- plan keeps it where it is wanted, and removes it else. Returns the number.
--
-- What is only just withdrawn may still be shown. Of two that overlap the first is adopted.

create function intake.adopt_shown(customer_id bigint, at timestamptz)
returns bigint
language sql as $$
    with

    strays as (
        select shown.*
        from telephony.shown
        where
            shown.customer_id = adopt_shown.customer_id
            and shown.seen_at = adopt_shown.at
            and shown.origin = 'calendar'
            and shown.absence_key is not null
            and shown.starts_at < shown.ends_at
            and shown.ends_at > adopt_shown.at
            and not exists (
                select from telephony.placed
                where
                    placed.customer_id = shown.customer_id
                    and placed.user_id = shown.user_id
                    and (
                        placed.absence_key = shown.absence_key
                        or (placed.starts_at < shown.ends_at and placed.ends_at > shown.starts_at)
                    )
            )
            and not exists (
                select from audit.changes
                where
                    changes.customer_id = shown.customer_id
                    and changes.user_id = shown.user_id
                    and changes.absence_key = shown.absence_key
                    and changes.held_because is null
                    and (
                        changes.outcome is null
                        or changes.outcome <> 'not_carried_out'
                        and changes.ended_at >= adopt_shown.at
                    )
            )
    ),

    adopted as (
        insert into telephony.placed (
            customer_id, user_id, absence_key, extension, kind, reason, announced_reason,
            starts_at, ends_at, back_at, shown_text, target, ring_seconds, booking_keys,
            booking_marks, version_tag, acknowledged_at, seen_at, held_from
        )
        select
            strays.customer_id, strays.user_id, strays.absence_key, strays.extension,
            strays.kind, strays.reason, coalesce(strays.announced_reason, strays.reason),
            strays.starts_at, strays.ends_at, coalesce(strays.back_at, strays.ends_at),
            strays.shown_text, coalesce(strays.target, 'announcement'),
            coalesce(strays.ring_seconds, 15), '{}', '{}', strays.version_tag, adopt_shown.at,
            adopt_shown.at, adopt_shown.at
        from strays
        where
            not exists (
                select from strays as first
                where
                    first.user_id = strays.user_id
                    and first.entry_key < strays.entry_key
                    and first.starts_at < strays.ends_at
                    and first.ends_at > strays.starts_at
            )
        on conflict (customer_id, user_id, absence_key) do nothing
        returning placed.user_id
    ),

    touched as (
        insert into calendar.touched as marks (customer_id, user_id, cause, since)
        select distinct
            adopt_shown.customer_id,
            adopted.user_id,
            'read_back',
            adopt_shown.at
        from adopted
        order by adopted.user_id
        on conflict (customer_id, user_id, cause) do update set times = marks.times + 1
    )

    select count(*) from adopted;
$$;
