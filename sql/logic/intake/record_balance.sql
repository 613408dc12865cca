-- intake.record_balance: writes down at the end of a run in how many accounts the booking versions
-- of its users were found (absence.account_counts), or of everybody where none are named. Returns
-- whether it balances: none without an account, and as many as were taken in. Counted in the
-- transaction that saw them.

create function intake.record_balance(
    customer_id bigint,
    run_id bigint,
    as_of timestamptz,
    user_ids bigint[],
    applied_count bigint,
    suppressed_count bigint,
    superseded_count bigint,
    pending_count bigint,
    failed_count bigint,
    unaccounted_count bigint,
    at timestamptz
)
returns boolean
language plpgsql
-- So that the users who are named are looked up.
set plan_cache_mode = 'force_custom_plan'
as $$
declare
    is_balanced boolean;
begin
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
        record_balance.applied_count,
        record_balance.suppressed_count,
        record_balance.superseded_count,
        record_balance.pending_count,
        record_balance.failed_count,
        record_balance.unaccounted_count,
        record_balance.unaccounted_count = 0
        and expected.taken_in_count
        = record_balance.applied_count + record_balance.suppressed_count
        + record_balance.superseded_count + record_balance.pending_count
        + record_balance.failed_count
    from (
        select
            count(*) as user_count,
            coalesce(sum(taken_in.version_count - taken_in.forgotten_count), 0)::bigint
                as taken_in_count
        from calendar.taken_in
        where
            taken_in.customer_id = record_balance.customer_id
            and (
                record_balance.user_ids is null
                or taken_in.user_id = any(record_balance.user_ids)
            )
    ) as expected
    returning balances.is_balanced into strict is_balanced;
    return is_balanced;
end
$$;
