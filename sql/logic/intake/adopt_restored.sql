-- intake.adopt_restored: after the database was restored, makes placed just what the whole
-- read-back at an instant showed under keys of ours: what was placed, moved and withdrawn since
-- is our own doing and nobody's hand edit. The read-back looks back two days.
--
-- Where the telephone system cannot be read, all that is known as placed counts as unconfirmed,
-- and is placed once more or removed. Everybody is looked at again, but none before their
-- calendars were loaded (absence.unloaded_users): the bookings here are as old as the placed
-- absences were. What is told of presence is told afresh.

create function intake.adopt_restored(customer_id bigint, is_readable boolean, at timestamptz)
returns void
language plpgsql as $$
#variable_conflict use_column
begin
    if adopt_restored.is_readable then
        create temporary table ours on commit drop as
        select * from telephony.shown
        where shown.customer_id = adopt_restored.customer_id
            and shown.seen_at = adopt_restored.at
            and shown.origin = 'calendar'
            and shown.absence_key is not null
            and shown.starts_at < shown.ends_at;

        -- What ended long ago is not listed, and stays unless something else stood there.
        with

        gone as (
            delete from telephony.placed
            where placed.customer_id = adopt_restored.customer_id
                and not exists (
                    select from ours
                    where ours.user_id = placed.user_id and ours.absence_key = placed.absence_key
                )
                and (
                    placed.ends_at > adopt_restored.at - interval '2 days'
                    or exists (
                        select from ours
                        where ours.user_id = placed.user_id
                            and ours.starts_at < placed.ends_at
                            and ours.ends_at > placed.starts_at
                    )
                )
            returning placed as earlier
        )

        insert into telephony.placed_versions
        select version.*
        from gone
        cross join lateral intake.placed_version(gone.earlier, adopt_restored.at, 'not_found')
            as version;

        with

        written as (
            insert into telephony.placed as known (
                customer_id, user_id, absence_key, extension, kind, reason, announced_reason,
                starts_at, ends_at, back_at, shown_text, target, ring_seconds, booking_keys,
                booking_marks, version_tag, acknowledged_at, seen_at, held_from
            )
            select
                ours.customer_id, ours.user_id, ours.absence_key, ours.extension, ours.kind,
                ours.reason, coalesce(ours.announced_reason, ours.reason), ours.starts_at,
                ours.ends_at, coalesce(ours.back_at, ours.ends_at), ours.shown_text,
                coalesce(ours.target, 'announcement'), coalesce(ours.ring_seconds, 15), '{}', '{}',
                ours.version_tag, adopt_restored.at, adopt_restored.at, adopt_restored.at
            from ours
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
                version_tag = excluded.version_tag,
                acknowledged_at = excluded.acknowledged_at,
                seen_at = coalesce(known.seen_at, excluded.seen_at),
                missing_count = 0,
                is_unconfirmed = false,
                held_from = case
                    when (
                        excluded.extension, excluded.kind, excluded.reason,
                        excluded.announced_reason, excluded.starts_at, excluded.ends_at,
                        excluded.back_at, excluded.target, excluded.ring_seconds
                    ) is not distinct from (
                        known.extension, known.kind, known.reason, known.announced_reason,
                        known.starts_at, known.ends_at, known.back_at, known.target,
                        known.ring_seconds
                    ) then known.held_from
                    else greatest(excluded.held_from, known.held_from)
                end
            returning known.user_id, known.absence_key, known.held_from
        )

        -- Of the rows as they were: what now holds from another instant stands otherwise.
        insert into telephony.placed_versions
        select version.*
        from written
        inner join telephony.placed as before
            on before.customer_id = adopt_restored.customer_id
            and written.user_id = before.user_id
            and written.absence_key = before.absence_key
        cross join lateral intake.placed_version(before, written.held_from, 'changed') as version;
        drop table ours;
    else
        update telephony.placed
        set is_unconfirmed = true
        where placed.customer_id = adopt_restored.customer_id
            and placed.ends_at > adopt_restored.at;
    end if;

    delete from telephony.published where published.customer_id = adopt_restored.customer_id;

    insert into calendar.touched as marks (customer_id, user_id, cause, since)
    select users.customer_id, users.user_id, 'restored', epochs.began_at
    from roster.users
    inner join (
        select max(epochs.began_at) as began_at
        from customer.epochs
        where epochs.customer_id = adopt_restored.customer_id
    ) as epochs on true
    where users.customer_id = adopt_restored.customer_id
        and (
            users.is_active
            or exists (
                select from telephony.placed
                where placed.customer_id = users.customer_id and placed.user_id = users.user_id
            )
        )
    order by users.user_id
    on conflict (customer_id, user_id, cause) do update
    set times = marks.times + 1, since = excluded.since;

    update customer.epochs
    set adopted_at = adopt_restored.at
    where epochs.customer_id = adopt_restored.customer_id and epochs.adopted_at is null;
end
$$;
