-- absence.rendered_within: fitted absences as the telephone system can express them.
--
-- What it cannot is rendered to the nearest thing that surprises nobody: a kind that it does not
-- know becomes the next weaker one, for a phone must not close that was to ring; another target
-- the announcement, else the voicemail, and where there is neither calls ring; a long text is cut;
-- times go down to its step; where an end is told as a time of day, an absence is placed day by
-- day, on the day. `losses` names what got lost.
-- withheld_because says why an absence is not placed, or not yet: kind (no weaker one is known),
-- time (nothing is left of it), not_yet (it cannot be placed ahead), entries (another comes first).
-- What a person changed or deleted passes as it is.

create function absence.rendered_within(
    customer_id bigint,
    as_of timestamptz,
    user_ids bigint[] default null,
    users int8range default '(,)'
)
returns table (
    user_id bigint,
    extension text,
    starts_at timestamptz,
    ends_at timestamptz,
    kind customer.kind,
    reason text,
    announced_reason text,
    back_at timestamptz,
    shown_text text,
    target text,
    ring_seconds integer,
    booking_keys text[],
    booking_marks text[],
    is_clipped boolean,
    held_because text,
    losses text[],
    withheld_because text
)
language sql stable
as $$
    with

    fitted as materialized (
        select *
        from absence.fitted_within(
            rendered_within.customer_id, rendered_within.as_of, rendered_within.user_ids,
            rendered_within.users
        )
    ),

    -- No row where the system can express everything, or has not told yet.
    exchange as materialized (
        select *
        from telephony.exchanges
        where
            exchanges.customer_id = rendered_within.customer_id
            and not exchanges.is_complete
    ),

    -- Once each, for most of its columns are asked several times below.
    timed as materialized (
        select
            fitted.*,
            greatest(
                date_bin(
                    make_interval(secs => exchange.time_grain), fitted.starts_at, '2000-01-01Z'
                ),
                days.begins_at
            ) as rendered_start,
            least(
                date_bin(
                    make_interval(secs => exchange.time_grain), fitted.ends_at, '2000-01-01Z'
                ),
                days.ends_at
            ) as rendered_end,
            date_bin(
                make_interval(secs => exchange.time_grain), fitted.back_at, '2000-01-01Z'
            ) as rendered_back,
            (
                select max(known.kind)
                from unnest(exchange.kinds) as known (kind)
                where
                    known.kind <= fitted.kind
                    and (known.kind = 'information' or targets.target is not null)
            ) as rendered_kind,
            case
                when exchange.reasons is null or fitted.reason = any(exchange.reasons)
                    then fitted.reason
                else exchange.default_reason
            end as rendered_reason,
            case
                when exchange.reasons is null or fitted.announced_reason = any(exchange.reasons)
                    then fitted.announced_reason
                else exchange.default_reason
            end as rendered_announced,
            left(
                fitted.shown_text, coalesce(exchange.text_length, length(fitted.shown_text))
            ) as rendered_text,
            coalesce(targets.target, 'announcement') as rendered_target,
            exchange.has_ring_seconds,
            exchange.has_return_time,
            exchange.has_future_start,
            exchange.entries_per_user,
            days.begins_at as day_begins_at
        from fitted
        cross join exchange
        inner join roster.users
            on users.customer_id = rendered_within.customer_id
            and fitted.user_id = users.user_id
        cross join lateral (
            select
                case
                    when split_part(fitted.target, ':', 1) = any(exchange.targets)
                        then fitted.target
                    when 'announcement' = any(exchange.targets) then 'announcement'
                    when 'voicemail' = any(exchange.targets) then 'voicemail'
                end as target
        ) as targets
        -- The day that can be told of, where an end is a time of day; else null.
        cross join lateral (
            select
                intake.instant_of(local.day, users.time_zone) as begins_at,
                intake.instant_of(local.day + interval '1 day', users.time_zone) as ends_at
            from (
                select
                    case
                        when exchange.end_reach = 'today'
                            then date_trunc(
                                'day',
                                greatest(rendered_within.as_of, fitted.starts_at)
                                at time zone users.time_zone
                            )
                    end as day
            ) as local
        ) as days
        where fitted.held_because is null
    ),

    judged as (
        select
            timed.*,
            case
                when timed.rendered_kind is null then 'kind'
                when
                    timed.rendered_end <= greatest(timed.rendered_start, rendered_within.as_of)
                    then 'time'
                when
                    timed.rendered_start > rendered_within.as_of and not timed.has_future_start
                    then 'not_yet'
                when timed.day_begins_at > rendered_within.as_of then 'not_yet'
            end as unfit_because
        from timed
    )

    select
        fitted.*,
        '{}'::text[],
        null
    from fitted
    where fitted.held_because is not null or not exists (select from exchange)

    union all

    select
        judged.user_id,
        judged.extension,
        judged.rendered_start,
        judged.rendered_end,
        judged.rendered_kind,
        judged.rendered_reason,
        judged.rendered_announced,
        case
            when judged.has_return_time then greatest(judged.rendered_back, judged.rendered_end)
            else judged.rendered_end
        end,
        nullif(judged.rendered_text, ''),
        judged.rendered_target,
        case when judged.has_ring_seconds then judged.ring_seconds else 15 end,
        judged.booking_keys,
        judged.booking_marks,
        judged.is_clipped,
        judged.held_because,
        array_remove(
            array[
                case when judged.rendered_kind is distinct from judged.kind then 'kind' end,
                case
                    when
                        judged.rendered_start <> judged.starts_at
                        or judged.rendered_end not in (
                            judged.ends_at, date_trunc('minute', judged.ends_at)
                        )
                        then 'time'
                end,
                case
                    when judged.rendered_reason is distinct from judged.reason then 'reason'
                end,
                case
                    when
                        judged.rendered_kind > 'information'
                        and not judged.has_return_time
                        and judged.back_at > judged.rendered_end
                        then 'return_time'
                end,
                case
                    when judged.rendered_text is distinct from judged.shown_text then 'text'
                end,
                case
                    when
                        judged.rendered_kind > 'information'
                        and judged.rendered_target <> judged.target
                        then 'target'
                end,
                case
                    when judged.rendered_kind = 'open' and not judged.has_ring_seconds
                        then 'ring_seconds'
                end
            ],
            null
        ),
        coalesce(
            judged.unfit_because,
            case
                when
                    row_number() over (
                        partition by judged.user_id, judged.unfit_because is null
                        order by judged.rendered_start
                    ) > judged.entries_per_user
                    then 'entries'
            end
        )
    from judged;
$$;
