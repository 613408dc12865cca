-- intake.touch: marks users as to be looked at; all active ones where none are named.

create function intake.touch(
    customer_id bigint, user_ids bigint[], cause text, at timestamptz
)
returns void
language sql as $$
    insert into calendar.touched as marks (customer_id, user_id, cause, since)
    select
        users.customer_id,
        users.user_id,
        touch.cause,
        touch.at
    from roster.users
    where users.customer_id = touch.customer_id
        and case
            when touch.user_ids is null then users.is_active
            -- not by any(), which looks through the whole array for each user
            else users.user_id in (select unnest(touch.user_ids))
        end
    order by users.user_id
    on conflict (customer_id, user_id, cause) do update set times = marks.times + 1;
$$;
