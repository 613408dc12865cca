-- absence.former_accounts_within: in which account the booking versions are that do not stand any
-- more: of the named users or of everybody, of the loads that began in a stretch of time or of all.
--
-- One row per version.

create function absence.former_accounts_within(
    customer_id bigint,
    user_ids bigint[],
    loaded tstzrange,
    users int8range
)
returns setof absence.accounted
language sql stable
as $$
    select
        booking_versions.user_id,
        booking_versions.calendar_id,
        booking_versions.resource_key,
        booking_versions.booking_key,
        booking_versions.load_id,
        lower(booking_versions.held_during),
        case
            when booking_versions.ended_by <> 'pruned' then 'superseded'
            else coalesce(booking_versions.account, 'failed')
        end,
        case
            when booking_versions.ended_by <> 'pruned' then booking_versions.ended_by
            when booking_versions.account is null then 'unknown'
            else booking_versions.account_because
        end
    from calendar.booking_versions
    where
        booking_versions.customer_id = former_accounts_within.customer_id
        and absence.is_among(
            booking_versions.user_id, former_accounts_within.user_ids, former_accounts_within.users
        )
        and (
            former_accounts_within.loaded is null
            or booking_versions.load_id in (
                select loads.load_id
                from audit.loads
                where
                    loads.customer_id = former_accounts_within.customer_id
                    and loads.started_at <@ former_accounts_within.loaded
            )
        );
$$;
