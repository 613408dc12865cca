-- absence.stretches: claims within their office hours, one row per claim and part.
--
-- Most claims are one part, as they stand. Where they are clipped, each day gives the part
-- within its office hours; a day without any, or a holiday, gives none (domain P-22). Hours
-- that a clock change swallows are none either. Parts that touch are one.

create view absence.stretches as

with

opened as (
    select
        claims.*,
        intake.instant_of(days.day + office_hours.opens_at, claims.time_zone) as opens_at,
        intake.instant_of(days.day + office_hours.closes_at, claims.time_zone) as closes_at
    from absence.claims
    cross join
        generate_series(
            date_trunc('day', claims.starts_at at time zone claims.time_zone),
            date_trunc('day', claims.ends_at at time zone claims.time_zone),
            interval '1 day'
        ) as days (day)
    inner join customer.office_hours
        on claims.customer_id = office_hours.customer_id
        and claims.rule_set_version = office_hours.rule_set_version
        and extract(isodow from days.day) = office_hours.weekday
    where
        claims.is_used
        and claims.may_be_clipped
        and claims.is_clipped
        and not exists (
            select from customer.holidays
            where
                holidays.customer_id = claims.customer_id
                and holidays.rule_set_version = claims.rule_set_version
                and holidays.holiday = days.day::date
        )
),

-- What is left of each claim, in its order.
clipped as (
    select
        customer_id,
        user_id,
        extension,
        time_zone,
        calendar_id,
        booking_key,
        mark,
        merge_gap,
        show_as,
        shown_text,
        origin,
        decided_by,
        reason,
        kind,
        is_weakened,
        range_agg(
            tstzrange(greatest(starts_at, opens_at), least(ends_at, closes_at))
        ) as during
    from opened
    where opens_at < closes_at and starts_at < closes_at and ends_at > opens_at
    group by
        customer_id, user_id, extension, time_zone, calendar_id, booking_key, mark, starts_at,
        ends_at, merge_gap, show_as, shown_text, origin, decided_by, reason, kind, is_weakened
)

select
    customer_id,
    user_id,
    extension,
    time_zone,
    calendar_id,
    booking_key,
    mark,
    starts_at,
    ends_at,
    false as is_part,
    merge_gap,
    show_as,
    shown_text,
    origin,
    decided_by,
    reason,
    kind,
    is_weakened
from absence.claims
where is_used and not is_clipped

union all

select
    clipped.customer_id,
    clipped.user_id,
    clipped.extension,
    clipped.time_zone,
    clipped.calendar_id,
    clipped.booking_key,
    clipped.mark,
    lower(part.during) as starts_at,
    upper(part.during) as ends_at,
    true as is_part,
    clipped.merge_gap,
    clipped.show_as,
    clipped.shown_text,
    clipped.origin,
    clipped.decided_by,
    clipped.reason,
    clipped.kind,
    clipped.is_weakened
from clipped
cross join lateral unnest(clipped.during) as part (during);
