-- absence.run_changes: a run's plan as it was written down, and what came of it, of the users after
-- one: at least so many changes, where there are; each user whole, and the users in order.

create function absence.run_changes(
    customer_id bigint,
    run_id bigint,
    planned_at timestamptz,
    after_user_id bigint,
    change_count bigint
)
returns table (
    user_id bigint,
    user_key text,
    absence_key uuid,
    version_tag text,
    booking_keys text[],
    held_because text,
    withdrawn_because text,
    outcome audit.outcome,
    failure text,
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
-- As in absence.open_changes.
set enable_seqscan = off
set enable_bitmapscan = off
set enable_hashjoin = off
set enable_mergejoin = off
as $$
    with

    changes as materialized (
        select *
        from audit.changes
        where
            changes.customer_id = run_changes.customer_id
            and changes.user_id > run_changes.after_user_id
            and changes.run_id = run_changes.run_id
            and changes.planned_at = run_changes.planned_at
        order by changes.user_id
        fetch first (run_changes.change_count) rows with ties
    )

    select
        changes.user_id,
        users.user_key,
        changes.absence_key,
        placed.version_tag,
        changes.booking_keys,
        changes.held_because,
        changes.withdrawn_because,
        changes.outcome,
        changes.failure,
        before.*,
        after.*
    from changes
    inner join roster.users
        on users.customer_id = run_changes.customer_id and changes.user_id = users.user_id
    left join telephony.placed
        on placed.customer_id = run_changes.customer_id
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
