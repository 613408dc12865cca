-- intake.begin_epoch: writes down that the database was restored, and numbers the runs from here
-- on above all that the telephone side may have seen.
--
-- No customer has a thousand runs a second, so the milliseconds since 1970 are above any number
-- that was given out before, here or in what was lost: batches are not taken for older ones, nor
-- for repetitions of those. False where the telephone side was found ahead within the last hour
-- already: then another database writes there, and two would take it from each other for ever.

create function intake.begin_epoch(
    customer_id bigint, cause text, newest_fence bigint, at timestamptz
)
returns boolean
language sql as $$
    with

    begun as (
        insert into customer.epochs (
            customer_id, epoch, cause, database_mark, first_fence, began_at, adopted_at
        )
        select
            customers.customer_id,
            (
                select coalesce(max(epochs.epoch), 0) + 1 from customer.epochs
                where epochs.customer_id = customers.customer_id
            ),
            begin_epoch.cause,
            intake.database_mark(),
            case
                when begin_epoch.cause = 'first' then customers.fence
                else greatest(
                    customers.fence,
                    begin_epoch.newest_fence,
                    (extract(epoch from begin_epoch.at) * 1000)::bigint
                )
            end,
            begin_epoch.at,
            case when begin_epoch.cause = 'first' then begin_epoch.at end
        from customer.customers
        where
            customers.customer_id = begin_epoch.customer_id
            and not (
                begin_epoch.cause = 'telephone_side'
                and exists (
                    select from customer.epochs
                    where
                        epochs.customer_id = customers.customer_id
                        and epochs.cause = 'telephone_side'
                        and epochs.began_at > begin_epoch.at - interval '1 hour'
                )
            )
        on conflict do nothing
        returning epochs.customer_id, epochs.first_fence
    ),

    numbered as (
        update customer.customers
        set fence = greatest(customers.fence, begun.first_fence)
        from begun
        where customers.customer_id = begun.customer_id
        returning customers.customer_id
    )

    select exists (select from numbered);
$$;
