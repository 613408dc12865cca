-- intake.reassert_unknown: settles changes whose outcome was never written down where the
-- telephone system cannot be read (design principle 7).
--
-- Setting and removing may be repeated there, so what may stand is taken as placed and unconfirmed:
-- the comparison that follows places it once more, or removes it. Returns the number settled.

create function intake.reassert_unknown(customer_id bigint, at timestamptz)
returns bigint
language sql as $$
    with

    open_changes as materialized (
        select
            changes.*,
            -- of two under one key the newest tells what may stand
            row_number() over (
                partition by changes.customer_id, changes.user_id, changes.absence_key
                order by changes.run_id desc
            ) as age
        from audit.changes
        where
            changes.customer_id = reassert_unknown.customer_id
            and changes.outcome is null
            and changes.held_because is null
    ),

    may_stand as materialized (
        select
            open_changes.*,
            content.*,
            not exists (
                select from telephony.placed
                where
                    placed.customer_id = open_changes.customer_id
                    and placed.user_id = open_changes.user_id
                    and placed.absence_key <> open_changes.absence_key
                    and placed.starts_at < content.ends_at
                    and placed.ends_at > content.starts_at
            ) as is_free
        from open_changes
        cross join lateral jsonb_to_record(
            coalesce(open_changes.after, open_changes.before)
        ) as content (
            extension text, kind customer.kind, reason text, announced_reason text,
            starts_at timestamptz, ends_at timestamptz, back_at timestamptz, shown_text text,
            target text, ring_seconds integer
        )
        where open_changes.age = 1
    ),

    kept_versions as (
        insert into telephony.placed_versions
        select version.*
        from telephony.placed
        inner join may_stand
            on placed.customer_id = may_stand.customer_id
            and placed.user_id = may_stand.user_id
            and placed.absence_key = may_stand.absence_key
        cross join lateral intake.placed_version(
            placed, reassert_unknown.at, 'changed'
        ) as version
        where not placed.is_unconfirmed or may_stand.is_free
    ),

    -- Where another one is placed at that instant, what was placed before may still be what stands.
    doubted as (
        update telephony.placed
        set
            is_unconfirmed = true,
            held_from = greatest(reassert_unknown.at, placed.held_from)
        from may_stand
        where
            not may_stand.is_free
            and not placed.is_unconfirmed
            and placed.customer_id = may_stand.customer_id
            and placed.user_id = may_stand.user_id
            and placed.absence_key = may_stand.absence_key
    ),

    standing as (
        insert into telephony.placed as known (
            customer_id, user_id, absence_key, extension, kind, reason, announced_reason,
            starts_at, ends_at, back_at, shown_text, target, ring_seconds, booking_keys,
            booking_marks, acknowledged_at, is_unconfirmed, held_from
        )
        select
            customer_id, user_id, absence_key, extension, kind, reason, announced_reason,
            starts_at, ends_at, back_at, shown_text, target, ring_seconds, booking_keys,
            booking_marks, reassert_unknown.at, true, reassert_unknown.at
        from may_stand
        where is_free
        on conflict (customer_id, user_id, absence_key) do update set
            extension = excluded.extension,
            kind = excluded.kind,
            reason = excluded.reason,
            announced_reason = excluded.announced_reason,
            starts_at = excluded.starts_at,
            ends_at = excluded.ends_at,
            back_at = excluded.back_at,
            shown_text = excluded.shown_text,
            target = excluded.target,
            ring_seconds = excluded.ring_seconds,
            booking_keys = excluded.booking_keys,
            booking_marks = excluded.booking_marks,
            held_from = greatest(excluded.held_from, known.held_from),
            is_unconfirmed = true
    ),

    touched as (
        insert into calendar.touched as marks (customer_id, user_id, cause, since)
        select distinct
            open_changes.customer_id,
            open_changes.user_id,
            'settled',
            reassert_unknown.at
        from open_changes
        order by open_changes.user_id
        on conflict (customer_id, user_id, cause) do update set times = marks.times + 1
    ),

    settled as (
        select ended.user_id
        from (
            select
                open_changes.run_id,
                open_changes.planned_at,
                array_agg(open_changes.user_id) as user_ids,
                array_agg(open_changes.absence_key) as absence_keys,
                array_agg('failed'::audit.outcome) as outcomes,
                array_agg(
                    text 'no answer came, and the system cannot be read: it is done once more'
                ) as failures
            from open_changes
            group by open_changes.run_id, open_changes.planned_at
        ) as runs
        cross join lateral intake.end_changes(
            reassert_unknown.customer_id, runs.run_id, runs.planned_at, runs.user_ids,
            runs.absence_keys, runs.outcomes, runs.failures, reassert_unknown.at
        ) as ended
    )

    select count(*) from settled;
$$;
