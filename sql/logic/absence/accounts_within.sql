-- absence.accounts_within: what became of every booking version that was taken in, by an instant:
-- of the named users or of everybody, of the loads that began in a stretch of time or of all.
--
-- One row per version, in exactly one account:
--   applied     stands, or stood to its end, behind an absence that was acknowledged
--   suppressed  gives nothing, and why: the words of absence.claims, covered, outside_office_hours;
--               calendar_not_in_use; for_person, deleted_by_hand, by_command, past (it was known
--               only after its end); kind, time, entries: the telephone system cannot express it
--   superseded  a newer version replaced it (changed), or it left the calendar (vanished)
--   pending     beyond_horizon, not_yet (nothing can be placed ahead), unknown (to be observed),
--               limits (held back), or the cause for which its user is to be looked at
--   failed      what the telephone side answered, or missed: its time went by without a pass
-- A row without an account is wanted, does not stand, and nobody is going to look at it: it was
-- lost. Asked at the instant of a pass, or later: then what has come within the horizon since is
-- no longer pending, and not yet looked at.

create function absence.accounts_within(
    customer_id bigint,
    as_of timestamptz,
    user_ids bigint[] default null,
    loaded tstzrange default null,
    users int8range default '(,)'
)
returns setof absence.accounted
language sql stable
as $$
    with

    weighed as materialized (
        select *
        from absence.weighed_within(
            accounts_within.customer_id, accounts_within.as_of, accounts_within.user_ids,
            accounts_within.loaded, accounts_within.users
        )
    )

    select
        weighed.user_id,
        weighed.calendar_id,
        weighed.resource_key,
        weighed.booking_key,
        weighed.load_id,
        weighed.held_from,
        weighed.verdict[1],
        weighed.verdict[2]
    from weighed
    where weighed.verdict is not null

    union all

    select judged.*
    from absence.judged_within(
        accounts_within.customer_id, accounts_within.as_of, accounts_within.user_ids,
        accounts_within.users,
        array(select row(weighed.*)::absence.weighed from weighed where verdict is null)
    ) as judged

    union all

    select former.*
    from absence.former_accounts_within(
        accounts_within.customer_id, accounts_within.user_ids, accounts_within.loaded,
        accounts_within.users
    ) as former;
$$;
