-- absence.state_at: what was wanted for a user at an instant, what was believed to stand of ours,
-- and what was seen on the telephone side, each as it was known then.
--
-- One row per absence that had not ended, labelled wanted, placed or shown; is_running: it had
-- begun. known_from: since when it was known so; who planned it, when, and when the telephone side
-- acknowledged it, of what was placed. Text of bookings is kept in none of them.

create function absence.state_at(customer_id bigint, user_id bigint, as_of timestamptz)
returns table (
    state text,
    is_running boolean,
    origin text,
    absence_key uuid,
    extension text,
    kind customer.kind,
    reason text,
    announced_reason text,
    starts_at timestamptz,
    ends_at timestamptz,
    back_at timestamptz,
    target text,
    ring_seconds integer,
    booking_keys text[],
    booking_marks text[],
    losses text[],
    known_from timestamptz,
    run_id bigint,
    planned_at timestamptz,
    acknowledged_at timestamptz,
    set_by text
)
language sql as $$
    select
        'wanted',
        wanted.starts_at <= state_at.as_of,
        'calendar',
        null,
        wanted.extension,
        wanted.kind,
        wanted.reason,
        wanted.announced_reason,
        wanted.starts_at,
        wanted.ends_at,
        wanted.back_at,
        wanted.target,
        wanted.ring_seconds,
        wanted.booking_keys,
        wanted.booking_marks,
        '{}'::text[],
        null,
        null::bigint,
        null,
        null,
        null
    from absence.wanted_at(
        state_at.customer_id, state_at.as_of, array[state_at.user_id]
    ) as wanted

    union all

    select
        'placed',
        placed.starts_at <= state_at.as_of,
        'calendar',
        placed.absence_key,
        placed.extension,
        placed.kind,
        placed.reason,
        placed.announced_reason,
        placed.starts_at,
        placed.ends_at,
        placed.back_at,
        placed.target,
        placed.ring_seconds,
        placed.booking_keys,
        placed.booking_marks,
        coalesce(newest.losses, '{}'),
        lower(placed.held_during),
        newest.run_id,
        newest.planned_at,
        placed.acknowledged_at,
        edited.set_by
    from absence.placed_at(
        state_at.customer_id, state_at.as_of, array[state_at.user_id]
    ) as placed
    left join lateral (
        select
            changes.run_id,
            changes.planned_at,
            changes.losses
        from audit.changes
        where
            changes.customer_id = placed.customer_id
            and changes.user_id = placed.user_id
            and changes.absence_key = placed.absence_key
            and changes.outcome in ('done', 'unchanged', 'found_done')
            and changes.ended_at <= state_at.as_of
        order by changes.ended_at desc, changes.run_id desc
        limit 1
    ) as newest on true
    left join telephony.holds as edited
        on placed.customer_id = edited.customer_id
        and placed.user_id = edited.user_id
        and placed.absence_key = edited.absence_key
        and edited.cause = 'changed_by_hand'
        and edited.held_from = lower(placed.held_during)

    union all

    select
        'shown',
        shown.starts_at <= state_at.as_of,
        shown.origin,
        shown.absence_key,
        shown.extension,
        shown.kind,
        shown.reason,
        coalesce(shown.announced_reason, shown.reason),
        shown.starts_at,
        shown.ends_at,
        coalesce(shown.back_at, shown.ends_at),
        shown.target,
        shown.ring_seconds,
        '{}',
        '{}',
        '{}',
        lower(shown.held_during),
        null,
        null,
        shown.set_at,
        shown.set_by
    from absence.shown_at(
        state_at.customer_id, state_at.as_of, array[state_at.user_id]
    ) as shown;
$$;
