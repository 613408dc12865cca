-- intake.open_load: writes down that a load begins, and says which is the first of the loads of its
-- sort before it that were cut off: what they took in is not asked again. The loads are told apart
-- by their numbers, which no clock sets.
--
-- A whole load goes on where it was for half a day, so that a host which came back need not ask
-- everybody once more; a load of what changed for ten minutes, since it is of no use late.

create function intake.open_load(
    customer_id bigint, load_id bigint, source text, is_full boolean,
    window_start timestamptz, window_end timestamptz, at timestamptz
)
returns bigint
language sql as $$
    insert into audit.loads (
        customer_id, load_id, source, is_full, window_start, window_end, started_at, resumes_from
    )
    select
        open_load.customer_id,
        open_load.load_id,
        open_load.source,
        open_load.is_full,
        open_load.window_start,
        open_load.window_end,
        open_load.at,
        (
            select first_cut.load_id
            from (
                select
                    last.ended_at,
                    coalesce(last.resumes_from, last.load_id) as load_id
                from audit.loads as last
                where
                    last.customer_id = open_load.customer_id
                    and last.source = open_load.source
                    and last.is_full = open_load.is_full
                order by last.load_id desc
                limit 1
            ) as last
            inner join audit.loads as first_cut
                on first_cut.customer_id = open_load.customer_id
                and last.load_id = first_cut.load_id
            where
                last.ended_at is null
                -- what was taken in before the database was restored is asked again
                and first_cut.load_id >= (
                    select coalesce(max(epochs.first_fence), 0) from customer.epochs
                    where epochs.customer_id = open_load.customer_id
                )
                and first_cut.started_at >= open_load.at
                - case when first_cut.is_full then interval '12 hours' else '10 minutes' end
        )
    returning resumes_from;
$$;
