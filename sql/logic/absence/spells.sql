-- absence.spells: stretches that follow one another closely, made one (domain P-10).
--
-- One row per user, kind and spell. Stretches of one kind that overlap, or stand at most
-- merge_gap apart, make one spell: it has the reason of the first and the latest end, and the
-- strongest origin and show-as among its members. Without a merge_gap each stretch is a spell.

create view absence.spells as

with

-- A long stretch may outlast those that begin after it, so the latest end so far counts, not
-- the end of the one before.
reached as (
    select
        *,
        max(ends_at) over (
            partition by customer_id, user_id, kind
            order by starts_at asc, ends_at desc, booking_key asc, calendar_id asc, mark asc
            rows between unbounded preceding and 1 preceding
        ) as reached_at
    from absence.stretches
    where merge_gap is not null
),

numbered as (
    select
        *,
        count(*) filter (where coalesce(starts_at > reached_at + merge_gap, true)) over (
            partition by customer_id, user_id, kind
            order by starts_at asc, ends_at desc, booking_key asc, calendar_id asc, mark asc
            rows unbounded preceding
        ) as spell_number
    from reached
),

-- The members of each spell in order: one for each booking, however many parts it has there.
members as (
    select
        *,
        row_number() over (
            partition by customer_id, user_id, kind, spell_number, calendar_id, booking_key, mark
            order by starts_at
        ) as part_number,
        row_number() over (
            partition by customer_id, user_id, kind, spell_number
            order by starts_at asc, ends_at desc, booking_key asc, calendar_id asc, mark asc
        ) as place
    from numbered
)

select
    customer_id,
    user_id,
    extension,
    time_zone,
    calendar_id,
    booking_key,
    kind,
    reason,
    shown_text,
    decided_by,
    is_weakened,
    origin,
    show_as,
    starts_at,
    ends_at,
    is_part,
    array[booking_key] as booking_keys,
    array[encode(mark, 'hex')] as booking_marks
from absence.stretches
where merge_gap is null

union all

select
    customer_id,
    user_id,
    min(extension) as extension,
    min(time_zone) as time_zone,
    min(calendar_id) filter (where place = 1) as calendar_id,
    min(booking_key) filter (where place = 1) as booking_key,
    kind,
    min(reason) filter (where place = 1) as reason,
    min(shown_text) filter (where place = 1) as shown_text,
    min(decided_by) filter (where place = 1) as decided_by,
    bool_or(is_weakened) as is_weakened,
    max(origin) as origin,
    max(show_as) as show_as,
    min(starts_at) as starts_at,
    max(ends_at) as ends_at,
    bool_or(is_part) as is_part,
    array_agg(booking_key order by place) filter (where part_number = 1) as booking_keys,
    array_agg(encode(mark, 'hex') order by place) filter (where part_number = 1)
        as booking_marks
from members
group by customer_id, user_id, kind, spell_number;
