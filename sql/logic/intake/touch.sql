-- intake.touch: marks users as to be looked at; all active ones where none are named.

create function intake.touch(
    customer_id bigint, user_ids bigint[], cause text, at timestamptz
)
returns void
language sql as $$
    insert into calendar.touched as marks (customer_id, user_id, cause, since)
    select
        touch.customer_id,
        chosen.user_id,
        touch.cause,
        touch.at
    from (
        -- Looked up one by one, for they are few.
        select users.user_id
        from (select distinct unnest(touch.user_ids) as user_id) as named
        inner join roster.users
            on users.customer_id = touch.customer_id and named.user_id = users.user_id
        union all
        select users.user_id
        from roster.users
        where
            touch.user_ids is null
            and users.customer_id = touch.customer_id
            and users.is_active
    ) as chosen
    order by chosen.user_id
    on conflict (customer_id, user_id, cause) do update set times = marks.times + 1;
$$;
