-- absence.account_counts: how many booking versions are in which account at an instant
-- (absence.accounts_within). One row.
--
-- Planned each time for the users that are asked for. What stands behind a booking is found by
-- hash: of marks the planner has no statistics, and would sort both sides.

create function absence.account_counts(
    customer_id bigint,
    as_of timestamptz,
    user_ids bigint[] default null,
    loaded tstzrange default null,
    users int8range default '(,)'
)
returns table (
    applied_count bigint,
    suppressed_count bigint,
    superseded_count bigint,
    pending_count bigint,
    failed_count bigint,
    unaccounted_count bigint
)
language plpgsql stable
set enable_mergejoin = off
set plan_cache_mode = force_custom_plan
as $$
begin
    return query
    with

    -- Counted as they come: only the few that are to be judged are kept.
    weighed as materialized (
        select
            count(*) filter (where verdict[1] = 'applied') as applied_count,
            count(*) filter (where verdict[1] = 'suppressed') as suppressed_count,
            count(*) filter (where verdict[1] = 'pending') as pending_count,
            count(*) filter (where verdict[1] = 'failed') as failed_count,
            array_agg(row(bookings.*)::absence.weighed) filter (where verdict is null) as open
        from (
            -- Its columns are read several times and computed once.
            select *
            from absence.weighed_within(
                account_counts.customer_id, account_counts.as_of, account_counts.user_ids,
                account_counts.loaded, account_counts.users
            )
            offset 0
        ) as bookings
    ),

    others as materialized (
        select
            count(*) filter (where accounts.account = 'applied') as applied_count,
            count(*) filter (where accounts.account = 'suppressed') as suppressed_count,
            count(*) filter (where accounts.account = 'superseded') as superseded_count,
            count(*) filter (where accounts.account = 'pending') as pending_count,
            count(*) filter (where accounts.account = 'failed') as failed_count,
            count(*) filter (where accounts.account is null) as unaccounted_count
        from (
            select judged.account
            from weighed
            cross join lateral absence.judged_within(
                account_counts.customer_id, account_counts.as_of, account_counts.user_ids,
                account_counts.users, weighed.open
            ) as judged

            union all

            select former.account
            from absence.former_accounts_within(
                account_counts.customer_id, account_counts.user_ids, account_counts.loaded,
                account_counts.users
            ) as former
        ) as accounts
    )

    select
        weighed.applied_count + others.applied_count,
        weighed.suppressed_count + others.suppressed_count,
        others.superseded_count,
        weighed.pending_count + others.pending_count,
        weighed.failed_count + others.failed_count,
        others.unaccounted_count
    from weighed
    cross join others;
end
$$;
