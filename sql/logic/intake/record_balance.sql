-- intake.record_balance: writes down at the end of a run in which account each booking version of
-- its users is, or of everybody where none are named. Returns whether it balances.
--
-- Everybody is gone through a stretch of users at a time, so that what is compared at once stays
-- small; and each stretch is planned for what it is.

create function intake.record_balance(
    customer_id bigint,
    run_id bigint,
    as_of timestamptz,
    user_ids bigint[],
    at timestamptz
)
returns boolean
language plpgsql
set plan_cache_mode = 'force_custom_plan'
as $$
#variable_conflict use_column
declare
    expected record;
    stretch int8range;
    counts bigint[] := '{0,0,0,0,0,0,0}';
    is_balanced boolean;
begin
    select
        count(*) as user_count,
        coalesce(sum(taken_in.version_count - taken_in.forgotten_count), 0)::bigint
            as taken_in_count
    into strict expected
    from calendar.taken_in
    where
        taken_in.customer_id = record_balance.customer_id
        and (
            record_balance.user_ids is null
            or taken_in.user_id = any(record_balance.user_ids)
        );

    for stretch in
        select ranges.users
        from absence.user_ranges(record_balance.customer_id, 10000) as ranges
        where record_balance.user_ids is null
        union all
        select '(,)'
        where record_balance.user_ids is not null
    loop
        select array[
            counts[1] + found.applied_count,
            counts[2] + found.suppressed_count,
            counts[3] + found.superseded_count,
            counts[4] + found.pending_count,
            counts[5] + found.failed_count,
            counts[6] + found.unaccounted_count,
            counts[7] + found.accounted_count
        ]
        into strict counts
        from absence.account_counts(
            record_balance.customer_id, record_balance.as_of, record_balance.user_ids, null, stretch
        ) as found;
    end loop;

    is_balanced := counts[6] = 0 and counts[7] = expected.taken_in_count;
    insert into audit.balances (
        customer_id, run_id, balanced_at, as_of, scope, user_count, taken_in_count,
        applied_count, suppressed_count, superseded_count, pending_count, failed_count,
        unaccounted_count, is_balanced
    ) values (
        record_balance.customer_id, record_balance.run_id, record_balance.at,
        record_balance.as_of,
        case when record_balance.user_ids is null then 'everybody' else 'touched' end,
        expected.user_count, expected.taken_in_count,
        counts[1], counts[2], counts[3], counts[4], counts[5], counts[6], is_balanced
    );
    return is_balanced;
end
$$;
