-- absence.balance_within: how many booking versions were taken in by the loads that began in a
-- stretch of time, and in which account each is at an instant.
--
-- One row. It balances where every version that a load counted is found, in one account: the loads
-- counted as they took them in, less what was forgotten since.

create function absence.balance_within(
    customer_id bigint, as_of timestamptz, loaded tstzrange default '(,)'
)
returns table (
    load_count bigint,
    taken_in_count bigint,
    applied_count bigint,
    suppressed_count bigint,
    superseded_count bigint,
    pending_count bigint,
    failed_count bigint,
    unaccounted_count bigint,
    is_balanced boolean
)
language sql stable
as $$
    with

    loads as (
        select
            count(*) as load_count,
            coalesce(sum(loads.added_count + loads.changed_count - forgotten.version_count), 0)
            ::bigint as taken_in_count
        from audit.loads
        cross join lateral (
            select coalesce(sum(forgotten_versions.version_count), 0) as version_count
            from audit.forgotten_versions
            where
                forgotten_versions.customer_id = loads.customer_id
                and forgotten_versions.load_id = loads.load_id
        ) as forgotten
        where
            loads.customer_id = balance_within.customer_id
            and loads.started_at <@ balance_within.loaded
    )

    select
        loads.load_count,
        loads.taken_in_count,
        accounts.applied_count,
        accounts.suppressed_count,
        accounts.superseded_count,
        accounts.pending_count,
        accounts.failed_count,
        accounts.unaccounted_count,
        accounts.unaccounted_count = 0
        and loads.taken_in_count
        = accounts.applied_count + accounts.suppressed_count + accounts.superseded_count
        + accounts.pending_count + accounts.failed_count
    from loads
    cross join absence.account_counts(
        balance_within.customer_id, balance_within.as_of, null, balance_within.loaded
    ) as accounts;
$$;
