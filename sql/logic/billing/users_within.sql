-- billing.users_within: who had the service in a period, whose phone was verified, and who had an
-- absence of ours.
--
-- One row per user of whom any of it is true.

create function billing.users_within(customer_id bigint, during tstzrange)
returns table (user_id bigint, is_enabled boolean, is_verified boolean, has_absences boolean)
language sql stable
as $$
    select
        found.user_id,
        bool_or(found.is_enabled),
        bool_or(found.is_verified),
        bool_or(found.has_absences)
    from (
        select
            enabled.user_id,
            true as is_enabled,
            false as is_verified,
            false as has_absences
        from billing.enabled_within(users_within.customer_id, users_within.during) as enabled

        union all

        select
            verified.user_id,
            false,
            true,
            false
        from billing.verified_within(users_within.customer_id, users_within.during) as verified

        union all

        select
            absent.user_id,
            false,
            false,
            true
        from billing.absent_within(users_within.customer_id, users_within.during) as absent
    ) as found
    group by found.user_id;
$$;
