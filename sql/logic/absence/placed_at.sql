-- absence.placed_at: what was believed to stand of ours at an instant and had not ended then: of
-- the named users, or of everybody.
--
-- One row per absence as the telephone side had acknowledged it, or as it was found to be;
-- held_during has no end where it still stands so. Where the telephone system ends nothing by
-- itself, what ended stands until it is withdrawn.

create function absence.placed_at(
    customer_id bigint, as_of timestamptz, user_ids bigint[] default null
)
returns setof telephony.placed_versions
language sql stable
as $$
    select stood.*
    from (
        select version.*
        from telephony.placed
        cross join lateral intake.placed_version(placed, 'infinity', null) as version
        where
            placed.customer_id = placed_at.customer_id
            and (placed_at.user_ids is null or placed.user_id = any(placed_at.user_ids))
            and placed.held_from <= placed_at.as_of

        union all

        select placed_versions.*
        from telephony.placed_versions
        where
            placed_versions.customer_id = placed_at.customer_id
            and (placed_at.user_ids is null or placed_versions.user_id = any(placed_at.user_ids))
            and placed_versions.held_during @> placed_at.as_of
    ) as stood
    where
        stood.ends_at > placed_at.as_of
        or exists (
            select from telephony.exchanges
            where exchanges.customer_id = placed_at.customer_id and not exchanges.ends_by_itself
        );
$$;
