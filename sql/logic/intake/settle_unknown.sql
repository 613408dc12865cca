-- intake.settle_unknown: ends the changes whose outcome was never written down, by what a
-- read-back of just those users shows (design principle 7).
--
-- What stands under our key is what is placed now; what does not stand is not placed. The
-- comparison that follows then plans whatever is still to be done. Of what was to stand only
-- that is compared which both sides tell. Returns the number settled.

create function intake.settle_unknown(customer_id bigint, user_ids bigint[], at timestamptz)
returns bigint
language sql as $$
    with

    open_changes as materialized (
        select
            changes.*,
            -- of two under one key the newest tells what is to stand
            row_number() over (
                partition by changes.customer_id, changes.user_id, changes.absence_key
                order by changes.run_id desc
            ) as age
        from audit.changes
        where
            changes.customer_id = settle_unknown.customer_id
            and changes.user_id = any(settle_unknown.user_ids)
            and changes.outcome is null
            and changes.held_because is null
    ),

    judged as materialized (
        select
            open_changes.customer_id,
            open_changes.user_id,
            open_changes.run_id,
            open_changes.planned_at,
            open_changes.absence_key,
            open_changes.booking_keys,
            open_changes.booking_marks,
            open_changes.age,
            shown.entry_key is not null as is_shown,
            shown.extension,
            shown.kind,
            shown.reason,
            shown.announced_reason,
            shown.starts_at,
            shown.ends_at,
            shown.back_at,
            shown.shown_text,
            shown.target,
            shown.ring_seconds,
            shown.version_tag,
            case
                when open_changes.action = 'withdraw' then shown.entry_key is null
                else
                    shown.entry_key is not null
                    and wanted.extension = shown.extension
                    and wanted.kind = shown.kind
                    and wanted.reason = shown.reason
                    and wanted.starts_at = shown.starts_at
                    and wanted.ends_at = shown.ends_at
                    and wanted.shown_text is not distinct from shown.shown_text
                    and coalesce(wanted.announced_reason = shown.announced_reason, true)
                    and coalesce(wanted.back_at = shown.back_at, true)
                    and coalesce(wanted.target = shown.target, true)
                    and coalesce(wanted.ring_seconds = shown.ring_seconds, true)
            end as is_done
        from open_changes
        left join telephony.shown
            on open_changes.customer_id = shown.customer_id
            and open_changes.user_id = shown.user_id
            and open_changes.absence_key = shown.absence_key
            and shown.origin = 'calendar'
        cross join lateral jsonb_to_record(coalesce(open_changes.after, '{}')) as wanted (
            extension text, kind customer.kind, reason text, announced_reason text,
            starts_at timestamptz, ends_at timestamptz, back_at timestamptz, shown_text text,
            target text, ring_seconds integer
        )
    ),

    kept_versions as (
        insert into telephony.placed_versions
        select version.*
        from telephony.placed
        inner join judged
            on placed.customer_id = judged.customer_id
            and placed.user_id = judged.user_id
            and placed.absence_key = judged.absence_key
        cross join lateral intake.placed_version(
            placed, settle_unknown.at, case when judged.is_shown then 'changed' else 'not_found' end
        ) as version
        where judged.age = 1
    ),

    gone as (
        delete from telephony.placed
        using judged
        where
            judged.age = 1
            and not judged.is_shown
            and placed.customer_id = judged.customer_id
            and placed.user_id = judged.user_id
            and placed.absence_key = judged.absence_key
    ),

    standing as (
        insert into telephony.placed as known (
            customer_id, user_id, absence_key, extension, kind, reason, announced_reason,
            starts_at, ends_at, back_at, shown_text, target, ring_seconds, booking_keys,
            booking_marks, version_tag, acknowledged_at, seen_at, held_from
        )
        select
            customer_id, user_id, absence_key, extension, kind, reason,
            coalesce(announced_reason, reason), starts_at, ends_at,
            coalesce(back_at, ends_at), shown_text, coalesce(target, 'announcement'),
            coalesce(ring_seconds, 15), booking_keys, booking_marks, version_tag,
            settle_unknown.at, settle_unknown.at, settle_unknown.at
        from judged
        where age = 1 and is_shown
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
            version_tag = excluded.version_tag,
            acknowledged_at = excluded.acknowledged_at,
            held_from = greatest(excluded.held_from, known.held_from),
            seen_at = excluded.seen_at,
            missing_count = 0,
            is_unconfirmed = false
    ),

    settled as (
        select ended.user_id
        from (
            select
                judged.run_id,
                judged.planned_at,
                array_agg(judged.user_id) as user_ids,
                array_agg(judged.absence_key) as absence_keys,
                array_agg(
                    (case when judged.is_done then 'found_done' else 'found_undone' end)
                    ::audit.outcome
                ) as outcomes
            from judged
            group by judged.run_id, judged.planned_at
        ) as runs
        cross join lateral intake.end_changes(
            settle_unknown.customer_id, runs.run_id, runs.planned_at, runs.user_ids,
            runs.absence_keys, runs.outcomes, null, settle_unknown.at
        ) as ended
    )

    select count(*) from settled;
$$;
