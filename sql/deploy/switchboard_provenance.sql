-- Deploy kalenderkoppling:switchboard_provenance to pg
-- requires: switchboard_batches
-- What this program changed is its own again, whoever changed it before.

begin;
set local role kk_owner;

create or replace function switchboard.apply_batch(
    customer text,
    fence bigint,
    at timestamptz,
    extensions jsonb,
    changes jsonb
)
returns table (absence_key uuid, outcome text, version bigint)
language plpgsql set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
    insert into switchboard.fences as held (customer_key, fence)
    values (apply_batch.customer, apply_batch.fence)
    on conflict (customer_key) do update set fence = excluded.fence
    where held.fence <= excluded.fence;
    if not found then
        raise exception 'a newer run writes to this switchboard' using errcode = 'KK001';
    end if;

    insert into switchboard.extensions as known
        (customer_key, extension, display_name, language, time_zone)
    select apply_batch.customer, wanted.extension, wanted.display_name, wanted.language,
        wanted.time_zone
    from jsonb_to_recordset(apply_batch.extensions) as wanted (
        extension text, display_name text, language text, time_zone text
    )
    on conflict (customer_key, extension) do update set
        display_name = excluded.display_name,
        language = excluded.language,
        time_zone = excluded.time_zone
    where (known.display_name, known.language, known.time_zone)
        is distinct from (excluded.display_name, excluded.language, excluded.time_zone);

    return query
    with wanted as materialized (
        select *
        from jsonb_to_recordset(apply_batch.changes) as wanted (
            action text, absence_key uuid, expected_version bigint, extension text,
            kind switchboard.kind, reason text, announced_reason text, starts_at timestamptz,
            ends_at timestamptz, back_at timestamptz, shown_text text, target text,
            ring_seconds integer
        )
    ),
    judged as materialized (
        select
            wanted.*,
            seen.version as seen_version,
            case
                when seen.absence_key is null and wanted.action = 'withdraw' then 'unchanged'
                when seen.absence_key is null and wanted.action = 'update' then 'conflict'
                when seen.absence_key is null then 'done'
                when seen.origin <> 'calendar' then 'conflict'
                when wanted.action <> 'withdraw' and (
                    seen.extension, seen.kind, seen.reason, seen.announced_reason,
                    seen.starts_at, seen.ends_at, seen.back_at, seen.shown_text, seen.target,
                    seen.ring_seconds
                ) is not distinct from (
                    wanted.extension, wanted.kind, wanted.reason, wanted.announced_reason,
                    wanted.starts_at, wanted.ends_at, wanted.back_at, wanted.shown_text,
                    wanted.target, wanted.ring_seconds
                ) then 'unchanged'
                when seen.version <> wanted.expected_version then 'conflict'
                else 'done'
            end as outcome
        from wanted
        left join switchboard.absences as seen
            on seen.customer_key = apply_batch.customer
            and wanted.absence_key = seen.absence_key
    ),
    removed as (
        delete from switchboard.absences as gone
        using judged
        where judged.outcome = 'done' and judged.action = 'withdraw'
            and gone.customer_key = apply_batch.customer
            and gone.absence_key = judged.absence_key
        returning gone.absence_key, null::bigint as version
    ),
    changed as (
        update switchboard.absences as kept
        set extension = judged.extension,
            kind = judged.kind,
            reason = judged.reason,
            announced_reason = judged.announced_reason,
            starts_at = judged.starts_at,
            ends_at = judged.ends_at,
            back_at = judged.back_at,
            shown_text = judged.shown_text,
            target = judged.target,
            ring_seconds = judged.ring_seconds,
            set_by = 'kalenderkoppling',
            set_at = apply_batch.at
        from judged
        where judged.outcome = 'done' and judged.action <> 'withdraw'
            and kept.customer_key = apply_batch.customer
            and kept.absence_key = judged.absence_key
        returning kept.absence_key, kept.version
    ),
    created as (
        insert into switchboard.absences (
            customer_key, absence_key, extension, kind, reason, announced_reason, starts_at,
            ends_at, back_at, shown_text, target, ring_seconds, origin, set_by, set_at
        )
        select apply_batch.customer, judged.absence_key, judged.extension, judged.kind,
            judged.reason, judged.announced_reason, judged.starts_at, judged.ends_at,
            judged.back_at, judged.shown_text, judged.target, judged.ring_seconds, 'calendar',
            'kalenderkoppling', apply_batch.at
        from judged
        where judged.outcome = 'done' and judged.action = 'create'
            and judged.seen_version is null
        returning switchboard.absences.absence_key, switchboard.absences.version
    )
    select
        judged.absence_key,
        judged.outcome,
        coalesce(changed.version, created.version, judged.seen_version)
    from judged
    left join changed on judged.absence_key = changed.absence_key
    left join created on judged.absence_key = created.absence_key
    left join removed on judged.absence_key = removed.absence_key;

    -- A pair that overlaps in the end is told here and not at the commit.
    set constraints switchboard.absences_calendar_one_at_a_time_excl immediate;
end
$$;
commit;
