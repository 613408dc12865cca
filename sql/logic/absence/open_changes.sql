-- absence.open_changes: what is still to be done of a run's plan, of the users after one.
--
-- At least so many changes, where there are; each user whole, and the users in order. Only of those
-- named where any are, and not of those left out. version_tag: what stands there, as far as that is
-- known; is_unconfirmed where nobody knows.

create function absence.open_changes(
    customer_id bigint,
    run_id bigint,
    planned_at timestamptz,
    after_user_id bigint,
    change_count bigint,
    user_ids bigint[],
    left_ids bigint[]
)
returns table (
    user_id bigint,
    user_key text,
    absence_key uuid,
    version_tag text,
    is_unconfirmed boolean,
    before_extension text,
    before_starts_at timestamptz,
    before_ends_at timestamptz,
    before_kind customer.kind,
    before_reason text,
    before_announced_reason text,
    before_back_at timestamptz,
    before_shown_text text,
    before_target text,
    before_ring_seconds integer,
    extension text,
    starts_at timestamptz,
    ends_at timestamptz,
    kind customer.kind,
    reason text,
    announced_reason text,
    back_at timestamptz,
    shown_text text,
    target text,
    ring_seconds integer
)
language sql stable
-- While a first plan is carried out there are no statistics of these tables yet; by any other way
-- than the indexes each part would cost as much as the whole.
set enable_seqscan = off
set enable_bitmapscan = off
set enable_hashjoin = off
set enable_mergejoin = off
as $$
    with

    changes as materialized (
        select
            changes.user_id,
            changes.absence_key,
            changes.before,
            changes.after
        from audit.changes
        where
            changes.customer_id = open_changes.customer_id
            and changes.user_id > open_changes.after_user_id
            and (
                open_changes.user_ids is null or changes.user_id = any(open_changes.user_ids)
            )
            and changes.user_id <> all(open_changes.left_ids)
            and changes.run_id = open_changes.run_id
            and changes.planned_at = open_changes.planned_at
            and changes.outcome is null
            and changes.held_because is null
        order by changes.user_id
        fetch first (open_changes.change_count) rows with ties
    )

    select
        changes.user_id,
        users.user_key,
        changes.absence_key,
        case when not placed.is_unconfirmed then placed.version_tag end,
        coalesce(placed.is_unconfirmed, false),
        before.*,
        after.*
    from changes
    inner join roster.users
        on users.customer_id = open_changes.customer_id and changes.user_id = users.user_id
    left join telephony.placed
        on placed.customer_id = open_changes.customer_id
        and changes.user_id = placed.user_id
        and changes.absence_key = placed.absence_key
    cross join lateral jsonb_to_record(coalesce(changes.before, '{}')) as before (
        extension text, starts_at timestamptz, ends_at timestamptz, kind customer.kind,
        reason text, announced_reason text, back_at timestamptz, shown_text text,
        target text, ring_seconds integer
    )
    cross join lateral jsonb_to_record(coalesce(changes.after, '{}')) as after (
        extension text, starts_at timestamptz, ends_at timestamptz, kind customer.kind,
        reason text, announced_reason text, back_at timestamptz, shown_text text,
        target text, ring_seconds integer
    )
    order by changes.user_id;
$$;
