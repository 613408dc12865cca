-- intake.record_outcomes: writes down what came of the changes of a batch, and what is placed
-- since. An outcome is written once.

create function intake.record_outcomes(
    customer_id bigint,
    run_id bigint,
    planned_at timestamptz,
    user_ids bigint[],
    absence_keys uuid[],
    outcomes audit.outcome[],
    versions text[],
    failures text[],
    at timestamptz
)
returns bigint
language sql as $$
    with

    ended as materialized (
        select
            changes.*,
            told.version
        from intake.end_changes(
            record_outcomes.customer_id, record_outcomes.run_id, record_outcomes.planned_at,
            record_outcomes.user_ids, record_outcomes.absence_keys, record_outcomes.outcomes,
            record_outcomes.failures, record_outcomes.at
        ) as changes
        inner join unnest(
            record_outcomes.user_ids, record_outcomes.absence_keys, record_outcomes.versions
        ) as told (user_id, absence_key, version)
            on changes.user_id = told.user_id and changes.absence_key = told.absence_key
    ),

    kept_versions as (
        insert into telephony.placed_versions
        select version.*
        from telephony.placed
        inner join ended
            on placed.customer_id = ended.customer_id
            and placed.user_id = ended.user_id
            and placed.absence_key = ended.absence_key
        cross join lateral intake.placed_version(
            placed, record_outcomes.at, case ended.action when 'withdraw' then 'withdrawn' else 'changed' end
        ) as version
        where ended.outcome in ('done', 'unchanged')
    ),

    gone as (
        delete from telephony.placed
        using ended
        where
            ended.action = 'withdraw'
            and ended.outcome in ('done', 'unchanged')
            and placed.customer_id = ended.customer_id
            and placed.user_id = ended.user_id
            and placed.absence_key = ended.absence_key
    ),

    standing as (
        insert into telephony.placed as known (
            customer_id, user_id, absence_key, extension, kind, reason, announced_reason,
            starts_at, ends_at, back_at, shown_text, target, ring_seconds, booking_keys,
            booking_marks, version_tag, acknowledged_at, held_from
        )
        select
            ended.customer_id, ended.user_id, ended.absence_key, content.extension,
            content.kind, content.reason, content.announced_reason, content.starts_at,
            content.ends_at, content.back_at, content.shown_text, content.target,
            content.ring_seconds, ended.booking_keys, ended.booking_marks, ended.version,
            record_outcomes.at, record_outcomes.at
        from ended
        cross join lateral jsonb_to_record(ended.after) as content (
            extension text, kind customer.kind, reason text, announced_reason text,
            starts_at timestamptz, ends_at timestamptz, back_at timestamptz, shown_text text,
            target text, ring_seconds integer
        )
        where ended.action <> 'withdraw' and ended.outcome in ('done', 'unchanged')
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
            missing_count = 0,
            is_unconfirmed = false
    )

    select count(*) from ended;
$$;
