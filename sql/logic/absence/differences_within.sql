-- absence.differences_within: how what is wanted differs from what was placed.
--
-- One row per difference, none where all is as it should be: `before` is null for what is to
-- be created, `after` for what is to be withdrawn. The two sides are matched by content first,
-- so that a change of calendar system changes no phone; then by the series of the deciding
-- booking and the local day, in order; then by the booking alone; then the nearest first by any
-- booking that they share, by the series within half a week, or as what is left of bookings that
-- took one another's absences. So a moved booking is one update, also where a series moved whole.
--
-- Where only the bookings behind an absence changed, both sides are alike. What a person changed
-- by hand is matched with its like alone, and is held back whatever is wanted; what a person
-- deleted is neither wanted nor a difference (domain P-4); is_for_person: it makes way for what a
-- person set. What has ended is not compared, where the telephone system ends it by itself.
-- losses: what of the wanted absence the system cannot express; is_unconfirmed: nobody knows if
-- it stands; is_due: it has long been wanted, and its time has come.

create function absence.differences_within(
    customer_id bigint,
    as_of timestamptz,
    user_ids bigint[] default null,
    users int8range default '(,)'
)
returns table (
    user_id bigint,
    user_key text,
    absence_key uuid,
    version_tag text,
    before_extension text,
    before_starts_at timestamptz,
    before_ends_at timestamptz,
    before_kind customer.kind,
    before_reason text,
    before_announced_reason text,
    before_back_at timestamptz,
    before_shown_text text,
    before_target text,
    before_ring_seconds integer,
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
    is_for_person boolean,
    held_because text,
    losses text[],
    is_unconfirmed boolean,
    is_due boolean
)
language sql stable
as $$
    with
    -- What differs, both sides: on most days next to nothing, and only that is looked at any
    -- further. Of one user no two begin at one instant, so user and start name an absence.
    differing as materialized (
        select *
        from (
            select
                wanted,
                held,
                wanted.booking_marks = held.booking_marks and not held.is_unconfirmed
                    as is_settled,
                (
                    wanted.user_id, wanted.starts_at, wanted.ends_at, wanted.back_at, wanted.kind,
                    wanted.extension, wanted.reason, wanted.announced_reason, wanted.target,
                    wanted.ring_seconds, wanted.shown_text
                ) is not distinct from (
                    held.user_id, held.starts_at, held.ends_at, held.back_at, held.kind,
                    held.extension, held.reason, held.announced_reason, held.target,
                    held.ring_seconds, held.shown_text
                ) as is_alike
            from (
                select
                    rendered.*,
                    rendered.held_because is not null as is_by_hand,
                    users.user_key,
                    users.time_zone
                from absence.rendered_within(
                    differences_within.customer_id,
                    differences_within.as_of,
                    differences_within.user_ids, differences_within.users
                ) as rendered
                inner join roster.users
                    on users.customer_id = differences_within.customer_id
                    and rendered.user_id = users.user_id
                    and absence.is_among(
                        users.user_id, differences_within.user_ids, differences_within.users
                    )
                where
                    rendered.held_because is distinct from 'deleted_by_hand'
                    and rendered.withheld_because is null
            ) as wanted
            full join (
                select standing.*
                from absence.standing
                where
                    standing.customer_id = differences_within.customer_id
                    and absence.is_among(
                        standing.user_id, differences_within.user_ids, differences_within.users
                    )
                    and standing.stands_until > differences_within.as_of
            ) as held
                on wanted.user_id = held.user_id and wanted.starts_at = held.starts_at
        ) as compared
        where not compared.is_alike or not compared.is_settled
    ),

    wanted as materialized (
        select
            (differing.wanted).*,
            differing.is_alike,
            intake.series_of((differing.wanted).booking_keys[1]) as series,
            ((differing.wanted).starts_at at time zone (differing.wanted).time_zone)::date
                as local_day
        from differing
        where (differing.wanted).user_id is not null
    ),

    held as materialized (
        select
            (differing.held).*,
            differing.is_alike,
            intake.series_of((differing.held).booking_keys[1]) as series,
            ((differing.held).starts_at at time zone (differing.held).time_zone)::date
                as local_day
        from differing
        where (differing.held).user_id is not null
    ),

    -- Of the same users what is as it should be, by the booking that decides it.
    settled as materialized (
        select
            standing.user_id,
            standing.booking_keys[1] as booking_key
        from absence.standing
        where
            standing.customer_id = differences_within.customer_id
            and standing.user_id = any(array(
                select wanted.user_id from wanted
                union
                select held.user_id from held
            ))
            and standing.stands_until > differences_within.as_of
            and not exists (
                select from held
                where held.user_id = standing.user_id and held.absence_key = standing.absence_key
            )
    ),

    wanted_rest as materialized (
        select
            wanted.*,
            row_number() over (
                partition by wanted.user_id, wanted.is_by_hand, wanted.series, wanted.local_day
                order by wanted.starts_at
            ) as number_in_day
        from wanted
        where not wanted.is_alike
    ),

    held_rest as materialized (
        select
            held.*,
            row_number() over (
                partition by held.user_id, held.is_by_hand, held.series, held.local_day
                order by held.starts_at
            ) as number_in_day
        from held
        where not held.is_alike
    ),

    by_day as materialized (
        select
            wanted_rest.user_id,
            wanted_rest.starts_at,
            held_rest.absence_key
        from wanted_rest
        inner join held_rest
            on wanted_rest.user_id = held_rest.user_id
            and wanted_rest.is_by_hand = held_rest.is_by_hand
            and wanted_rest.series = held_rest.series
            and wanted_rest.local_day = held_rest.local_day
            and wanted_rest.number_in_day = held_rest.number_in_day
    ),

    wanted_left as materialized (
        select
            wanted_rest.*,
            row_number() over (
                partition by
                    wanted_rest.user_id, wanted_rest.is_by_hand, wanted_rest.booking_keys[1]
                order by wanted_rest.starts_at
            ) as number_of_booking,
            exists (
                select from held
                where
                    held.user_id = wanted_rest.user_id
                    and held.booking_keys[1] = wanted_rest.booking_keys[1]
            )
            or exists (
                select from settled
                where
                    settled.user_id = wanted_rest.user_id
                    and settled.booking_key = wanted_rest.booking_keys[1]
            ) as has_moved
        from wanted_rest
        where not exists (
            select from by_day
            where by_day.user_id = wanted_rest.user_id and by_day.starts_at = wanted_rest.starts_at
        )
    ),

    held_left as materialized (
        select
            held_rest.*,
            row_number() over (
                partition by held_rest.user_id, held_rest.is_by_hand, held_rest.booking_keys[1]
                order by held_rest.starts_at
            ) as number_of_booking,
            exists (
                select from wanted
                where
                    wanted.user_id = held_rest.user_id
                    and wanted.booking_keys[1] = held_rest.booking_keys[1]
            )
            or exists (
                select from settled
                where
                    settled.user_id = held_rest.user_id
                    and settled.booking_key = held_rest.booking_keys[1]
            ) as has_moved
        from held_rest
        where not exists (
            select from by_day
            where by_day.user_id = held_rest.user_id and by_day.absence_key = held_rest.absence_key
        )
    ),

    by_booking as materialized (
        select
            wanted_left.user_id,
            wanted_left.starts_at,
            held_left.absence_key
        from wanted_left
        inner join held_left
            on wanted_left.user_id = held_left.user_id
            and wanted_left.is_by_hand = held_left.is_by_hand
            and wanted_left.booking_keys[1] = held_left.booking_keys[1]
            and wanted_left.number_of_booking = held_left.number_of_booking
    ),

    by_nearness as (
        select
            near.user_id,
            near.starts_at,
            near.absence_key
        from (
            select
                wanted_left.user_id,
                wanted_left.starts_at,
                held_left.absence_key,
                row_number() over (
                    partition by wanted_left.user_id, wanted_left.starts_at
                    order by
                        wanted_left.booking_keys && held_left.booking_keys desc,
                        abs(extract(epoch from wanted_left.starts_at - held_left.starts_at)),
                        held_left.starts_at
                ) as rank_of_held,
                row_number() over (
                    partition by held_left.user_id, held_left.absence_key
                    order by
                        wanted_left.booking_keys && held_left.booking_keys desc,
                        abs(extract(epoch from wanted_left.starts_at - held_left.starts_at)),
                        wanted_left.starts_at
                ) as rank_of_wanted
            from wanted_left
            inner join held_left
                on wanted_left.user_id = held_left.user_id
                and wanted_left.is_by_hand = held_left.is_by_hand
                and (
                    wanted_left.booking_keys && held_left.booking_keys
                    or (
                        wanted_left.series = held_left.series
                        and wanted_left.starts_at - held_left.starts_at
                        between interval '-84 hours' and interval '84 hours'
                    )
                    or (wanted_left.has_moved and held_left.has_moved)
                )
            where
                not exists (
                    select from by_booking
                    where (by_booking.user_id, by_booking.starts_at)
                        = (wanted_left.user_id, wanted_left.starts_at)
                )
                and not exists (
                    select from by_booking
                    where by_booking.absence_key = held_left.absence_key
                )
        ) as near
        where near.rank_of_held = 1 and near.rank_of_wanted = 1
    ),

    pairs as (
        select held.user_id, held.starts_at, held.absence_key from held
        where held.is_alike
        union all
        select * from by_day
        union all
        select * from by_booking
        union all
        select * from by_nearness
    )

    select
        coalesce(paired.user_id, held.user_id),
        coalesce(paired.user_key, held.user_key),
        held.absence_key,
        held.version_tag,
        held.extension,
        held.starts_at,
        held.ends_at,
        held.kind,
        held.reason,
        held.announced_reason,
        held.back_at,
        held.shown_text,
        held.target,
        held.ring_seconds,
        paired.extension,
        paired.starts_at,
        paired.ends_at,
        paired.kind,
        paired.reason,
        paired.announced_reason,
        paired.back_at,
        paired.shown_text,
        paired.target,
        paired.ring_seconds,
        coalesce(paired.booking_keys, held.booking_keys),
        coalesce(paired.booking_marks, held.booking_marks),
        coalesce(paired.is_clipped, held.is_met_by_person),
        case when held.is_by_hand then 'changed_by_hand' else paired.held_because end,
        coalesce(paired.losses, '{}'),
        coalesce(held.is_unconfirmed, false),
        -- Asked once, so that it costs nothing where absences can be placed ahead.
        exists (
            select from telephony.exchanges
            where
                exchanges.customer_id = differences_within.customer_id
                and not exchanges.has_future_start
        )
        and absence.is_due(
            differences_within.customer_id,
            paired.user_id,
            paired.booking_marks,
            differences_within.as_of
        )
    from (
        select wanted.*, pairs.absence_key
        from wanted
        left join pairs
            on wanted.user_id = pairs.user_id and wanted.starts_at = pairs.starts_at
    ) as paired
    full join held
        on paired.user_id = held.user_id and paired.absence_key = held.absence_key
    where
        -- What a person changed and then took away has nothing placed.
        not (held.absence_key is null and paired.is_by_hand)
    order by 1, coalesce(held.starts_at, paired.starts_at), held.absence_key;
$$;
