-- absence.fitted_within: desired absences, fitted to what people did on the telephone side.
--
-- One row per stretch. A person's own absence wins where it overlaps, and so does one of ours
-- that a person changed (design principle 8): what is desired is clipped around them. Where a
-- hold stands for the very bookings that are behind it, held_because says so and the stretch
-- stays as the person left it (domain P-4). What callers hear as the return is never before
-- the stretch's end.

create function absence.fitted_within(
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
    held_because text
)
language sql stable
as $$
    with

    desired as materialized (
        select *
        from absence.desired_within(
            fitted_within.customer_id, fitted_within.as_of, fitted_within.user_ids,
            fitted_within.users
        )
    ),

    own as materialized (
        select
            shown.user_id,
            range_agg(tstzrange(shown.starts_at, shown.ends_at)) as during
        from telephony.shown
        where
            shown.customer_id = fitted_within.customer_id
            and absence.is_among(
                shown.user_id, fitted_within.user_ids, fitted_within.users
            )
            and shown.origin <> 'calendar'
            and shown.starts_at < shown.ends_at
        group by shown.user_id
    ),

    holds as materialized (
        select
            standing_holds.user_id,
            standing_holds.absence_key,
            standing_holds.cause,
            standing_holds.held_from,
            standing_holds.booking_marks,
            tstzrange(standing_holds.starts_at, standing_holds.ends_at) as during
        from absence.standing_holds
        where
            standing_holds.customer_id = fitted_within.customer_id
            and absence.is_among(
                standing_holds.user_id, fitted_within.user_ids, fitted_within.users
            )
    ),

    edited as (
        select
            placed.user_id,
            range_agg(tstzrange(placed.starts_at, placed.ends_at)) as during
        from telephony.placed
        where
            placed.customer_id = fitted_within.customer_id
            and (placed.user_id, placed.absence_key) in (
                select
                    holds.user_id,
                    holds.absence_key
                from holds
                where holds.cause = 'changed_by_hand'
            )
        group by placed.user_id
    ),

    -- Of most users nothing is known that they did by hand: what is desired stays as it is.
    concerned as materialized (
        select own.user_id from own
        union
        select holds.user_id from holds
    ),

    held as (
        select
            desired.user_id,
            desired.starts_at,
            range_agg(holds.during) as during
        from desired
        inner join holds
            on desired.user_id = holds.user_id
            and desired.booking_marks && holds.booking_marks
            and tstzrange(desired.starts_at, desired.ends_at) && holds.during
        group by desired.user_id, desired.starts_at
    ),

    fitted as (
        select
            desired.*,
            tstzmultirange(tstzrange(desired.starts_at, desired.ends_at))
            - coalesce(own.during, '{}') as during,
            coalesce(held.during, '{}') as held_during,
            coalesce(edited.during, '{}') as edited_during
        from desired
        inner join concerned on desired.user_id = concerned.user_id
        left join own on desired.user_id = own.user_id
        left join edited on desired.user_id = edited.user_id
        left join held
            on desired.user_id = held.user_id and desired.starts_at = held.starts_at
    )

    select
        desired.user_id,
        desired.extension,
        desired.starts_at,
        desired.ends_at,
        desired.kind,
        desired.reason,
        desired.announced_reason,
        desired.back_at,
        desired.shown_text,
        desired.target,
        desired.ring_seconds,
        desired.booking_keys,
        desired.booking_marks,
        false as is_clipped,
        null as held_because
    from desired
    where not exists (select from concerned where concerned.user_id = desired.user_id)

    union all

    select
        fitted.user_id,
        fitted.extension,
        lower(stretch.during),
        upper(stretch.during),
        fitted.kind,
        fitted.reason,
        fitted.announced_reason,
        case
            when upper(stretch.during) < fitted.ends_at then upper(stretch.during)
            else fitted.back_at
        end,
        fitted.shown_text,
        fitted.target,
        fitted.ring_seconds,
        fitted.booking_keys,
        fitted.booking_marks,
        stretch.during <> tstzrange(fitted.starts_at, fitted.ends_at),
        case
            when stretch.is_held
                then (
                    select holds.cause
                    from holds
                    where
                        holds.user_id = fitted.user_id
                        and holds.booking_marks && fitted.booking_marks
                        and holds.during && stretch.during
                    order by holds.held_from desc, holds.absence_key desc
                    limit 1
                )
        end
    from fitted
    cross join lateral (
        select
            kept.during,
            true as is_held
        from unnest(fitted.during * fitted.held_during) as kept (during)
        union all
        select
            free.during,
            false as is_held
        from unnest(fitted.during - fitted.held_during - fitted.edited_during) as free (during)
    ) as stretch
    where upper(stretch.during) > fitted_within.as_of;
$$;
