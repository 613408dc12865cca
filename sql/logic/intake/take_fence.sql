-- intake.take_fence: gives a run its fencing number, and the work to the run; and its turn, where
-- it takes customers in turn.
--
-- From then on only what holds this number may write for that work (design principle 13). A
-- database that is not the one which gave out the last number begins a new epoch before.

create function intake.take_fence(
    customer_id bigint, work text, taken_by text, at timestamptz,
    turn text default null, shift text default null
)
returns bigint
language sql as $$
    select
        intake.begin_epoch(
            take_fence.customer_id,
            case when count(*) = 0 then 'first' else 'database' end,
            null,
            take_fence.at
        )
    from (
        select epochs.database_mark
        from customer.epochs
        where epochs.customer_id = take_fence.customer_id
        order by epochs.epoch desc
        limit 1
    ) as last
    having coalesce(max(last.database_mark), '') <> intake.database_mark();

    with

    numbered as (
        update customer.customers
        set fence = customers.fence + 1
        where customers.customer_id = take_fence.customer_id
        returning customers.fence
    ),

    begun as (
        insert into customer.turns as known (customer_id, turn, fence, shift)
        select
            take_fence.customer_id,
            take_fence.turn,
            numbered.fence,
            take_fence.shift
        from numbered
        where take_fence.turn is not null
        on conflict (customer_id, turn) do update set
            fence = excluded.fence,
            shift = excluded.shift
    )

    insert into customer.work as held (customer_id, work, fence, taken_at, taken_by)
    select
        take_fence.customer_id,
        take_fence.work,
        numbered.fence,
        take_fence.at,
        take_fence.taken_by
    from numbered
    on conflict (customer_id, work) do update set
        fence = excluded.fence,
        taken_at = excluded.taken_at,
        taken_by = excluded.taken_by
    returning fence;
$$;
