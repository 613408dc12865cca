-- billing.absent_within: users on whose phone an absence of ours stood at any time of a period, as
-- far as was known.

create function billing.absent_within(customer_id bigint, during tstzrange)
returns table (user_id bigint)
language sql stable
as $$
    select placed.user_id
    from telephony.placed
    where
        placed.customer_id = absent_within.customer_id
        and not placed.is_unconfirmed
        and placed.starts_at < placed.ends_at
        and not isempty(
            tstzrange(placed.starts_at, placed.ends_at) * tstzrange(placed.held_from, null)
            * absent_within.during
        )

    union

    select versions.user_id
    from telephony.placed_versions as versions
    where
        versions.customer_id = absent_within.customer_id
        and upper(versions.held_during) > lower(absent_within.during)
        and not versions.is_unconfirmed
        and versions.starts_at < versions.ends_at
        and not isempty(
            tstzrange(versions.starts_at, versions.ends_at) * versions.held_during
            * absent_within.during
        );
$$;
