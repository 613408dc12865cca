-- absence.judged_within: in which account the bookings are that should stand by an instant, or be
-- covered by what does (absence.weighed_within), by what else is known of their users.
--
-- One row per booking that is asked for, which are few of many: those of the named users, or of a
-- range of them. Without an account where it was lost (absence.accounts_within). Planned for the
-- ones that are asked for.

create function absence.judged_within(
    customer_id bigint,
    as_of timestamptz,
    user_ids bigint[],
    users int8range,
    open absence.weighed[]
)
returns setof absence.accounted
language plpgsql stable rows 100
set plan_cache_mode = force_custom_plan
as $$
#variable_conflict use_column
declare
    -- Whose absences are asked for: named to the planner, so that theirs alone are computed.
    wanting_ids bigint[];
    clipped_ids bigint[];
    -- None was planned for earlier: the months before are not planned either.
    earliest timestamptz;
begin
    select
        coalesce(array_agg(distinct user_id) filter (where not is_over), '{}'),
        coalesce(array_agg(distinct user_id) filter (where is_clipped and not is_known_late), '{}'),
        min(held_from) - interval '1 day'
    into wanting_ids, clipped_ids, earliest
    from unnest(judged_within.open);

    return query
    with

    open as materialized (
        select * from unnest(judged_within.open)
    ),

    -- Claims that have some office hours, where only these count.
    opened as materialized (
        select distinct
            stretches.user_id,
            stretches.mark
        from absence.stretches
        where
            stretches.customer_id = judged_within.customer_id
            and stretches.user_id = any(clipped_ids)
            and stretches.is_part
    ),

    desired as materialized (
        select
            desired.user_id,
            decode(member.mark, 'hex') as mark,
            bool_or(
                desired.ends_at > judged_within.as_of
                and desired.starts_at < judged_within.as_of
                + make_interval(hours => 24 * desired.days_ahead)
            ) as is_wanted,
            bool_or(desired.ends_at > judged_within.as_of) as is_ahead
        from absence.desired_of(judged_within.customer_id, wanting_ids) as desired
        cross join lateral unnest(desired.booking_marks) as member (mark)
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
            judged_within.customer_id, judged_within.as_of,
            judged_within.user_ids, judged_within.users
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
            standing_holds.customer_id = judged_within.customer_id
            and absence.is_among(
                standing_holds.user_id, judged_within.user_ids, judged_within.users
            )
            and standing_holds.cause = 'deleted_by_hand'
    ),

    touched as materialized (
        select
            touched.user_id,
            min(touched.cause) as cause
        from calendar.touched
        where
            touched.customer_id = judged_within.customer_id
            and absence.is_among(
                touched.user_id, judged_within.user_ids, judged_within.users
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
            and changes.customer_id = judged_within.customer_id
            and changes.user_id = judged.user_id
            and changes.booking_marks @> array[encode(judged.mark, 'hex')]
            and changes.planned_at > earliest
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
                            placed_versions.customer_id = judged_within.customer_id
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
                            shown.customer_id = judged_within.customer_id
                            and shown.user_id = judged.user_id
                            and shown.origin <> 'calendar'
                            and shown.starts_at < judged.ends_at
                            and shown.ends_at > judged.starts_at
                    )
                    then array['suppressed', 'for_person']
                when judged.held_from < judged.ends_at then array['failed', 'missed']
                else array['suppressed', 'past']
            end as verdict
    ) as looked on judged.judged_verdict is null;
end
$$;
