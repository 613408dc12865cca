-- absence.user_ranges: a customer's users in ranges of equal size, in order: the stretches in which
-- everybody is gone through, so that what is computed at a time stays small. Two at the least,
-- which two sessions share, but none has fewer users than the smallest.

create function absence.user_ranges(customer_id bigint, smallest integer, largest integer)
returns table (users int8range)
language sql stable
as $$
    select int8range(
        min(numbered.user_id),
        lead(min(numbered.user_id)) over (order by numbered.part)
    )
    from (
        select
            users.user_id,
            (row_number() over (order by users.user_id) - 1)
            / greatest(
                user_ranges.smallest,
                least(user_ranges.largest, (count(*) over () + 1) / 2)
            ) as part
        from roster.users
        where users.customer_id = user_ranges.customer_id
    ) as numbered
    group by numbered.part
    order by numbered.part;
$$;
