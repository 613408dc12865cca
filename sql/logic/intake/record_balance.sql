-- intake.record_balance: writes down at the end of a run in which account each booking version of
-- its users is, or of everybody where none are named. Returns whether it balances.

create function intake.record_balance(
    customer_id bigint,
    run_id bigint,
    as_of timestamptz,
    user_ids bigint[],
    at timestamptz
)
returns boolean
language sql as $$
    insert into audit.balances (
        customer_id, run_id, balanced_at, as_of, scope, user_count, taken_in_count,
        applied_count, suppressed_count, superseded_count, pending_count, failed_count,
        unaccounted_count, is_balanced
    )
    select
        record_balance.customer_id,
        record_balance.run_id,
        record_balance.at,
        record_balance.as_of,
        case when record_balance.user_ids is null then 'everybody' else 'touched' end,
        expected.user_count,
        expected.taken_in_count,
        accounts.applied_count,
        accounts.suppressed_count,
        accounts.superseded_count,
        accounts.pending_count,
        accounts.failed_count,
        accounts.unaccounted_count,
        accounts.unaccounted_count = 0 and accounts.accounted_count = expected.taken_in_count
    from (
        select
            count(*) as user_count,
            coalesce(sum(taken_in.version_count - taken_in.forgotten_count), 0)
            ::bigint as taken_in_count
        from calendar.taken_in
        where
            taken_in.customer_id = record_balance.customer_id
            and (
                record_balance.user_ids is null
                or taken_in.user_id = any(record_balance.user_ids)
            )
    ) as expected
    cross join absence.account_counts(
        record_balance.customer_id, record_balance.as_of, record_balance.user_ids
    ) as accounts
    returning is_balanced;
$$;
