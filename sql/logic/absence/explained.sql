-- absence.explained: what became of each booking, what decided that, and beside whom it stands.
--
-- One row per booking of a calendar in use, free of the instant. `because` is null where the
-- booking stands behind an absence at some time, else the first reason that held (shared cases,
-- README). Of a booking that gives something: the bookings that it was merged with, and the
-- stronger ones that take some of its time. Sick leave is not told, nor the code that means it.

create view absence.explained as

with

-- A day of office hours is a spell of its own, so a booking may have several.
memberships as (
    select
        ranked.customer_id,
        ranked.user_id,
        member.mark,
        array_agg(distinct partner.booking_key order by partner.booking_key) filter (
            where partner.mark <> member.mark
        ) as merged_with
    from absence.ranked
    cross join lateral unnest(ranked.booking_marks) as member (mark)
    cross join
        lateral
        unnest(ranked.booking_keys, ranked.booking_marks) as partner (booking_key, mark)
    group by ranked.customer_id, ranked.user_id, member.mark
),

deciding as (
    select
        decided.customer_id,
        decided.user_id,
        member.mark
    from absence.decided
    cross join lateral unnest(decided.booking_marks) as member (mark)
    group by decided.customer_id, decided.user_id, member.mark
),

suppressing as (
    select
        customer_id,
        user_id,
        mark,
        array_agg(distinct by_booking_key order by by_booking_key) as suppressed_by
    from absence.suppressed
    group by customer_id, user_id, mark
)

select
    claims.customer_id,
    claims.user_id,
    claims.calendar_id,
    claims.booking_key,
    claims.mark,
    claims.held_from,
    claims.starts_at,
    claims.ends_at,
    claims.start_date is not null as is_all_day,
    claims.show_as,
    case
        when coalesce(absence.told_reason(claims.code_reason) = claims.code_reason, true)
            then claims.code
    end as code,
    claims.rule_set_version,
    claims.decided_by,
    case when claims.because is null then absence.told_reason(claims.reason) end as reason,
    case when claims.because is null then claims.kind end as kind,
    claims.is_weakened,
    coalesce(memberships.merged_with, '{}') as merged_with,
    coalesce(suppressing.suppressed_by, '{}') as suppressed_by,
    case
        when claims.because is not null then claims.because
        when memberships.mark is null then 'outside_office_hours'
        when deciding.mark is null then 'covered'
    end as because
from absence.claims
left join memberships
    on claims.customer_id = memberships.customer_id
    and claims.user_id = memberships.user_id
    and encode(claims.mark, 'hex') = memberships.mark
left join deciding
    on claims.customer_id = deciding.customer_id
    and claims.user_id = deciding.user_id
    and encode(claims.mark, 'hex') = deciding.mark
left join suppressing
    on claims.customer_id = suppressing.customer_id
    and claims.user_id = suppressing.user_id
    and encode(claims.mark, 'hex') = suppressing.mark;
