-- absence.drift_within: where what is wanted, what was carried out and what is shown do not agree,
-- of absences that have not ended, by the last whole read-back (design principle 8).
--
-- One row per absence and drift; the words are those of audit.drifts. What a person changed or
-- deleted is no drift, nor what may have been deleted and awaits the second read-back, nor what
-- was placed since the read-back.

create function absence.drift_within(customer_id bigint, as_of timestamptz)
returns table (
    user_id bigint,
    drift text,
    entry_key text,
    extension text,
    starts_at timestamptz,
    ends_at timestamptz,
    kind customer.kind,
    reason text
)
language sql stable
as $$
    with

    last_read as (
        select max(read_backs.read_at) as read_at
        from audit.read_backs
        where
            read_backs.customer_id = drift_within.customer_id
            and read_backs.is_whole
            and read_backs.user_count is null
            and read_backs.failure is null
    ),

    placed as materialized (
        select standing.*, telephony_placed.seen_at, telephony_placed.missing_count
        from absence.standing
        inner join telephony.placed as telephony_placed
            on standing.customer_id = telephony_placed.customer_id
            and standing.user_id = telephony_placed.user_id
            and standing.absence_key = telephony_placed.absence_key
        inner join last_read on telephony_placed.acknowledged_at < last_read.read_at
        where
            standing.customer_id = drift_within.customer_id
            and standing.ends_at > drift_within.as_of
    ),

    shown as materialized (
        select *
        from telephony.shown
        where
            shown.customer_id = drift_within.customer_id
            and shown.origin = 'calendar'
            and shown.ends_at > drift_within.as_of
    )

    select
        differences.user_id,
        'not_carried_out',
        coalesce(
            differences.absence_key::text,
            to_char(differences.starts_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
        ),
        coalesce(differences.extension, differences.before_extension),
        coalesce(differences.starts_at, differences.before_starts_at),
        coalesce(differences.ends_at, differences.before_ends_at),
        coalesce(differences.kind, differences.before_kind),
        coalesce(differences.reason, differences.before_reason)
    from absence.differences_within(drift_within.customer_id, drift_within.as_of) as differences
    where
        differences.held_because is null
        -- with other bookings behind it an absence stands as it should
        and (
            differences.extension, differences.starts_at, differences.ends_at, differences.kind,
            differences.reason, differences.announced_reason, differences.back_at,
            differences.shown_text, differences.target, differences.ring_seconds
        ) is distinct from (
            differences.before_extension, differences.before_starts_at,
            differences.before_ends_at, differences.before_kind, differences.before_reason,
            differences.before_announced_reason, differences.before_back_at,
            differences.before_shown_text, differences.before_target,
            differences.before_ring_seconds
        )

    union all

    select
        placed.user_id,
        case when placed.seen_at is null then 'never_shown' else 'missing' end,
        placed.absence_key::text,
        placed.extension,
        placed.starts_at,
        placed.ends_at,
        placed.kind,
        placed.reason
    from placed
    where
        placed.missing_count = 0
        and not exists (
            select from telephony.shown as seen
            where
                seen.customer_id = drift_within.customer_id
                and seen.user_id = placed.user_id
                and seen.absence_key = placed.absence_key
        )

    union all

    select
        placed.user_id,
        'changed',
        placed.absence_key::text,
        shown.extension,
        shown.starts_at,
        shown.ends_at,
        shown.kind,
        shown.reason
    from placed
    inner join shown
        on placed.customer_id = shown.customer_id
        and placed.user_id = shown.user_id
        and placed.absence_key = shown.absence_key
    where
        not placed.is_by_hand
        and (
            placed.extension <> shown.extension
            or placed.starts_at <> shown.starts_at
            or placed.ends_at <> shown.ends_at
            or placed.kind <> shown.kind
            or placed.reason <> shown.reason
        )

    union all

    select
        shown.user_id,
        'stray',
        shown.entry_key,
        shown.extension,
        shown.starts_at,
        shown.ends_at,
        shown.kind,
        shown.reason
    from shown
    where
        not exists (
            select from telephony.placed as known
            where
                known.customer_id = drift_within.customer_id
                and known.user_id = shown.user_id
                and known.absence_key = shown.absence_key
        )
        -- what was withdrawn since it was seen is gone
        and not exists (
            select from audit.changes
            where
                changes.customer_id = drift_within.customer_id
                and changes.user_id = shown.user_id
                and changes.absence_key = shown.absence_key
                and changes.ended_at >= shown.seen_at
                and changes.outcome <> 'not_carried_out'
        )

    union all

    select
        later.user_id,
        'overlapping',
        later.entry_key,
        later.extension,
        later.starts_at,
        later.ends_at,
        later.kind,
        later.reason
    from (
        select
            shown.*,
            max(shown.ends_at) over (
                partition by shown.user_id, shown.extension
                order by shown.starts_at, shown.entry_key
                rows between unbounded preceding and 1 preceding
            ) as end_before
        from shown
    ) as later
    where later.starts_at < later.end_before;
$$;
