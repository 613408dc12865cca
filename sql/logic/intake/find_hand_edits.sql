-- intake.find_hand_edits: makes holds of what people deleted or changed on the telephone side.
--
-- Judges placed absences that were seen once, have not ended, were acknowledged before the
-- read-back at `at` and have no change under way. Returns the number of new holds. What is
-- missing counts only where is_believed, and only when it is missing a second time, or where the
-- exchange itself met nothing there (a conflict); what was never seen is then only forgotten.
-- What a person took over (it stands under our key, with another origin) counts at once as
-- deleted. What the exchange does not tell of an absence is not compared. A list that shows just
-- what stood before a change of ours lags and tells nothing, unless it says that this was set
-- since.

create function intake.find_hand_edits(
    customer_id bigint, user_ids bigint[], is_believed boolean, at timestamptz
)
returns bigint
language sql as $$
    with

    judged as (
        select
            placed.*,
            shown.entry_key is null as is_missing,
            coalesce(shown.origin <> 'calendar', false) as is_taken_over,
            shown.entry_key is null and conflicts.is_met and find_hand_edits.is_believed
                as is_contested,
            shown.set_by,
            shown.set_at,
            shown.extension as shown_extension,
            shown.kind as shown_kind,
            shown.reason as shown_reason,
            coalesce(shown.announced_reason, placed.announced_reason) as shown_announced_reason,
            shown.starts_at as shown_starts_at,
            shown.ends_at as shown_ends_at,
            coalesce(shown.back_at, placed.back_at) as shown_back_at,
            shown.shown_text as shown_shown_text,
            coalesce(shown.target, placed.target) as shown_target,
            coalesce(shown.ring_seconds, placed.ring_seconds) as shown_ring_seconds,
            shown.version_tag as shown_version_tag
        from telephony.placed
        left join telephony.shown
            on placed.customer_id = shown.customer_id
            and placed.user_id = shown.user_id
            and placed.absence_key = shown.absence_key
        cross join lateral (
            select exists (
                select from audit.changes
                where
                    changes.customer_id = placed.customer_id
                    and changes.user_id = placed.user_id
                    and changes.absence_key = placed.absence_key
                    and changes.outcome = 'conflict'
                    and changes.ended_at >= placed.acknowledged_at
            ) as is_met
        ) as conflicts
        where
            placed.customer_id = find_hand_edits.customer_id
            and (find_hand_edits.user_ids is null or placed.user_id = any(find_hand_edits.user_ids))
            and (placed.seen_at is not null or shown.entry_key is null and conflicts.is_met)
            and placed.acknowledged_at < find_hand_edits.at
            and placed.ends_at > find_hand_edits.at
            and not exists (
                select from audit.changes
                where
                    changes.customer_id = placed.customer_id
                    and changes.user_id = placed.user_id
                    and changes.absence_key = placed.absence_key
                    and changes.outcome is null
                    and changes.held_because is null
            )
    ),

    deleted as (
        delete from telephony.placed as gone
        using judged
        where
            (
                judged.is_taken_over
                or judged.is_contested
                or judged.is_missing and judged.missing_count >= 1 and find_hand_edits.is_believed
            )
            and gone.customer_id = judged.customer_id
            and gone.user_id = judged.user_id
            and gone.absence_key = judged.absence_key
        returning gone.*, judged.set_by, judged.set_at
    ),

    missed as (
        update telephony.placed as absent
        set missing_count = absent.missing_count + 1
        from judged
        where
            judged.is_missing
            and not judged.is_contested
            and judged.missing_count = 0
            and find_hand_edits.is_believed
            and absent.customer_id = judged.customer_id
            and absent.user_id = judged.user_id
            and absent.absence_key = judged.absence_key
    ),

    -- What stands under our key is what is placed now; the hold keeps it from being mended.
    changed as (
        update telephony.placed as kept
        set
            extension = judged.shown_extension,
            kind = judged.shown_kind,
            reason = judged.shown_reason,
            announced_reason = judged.shown_announced_reason,
            starts_at = judged.shown_starts_at,
            ends_at = judged.shown_ends_at,
            back_at = judged.shown_back_at,
            shown_text = judged.shown_shown_text,
            target = judged.shown_target,
            ring_seconds = judged.shown_ring_seconds,
            version_tag = judged.shown_version_tag,
            held_from = greatest(find_hand_edits.at, kept.held_from)
        from judged
        where
            not judged.is_missing
            and not judged.is_taken_over
            and (
                judged.shown_extension, judged.shown_kind, judged.shown_reason,
                judged.shown_announced_reason, judged.shown_starts_at, judged.shown_ends_at,
                judged.shown_back_at, judged.shown_shown_text, judged.shown_target,
                judged.shown_ring_seconds
            ) is distinct from (
                judged.extension, judged.kind, judged.reason, judged.announced_reason,
                judged.starts_at, judged.ends_at, judged.back_at, judged.shown_text,
                judged.target, judged.ring_seconds
            )
            and kept.customer_id = judged.customer_id
            and kept.user_id = judged.user_id
            and kept.absence_key = judged.absence_key
            and (
                judged.set_at > judged.acknowledged_at
                or not exists (
                    select from audit.changes
                    cross join lateral jsonb_populate_record(
                        null::telephony.shown, changes.before
                    ) as earlier
                    where
                        changes.customer_id = judged.customer_id
                        and changes.user_id = judged.user_id
                        and changes.absence_key = judged.absence_key
                        and changes.action = 'update'
                        and changes.outcome in ('done', 'unchanged', 'found_done')
                        and (
                            earlier.extension, earlier.kind, earlier.reason, earlier.starts_at,
                            earlier.ends_at, earlier.shown_text
                        ) is not distinct from (
                            judged.shown_extension, judged.shown_kind, judged.shown_reason,
                            judged.shown_starts_at, judged.shown_ends_at, judged.shown_shown_text
                        )
                )
            )
        returning judged.*
    ),

    kept_versions as (
        insert into telephony.placed_versions
        select version.*
        from telephony.placed
        inner join (
            select
                user_id,
                absence_key,
                case when seen_at is null then 'not_found' else 'deleted_by_hand' end as ended_by
            from deleted
            union all
            select
                user_id,
                absence_key,
                'changed_by_hand'
            from changed
        ) as ended
            on placed.user_id = ended.user_id and placed.absence_key = ended.absence_key
        cross join lateral intake.placed_version(
            placed, find_hand_edits.at, ended.ended_by
        ) as version
        where placed.customer_id = find_hand_edits.customer_id
    ),

    holds as (
        insert into telephony.holds (
            customer_id, user_id, absence_key, held_from, cause, starts_at, ends_at,
            booking_marks, set_by, set_at
        )
        select
            customer_id, user_id, absence_key, find_hand_edits.at, 'deleted_by_hand', starts_at,
            ends_at, booking_marks, set_by, set_at
        from deleted
        where deleted.seen_at is not null
        union all
        select
            customer_id, user_id, absence_key, find_hand_edits.at, 'changed_by_hand',
            least(starts_at, shown_starts_at), greatest(ends_at, shown_ends_at), booking_marks,
            set_by, set_at
        from changed
        on conflict do nothing
        returning user_id
    ),

    touched as (
        insert into calendar.touched as marks (customer_id, user_id, cause, since)
        select distinct find_hand_edits.customer_id, holds.user_id, 'hand_edit', find_hand_edits.at
        from holds
        order by holds.user_id
        on conflict (customer_id, user_id, cause) do update set times = marks.times + 1
    )

    select count(*) from holds;
$$;
