-- intake.end_pass: writes down that a pass came to its end, what came of its changes, and whom it
-- found as they should be or made so: everybody where no users are named, but those named as left.

create function intake.end_pass(
    customer_id bigint,
    run_id bigint,
    scope text,
    user_ids bigint[],
    left_ids bigint[],
    outcomes text[],
    counts bigint[],
    as_of timestamptz,
    at timestamptz
)
returns void
language sql as $$
    insert into telephony.verified (customer_id, user_id, verified_at, run_id)
    select
        end_pass.customer_id,
        compared.user_id,
        end_pass.as_of,
        end_pass.run_id
    from (
        select users.user_id
        from roster.users
        where
            end_pass.user_ids is null
            and users.customer_id = end_pass.customer_id
            and users.is_active
        union all
        select unnest(end_pass.user_ids)
    ) as compared
    where compared.user_id not in (select unnest(end_pass.left_ids))
    on conflict (customer_id, user_id) do update set
        verified_at = excluded.verified_at,
        run_id = excluded.run_id;

    insert into customer.passes as known (customer_id, scope, ended_at, pass_count)
    values (end_pass.customer_id, end_pass.scope, end_pass.at, 1)
    on conflict (customer_id, scope) do update set
        ended_at = excluded.ended_at,
        pass_count = known.pass_count + 1;

    insert into customer.outcome_counts as known (customer_id, outcome, change_count)
    select
        end_pass.customer_id,
        told.outcome,
        told.change_count
    from unnest(end_pass.outcomes, end_pass.counts) as told (outcome, change_count)
    on conflict (customer_id, outcome) do update set
        change_count = known.change_count + excluded.change_count;
$$;
