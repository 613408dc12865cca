-- intake.services_by_group: which services the groups give whom.
--
-- One row per person of the staged roster, and per active user; null where no group decides that
-- service: none is named, or one of those named never told its members.

create view intake.services_by_group as
with

people as (
    select
        roster.customer_id,
        roster.user_key,
        true as is_staged
    from staging.roster
    union all
    select
        users.customer_id,
        users.user_key,
        false as is_staged
    from roster.users
    where users.is_active
),

deciding as (
    select
        groups.customer_id,
        bool_and(groups.answered_at is not null) filter (where groups.service = 'calendar')
            as is_calendar_decided,
        bool_and(groups.answered_at is not null) filter (where groups.service = 'diversion')
            as is_diversion_decided
    from roster.groups
    where groups.is_active
    group by groups.customer_id
),

given as (
    select
        matches.customer_id,
        matches.user_key,
        matches.is_staged,
        bool_or(groups.service = 'calendar') as has_calendar,
        bool_or(groups.service = 'diversion') as has_diversion
    from intake.group_matches as matches
    inner join roster.groups
        on matches.customer_id = groups.customer_id
        and matches.group_id = groups.group_id
        and groups.is_active
    group by matches.customer_id, matches.user_key, matches.is_staged
)

select
    people.customer_id,
    people.user_key,
    people.is_staged,
    case when deciding.is_calendar_decided then coalesce(given.has_calendar, false) end
        as has_calendar,
    case when deciding.is_diversion_decided then coalesce(given.has_diversion, false) end
        as has_diversion
from people
inner join deciding on people.customer_id = deciding.customer_id
left join given
    on people.customer_id = given.customer_id
    and people.user_key = given.user_key
    and people.is_staged = given.is_staged;
