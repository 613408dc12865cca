-- absence.user_ranges: a customer's users in ranges of about so many, in order: the stretches in
-- which everybody is gone through, so that what is computed at a time stays small.

create function absence.user_ranges(customer_id bigint, size integer)
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
            (row_number() over (order by users.user_id) - 1) / user_ranges.size as part
        from roster.users
        where users.customer_id = user_ranges.customer_id
    ) as numbered
    group by numbered.part
    order by numbered.part;
$$;
