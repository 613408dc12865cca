-- absence.stood_at: what stood on a user's phone at an instant, by what was acknowledged.
--
-- One row per absence of ours whose newest acknowledged change up to the instant left it
-- standing over it, or as a person left it since; and people's own, as the last read-back showed
-- them. Who planned it, when, and when the telephone side acknowledged it.

create function absence.stood_at(customer_id bigint, user_id bigint, as_of timestamptz)
returns table (
    origin text,
    extension text,
    kind customer.kind,
    reason text,
    announced_reason text,
    starts_at timestamptz,
    ends_at timestamptz,
    back_at timestamptz,
    target text,
    booking_keys text[],
    booking_marks text[],
    losses text[],
    run_id bigint,
    planned_at timestamptz,
    acknowledged_at timestamptz,
    set_by text
)
language sql stable
as $$
    select
        'calendar',
        stood.extension,
        stood.kind,
        stood.reason,
        coalesce(stood.announced_reason, stood.reason),
        stood.starts_at,
        stood.ends_at,
        stood.back_at,
        stood.target,
        newest.booking_keys,
        newest.booking_marks,
        newest.losses,
        newest.run_id,
        newest.planned_at,
        newest.ended_at,
        edited.set_by
    from (
        select distinct on (changes.absence_key) changes.*
        from audit.changes
        where
            changes.customer_id = stood_at.customer_id
            and changes.user_id = stood_at.user_id
            and changes.outcome in ('done', 'unchanged', 'found_done')
            and changes.ended_at <= stood_at.as_of
            -- what a person took away does not stand; holds are known as long as they count
            and not exists (
                select from telephony.holds
                where
                    holds.customer_id = changes.customer_id
                    and holds.user_id = changes.user_id
                    and holds.absence_key = changes.absence_key
                    and holds.cause = 'deleted_by_hand'
                    and holds.held_from <= stood_at.as_of
            )
        order by changes.absence_key, changes.ended_at desc, changes.run_id desc
    ) as newest
    -- What a person changed since is written down as placed.
    left join lateral (
        select
            to_jsonb(placed) as absence,
            holds.set_by
        from telephony.holds
        inner join telephony.placed
            on holds.customer_id = placed.customer_id
            and holds.user_id = placed.user_id
            and holds.absence_key = placed.absence_key
        where
            holds.customer_id = newest.customer_id
            and holds.user_id = newest.user_id
            and holds.absence_key = newest.absence_key
            and holds.cause = 'changed_by_hand'
            and holds.held_from <= stood_at.as_of
            and holds.held_from > newest.ended_at
            and placed.acknowledged_at <= stood_at.as_of
        order by holds.held_from desc
        limit 1
    ) as edited on true
    cross join lateral jsonb_populate_record(
        null::telephony.placed, coalesce(edited.absence, newest.after)
    ) as stood
    where stood.starts_at <= stood_at.as_of and stood.ends_at > stood_at.as_of

    union all

    select
        shown.origin,
        shown.extension,
        shown.kind,
        shown.reason,
        coalesce(shown.announced_reason, shown.reason),
        shown.starts_at,
        shown.ends_at,
        coalesce(shown.back_at, shown.ends_at),
        shown.target,
        '{}',
        '{}',
        '{}',
        null,
        null,
        shown.set_at,
        shown.set_by
    from telephony.shown
    where
        shown.customer_id = stood_at.customer_id
        and shown.user_id = stood_at.user_id
        and shown.origin <> 'calendar'
        and shown.starts_at <= stood_at.as_of
        and shown.ends_at > stood_at.as_of;
$$;
