-- privacy.obstacles: why a person cannot be erased yet.
--
-- One row per reason: in_roster, where the next roster would bring the person back; placed, where
-- something of ours stands on the telephone; unknown, where nobody knows whether something does.

create function privacy.obstacles(customer_id bigint, user_id bigint, at timestamptz)
returns table (obstacle text)
language sql stable
as $$
    select 'in_roster'
    from roster.users
    where
        users.customer_id = obstacles.customer_id
        and users.user_id = obstacles.user_id
        and users.is_active

    union all

    select 'placed'
    where exists (
        select from telephony.placed
        where placed.customer_id = obstacles.customer_id
            and placed.user_id = obstacles.user_id
            and placed.ends_at > obstacles.at
    )

    union all

    select 'unknown'
    from absence.unsettled_users
    where
        unsettled_users.customer_id = obstacles.customer_id
        and unsettled_users.user_id = obstacles.user_id;
$$;
