-- intake.take_in_shown: makes what a read-back staged the shown absences of the users it
-- covered, and finds what people did by hand (domain P-4, design principle 8).
--
-- An absence of ours that was seen once and is missing in two whole read-backs was deleted by
-- hand; one that differs from what was placed was changed by hand. Both make a hold. A read-back
-- that misses more than three of what was seen before, and more than 30 % of it, is taken for
-- cut off: nothing counts as deleted then, and doubted_count says how much it misses.
--
-- After the database was restored nothing is a hand edit until a whole read-back of everybody has
-- been adopted: what differs was done by the runs that are forgotten.

create function intake.take_in_shown(
    customer_id bigint,
    read_back_id bigint,
    staged_count bigint,
    user_ids bigint[],
    is_whole boolean,
    at timestamptz
)
returns table (entry_count bigint, hold_count bigint, doubted_count bigint)
language plpgsql as $$
#variable_conflict use_column
declare
    missing_count bigint := 0;
    seen_count bigint := 0;
    is_believed boolean := false;
    is_restored boolean;
    holds bigint := 0;
begin
    if take_in_shown.staged_count <> (
        select count(*) from staging.shown
        where shown.customer_id = take_in_shown.customer_id
            and shown.read_back_id = take_in_shown.read_back_id
    ) then
        raise exception 'staging does not hold what was sent; the read-back is taken back'
            using errcode = 'KK002';
    end if;

    -- No index leads from a key to its absence, and one by one all would be searched for each:
    -- whatever statistics say of tables that were filled just now, they are joined once.
    set local enable_nestloop = off;
    create temporary table seen on commit drop as
    select
        users.user_id, shown.entry_key, shown.absence_key, shown.extension, shown.origin,
        shown.kind, shown.reason, shown.announced_reason,
        -- Whole seconds outwards, as ours have: what is clipped around it must not differ for
        -- ever from what can be placed.
        date_trunc('second', shown.starts_at) as starts_at,
        date_trunc('second', shown.ends_at + interval '999999 microseconds') as ends_at,
        date_trunc('second', shown.back_at) as back_at, shown.shown_text, shown.target, shown.ring_seconds, shown.version_tag,
        shown.set_by, shown.set_at
    from staging.shown
    left join telephony.placed
        on shown.customer_id = placed.customer_id and shown.absence_key = placed.absence_key
    left join (
        select distinct on (extension) extension, user_id
        from roster.users
        where customer_id = take_in_shown.customer_id
        order by extension asc, is_active desc, user_id asc
    ) as holders
        on shown.extension = holders.extension
    -- The owner of a key of ours is known, whatever extension it stands at.
    cross join lateral (
        select coalesce(
            placed.user_id,
            (
                select changes.user_id from audit.changes
                where changes.customer_id = take_in_shown.customer_id
                    and changes.absence_key = shown.absence_key
                    and changes.outcome is null
                    and changes.held_because is null
                limit 1
            ),
            holders.user_id
        ) as user_id
    ) as users
    where shown.customer_id = take_in_shown.customer_id
        and shown.read_back_id = take_in_shown.read_back_id
        and users.user_id is not null;
    set local enable_nestloop to default;
    analyze seen;

    insert into calendar.touched as marks (customer_id, user_id, cause, since)
    select distinct take_in_shown.customer_id, user_id, 'read_back', take_in_shown.at
    from (select * from seen where seen.origin <> 'calendar') as after
    full join (
        select * from telephony.shown
        where shown.customer_id = take_in_shown.customer_id and shown.origin <> 'calendar'
            and (take_in_shown.user_ids is null or shown.user_id = any(take_in_shown.user_ids))
            and shown.ends_at > take_in_shown.at
    ) as before using (user_id, entry_key)
    where (after.starts_at, after.ends_at) is distinct from (before.starts_at, before.ends_at)
        and (after.starts_at is not null or take_in_shown.is_whole)
    order by user_id
    on conflict (customer_id, user_id, cause) do update set times = marks.times + 1;

    with

    -- What has ended was not asked for, and has still to be clipped around.
    gone as (
        delete from telephony.shown as before
        where before.customer_id = take_in_shown.customer_id
            and take_in_shown.is_whole
            and (take_in_shown.user_ids is null or before.user_id = any(take_in_shown.user_ids))
            and before.ends_at > take_in_shown.at
            and not exists (
                select from seen
                where seen.user_id = before.user_id and seen.entry_key = before.entry_key
            )
        returning before as earlier
    )

    insert into telephony.shown_versions
    select version.*
    from gone
    cross join lateral intake.shown_version(gone.earlier, take_in_shown.at, 'gone') as version;

    with

    written as (
        insert into telephony.shown as before (
            customer_id, user_id, entry_key, absence_key, extension, origin, kind, reason,
            announced_reason, starts_at, ends_at, back_at, shown_text, target, ring_seconds,
            version_tag, set_by, set_at, seen_at, held_from
        )
        select
            take_in_shown.customer_id, user_id, entry_key, absence_key, extension, origin, kind,
            reason, announced_reason, starts_at, ends_at, back_at, shown_text, target,
            ring_seconds, version_tag, set_by, set_at, take_in_shown.at, take_in_shown.at
        from seen
        on conflict (customer_id, user_id, entry_key) do update set
            absence_key = excluded.absence_key, extension = excluded.extension,
            origin = excluded.origin, kind = excluded.kind, reason = excluded.reason,
            announced_reason = excluded.announced_reason, starts_at = excluded.starts_at,
            ends_at = excluded.ends_at, back_at = excluded.back_at,
            shown_text = excluded.shown_text, target = excluded.target,
            ring_seconds = excluded.ring_seconds, version_tag = excluded.version_tag,
            set_by = excluded.set_by, set_at = excluded.set_at, seen_at = excluded.seen_at,
            held_from = case
                when (
                    excluded.absence_key, excluded.extension, excluded.origin, excluded.kind,
                    excluded.reason, excluded.announced_reason, excluded.starts_at,
                    excluded.ends_at, excluded.back_at, excluded.target, excluded.ring_seconds,
                    excluded.set_by, excluded.set_at
                ) is not distinct from (
                    before.absence_key, before.extension, before.origin, before.kind,
                    before.reason, before.announced_reason, before.starts_at, before.ends_at,
                    before.back_at, before.target, before.ring_seconds, before.set_by,
                    before.set_at
                ) then before.held_from
                else greatest(excluded.held_from, before.held_from)
            end
        returning before.user_id, before.entry_key, before.held_from
    )

    -- Of the rows as they were: what now holds from another instant looks otherwise.
    insert into telephony.shown_versions
    select version.*
    from written
    inner join telephony.shown as before
        on before.customer_id = take_in_shown.customer_id
        and written.user_id = before.user_id
        and written.entry_key = before.entry_key
    cross join lateral intake.shown_version(before, written.held_from, 'changed') as version;

    -- Seen at last, and no longer missing.
    update telephony.placed
    set seen_at = coalesce(placed.seen_at, take_in_shown.at),
        missing_count = 0,
        -- What was placed since the exchange was read is newer than what was read; where what
        -- stands is something else, intake.find_hand_edits says whether that is newer.
        version_tag = case
            when placed.acknowledged_at <= take_in_shown.at
                and (placed.kind, placed.starts_at, placed.ends_at)
                = (seen.kind, seen.starts_at, seen.ends_at) then seen.version_tag
            else placed.version_tag
        end
    from seen
    where placed.customer_id = take_in_shown.customer_id
        and placed.user_id = seen.user_id
        and placed.absence_key = seen.absence_key
        and (
            placed.seen_at is null
            or placed.missing_count > 0
            or (
                placed.acknowledged_at <= take_in_shown.at
                and placed.version_tag is distinct from seen.version_tag
            )
        );

    select exists (
        select from customer.epochs
        where epochs.customer_id = take_in_shown.customer_id and epochs.adopted_at is null
    )
    into is_restored;
    if not is_restored then
        perform intake.adopt_shown(take_in_shown.customer_id, take_in_shown.at);
    elsif take_in_shown.is_whole and take_in_shown.user_ids is null then
        perform intake.adopt_restored(take_in_shown.customer_id, true, take_in_shown.at);
    end if;

    if take_in_shown.is_whole and not is_restored then
        select count(*) filter (where shown.entry_key is null), count(*)
        into missing_count, seen_count
        from telephony.placed
        left join telephony.shown
            on placed.customer_id = shown.customer_id
            and placed.user_id = shown.user_id
            and placed.absence_key = shown.absence_key
        where placed.customer_id = take_in_shown.customer_id
            and (take_in_shown.user_ids is null or placed.user_id = any(take_in_shown.user_ids))
            and placed.seen_at < take_in_shown.at
            and placed.ends_at > take_in_shown.at;
        is_believed := missing_count <= greatest(3, seen_count * 0.3);
    end if;
    if not is_restored then
        holds := intake.find_hand_edits(
            take_in_shown.customer_id, take_in_shown.user_ids, is_believed, take_in_shown.at
        );
    end if;

    return query
    select
        count(*),
        holds,
        case when take_in_shown.is_whole and not is_believed then missing_count else 0 end
    from seen;
    drop table seen;
    delete from staging.shown
    where shown.customer_id = take_in_shown.customer_id
        and shown.read_back_id = take_in_shown.read_back_id;
end
$$;
