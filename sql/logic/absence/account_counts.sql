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
    unaccounted_count bigint,
    accounted_count bigint
)
language plpgsql stable
set enable_mergejoin = off
set plan_cache_mode = force_custom_plan
as $$
begin
    return query
    select
        count(*) filter (where accounts.account = 'applied'),
        count(*) filter (where accounts.account = 'suppressed'),
        count(*) filter (where accounts.account = 'superseded'),
        count(*) filter (where accounts.account = 'pending'),
        count(*) filter (where accounts.account = 'failed'),
        count(*) filter (where accounts.account is null),
        count(accounts.account)
    from absence.accounts_within(
        account_counts.customer_id, account_counts.as_of, account_counts.user_ids,
        account_counts.loaded, account_counts.users
    ) as accounts;
end
$$;
