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
returns table (
    user_id bigint,
    calendar_id integer,
    resource_key text,
    booking_key text,
    load_id bigint,
    held_from timestamptz,
    account text,
    because text
)
language sql stable
as $$
    with

    loads as (
        select loads.load_id
        from audit.loads
        where
            loads.customer_id = accounts_within.customer_id
            and loads.started_at <@ accounts_within.loaded
    ),

    weighed as materialized (
        select *
        from absence.weighed_within(
            accounts_within.customer_id, accounts_within.as_of, accounts_within.user_ids,
            accounts_within.loaded, accounts_within.users
        )
    ),

    -- What should stand by now, or be covered by what does: few.
    open as materialized (
        select *
        from weighed
        where weighed.verdict is null
    ),

    -- Claims that have some office hours, where only these count.
    opened as materialized (
        select distinct
            stretches.user_id,
            stretches.mark
        from absence.stretches
        where
            stretches.customer_id = accounts_within.customer_id
            and stretches.user_id = any(array(
                select distinct open.user_id from open
                where open.is_clipped and not open.is_known_late
            ))
            and stretches.is_part
    ),

    desired as materialized (
        select
            desired.user_id,
            decode(member.mark, 'hex') as mark,
            bool_or(
                desired.ends_at > accounts_within.as_of
                and desired.starts_at < accounts_within.as_of
                + make_interval(hours => 24 * desired.days_ahead)
            ) as is_wanted,
            bool_or(desired.ends_at > accounts_within.as_of) as is_ahead
        from absence.desired_of(
            accounts_within.customer_id, accounts_within.user_ids, accounts_within.users
        ) as desired
        cross join lateral unnest(desired.booking_marks) as member (mark)
        where
            desired.user_id = any(array(
                select distinct open.user_id from open
                where not open.is_over
            ))
        group by desired.user_id, decode(member.mark, 'hex')
    ),

    -- Only asked where something waits for its absence.
    rendered as materialized (
        select
            withheld.user_id,
            decode(withheld.booking_mark, 'hex') as mark,
            withheld.withheld_because
        from (
            select exists (
                select from open
                inner join desired
                    on open.user_id = desired.user_id and open.mark = desired.mark
                where desired.is_wanted
            ) as is_any
        ) as waiting
        cross join lateral absence.withheld_within(
            accounts_within.customer_id, accounts_within.as_of,
            accounts_within.user_ids, accounts_within.users
        ) as withheld
        where waiting.is_any
    ),

    held as materialized (
        select distinct
            standing_holds.user_id,
            decode(member.mark, 'hex') as mark
        from absence.standing_holds
        cross join lateral unnest(standing_holds.booking_marks) as member (mark)
        where
            standing_holds.customer_id = accounts_within.customer_id
            and absence.is_among(
                standing_holds.user_id, accounts_within.user_ids, accounts_within.users
            )
            and standing_holds.cause = 'deleted_by_hand'
    ),

    touched as materialized (
        select
            touched.user_id,
            min(touched.cause) as cause
        from calendar.touched
        where
            touched.customer_id = accounts_within.customer_id
            and absence.is_among(
                touched.user_id, accounts_within.user_ids, accounts_within.users
            )
        group by touched.user_id
    ),

    -- What the tables of now say; the rest is asked one by one, of the few that are left.
    judged as materialized (
        select
            open.*,
            coalesce(desired.is_wanted, false) as is_wanted,
            touched.cause as touched_because,
            case
                when open.is_known_late and held.mark is not null
                    then array['suppressed', 'deleted_by_hand']
                when open.is_known_late and desired.mark is null then null
                when desired.mark is null and opened.mark is null and open.is_clipped
                    then array['suppressed', 'outside_office_hours']
                when desired.mark is null then array['suppressed', 'covered']
                when held.mark is not null then array['suppressed', 'deleted_by_hand']
                when desired.is_ahead and not desired.is_wanted
                    then array['pending', 'beyond_horizon']
                when desired.is_wanted and rendered.mark is null
                    then array['suppressed', 'for_person']
                when rendered.withheld_because = 'not_yet' then array['pending', 'not_yet']
                when desired.is_wanted and rendered.withheld_because is not null
                    then array['suppressed', rendered.withheld_because]
            end as judged_verdict
        from open
        left join desired
            on open.user_id = desired.user_id and open.mark = desired.mark
        left join opened
            on open.user_id = opened.user_id and open.mark = opened.mark
        left join rendered
            on open.user_id = rendered.user_id and open.mark = rendered.mark
        left join held
            on open.user_id = held.user_id and open.mark = held.mark
        left join touched on open.user_id = touched.user_id
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

    select
        judged.user_id,
        judged.calendar_id,
        judged.resource_key,
        judged.booking_key,
        judged.load_id,
        judged.held_from,
        (coalesce(judged.judged_verdict, looked.verdict))[1],
        (coalesce(judged.judged_verdict, looked.verdict))[2]
    from judged
    left join lateral (
        select
            changes.action,
            changes.outcome,
            changes.held_because,
            changes.withdrawn_because
        from audit.changes
        inner join audit.runs
            on changes.customer_id = runs.customer_id
            and changes.run_id = runs.run_id
            and changes.planned_at = runs.started_at
        where
            judged.judged_verdict is null
            and changes.customer_id = accounts_within.customer_id
            and changes.user_id = judged.user_id
            and changes.booking_marks @> array[encode(judged.mark, 'hex')]
            -- so that only months are looked through in which it could be planned
            and changes.planned_at > judged.held_from - interval '1 day'
            and runs.mode <> 'dry_run'
        order by changes.run_id desc
        limit 1
    ) as newest on true
    left join lateral (
        select
            case
                when newest.withdrawn_because = 'by_command' and newest.outcome = 'done'
                    then array['suppressed', 'by_command']
                when newest.action is not null and newest.outcome is null
                    then array['pending', coalesce(newest.held_because, 'unknown')]
                when
                    not judged.is_wanted and exists (
                        select from telephony.placed_versions
                        where
                            placed_versions.customer_id = accounts_within.customer_id
                            and placed_versions.user_id = judged.user_id
                            and placed_versions.booking_marks @> array[encode(judged.mark, 'hex')]
                    )
                    then array['applied', null]
                when
                    newest.outcome in ('failed', 'conflict', 'found_undone', 'not_carried_out')
                    then array['failed', newest.outcome::text]
                when judged.is_wanted and judged.touched_because is not null
                    then array['pending', judged.touched_because]
                when judged.is_wanted then null
                when
                    exists (
                        select from telephony.shown
                        where
                            shown.customer_id = accounts_within.customer_id
                            and shown.user_id = judged.user_id
                            and shown.origin <> 'calendar'
                            and shown.starts_at < judged.ends_at
                            and shown.ends_at > judged.starts_at
                    )
                    then array['suppressed', 'for_person']
                when judged.held_from < judged.ends_at then array['failed', 'missed']
                else array['suppressed', 'past']
            end as verdict
    ) as looked on judged.judged_verdict is null

    union all

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
        booking_versions.customer_id = accounts_within.customer_id
        and absence.is_among(
            booking_versions.user_id, accounts_within.user_ids, accounts_within.users
        )
        and (
            accounts_within.loaded is null
            or booking_versions.load_id in (select loads.load_id from loads)
        );
$$;
