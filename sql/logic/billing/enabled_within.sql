-- billing.enabled_within: users who took part at any time of a period, by the versions of the
-- roster, the rules and the users' own wishes.

create function billing.enabled_within(customer_id bigint, during tstzrange)
returns table (user_id bigint)
language sql stable
as $$
    select users.user_id
    from (
        select
            users.user_id,
            users.is_active,
            users.has_calendar,
            tstzrange(users.held_from, null) as held_during
        from roster.users
        where users.customer_id = enabled_within.customer_id

        union all

        select
            versions.user_id,
            versions.is_active,
            versions.has_calendar,
            versions.held_during
        from roster.user_versions as versions
        where
            versions.customer_id = enabled_within.customer_id
            and versions.held_during && enabled_within.during
    ) as users
    inner join customer.rule_sets
        on rule_sets.customer_id = enabled_within.customer_id
        and rule_sets.held_during && users.held_during
        and rule_sets.held_during && enabled_within.during
    left join (
        select
            versions.user_id,
            range_agg(versions.held_during) as held_during
        from roster.preference_versions as versions
        where
            versions.customer_id = enabled_within.customer_id
            and versions.held_during && enabled_within.during
            and versions.settings ->> 'enabled' = 'false'
        group by versions.user_id
    ) as switched_off
        on users.user_id = switched_off.user_id
    where
        users.is_active
        and (rule_sets.is_enabled_by_default or users.has_calendar)
        and users.held_during && enabled_within.during
    group by users.user_id, switched_off.held_during
    having
        not range_agg(users.held_during * rule_sets.held_during * enabled_within.during)
        <@ coalesce(switched_off.held_during, '{}');
$$;
