-- absence.unbalanced_users: whose booking versions do not balance at an instant: of the named
-- users, or of everybody.
--
-- One row per user of whom versions are missing or too many, or one is wanted, does not stand and
-- nobody is going to look at it.

create function absence.unbalanced_users(
    customer_id bigint, as_of timestamptz, user_ids bigint[] default null
)
returns table (
    user_id bigint, taken_in_count bigint, found_count bigint, unaccounted_count bigint
)
language sql stable
as $$
    select
        coalesce(found.user_id, expected.user_id),
        coalesce(expected.taken_in_count, 0),
        coalesce(found.found_count, 0),
        coalesce(found.unaccounted_count, 0)
    from (
        select
            accounts.user_id,
            count(*) as found_count,
            count(*) filter (where accounts.account is null) as unaccounted_count
        from absence.accounts_within(
            unbalanced_users.customer_id, unbalanced_users.as_of, unbalanced_users.user_ids
        ) as accounts
        group by accounts.user_id
    ) as found
    full join (
        select
            taken_in.user_id,
            taken_in.version_count - taken_in.forgotten_count as taken_in_count
        from calendar.taken_in
        where
            taken_in.customer_id = unbalanced_users.customer_id
            and (
                unbalanced_users.user_ids is null
                or taken_in.user_id = any(unbalanced_users.user_ids)
            )
    ) as expected
        on found.user_id = expected.user_id
    where
        coalesce(found.unaccounted_count, 0) > 0
        or coalesce(found.found_count, 0) <> coalesce(expected.taken_in_count, 0);
$$;
