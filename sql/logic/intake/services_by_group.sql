-- intake.services_by_group: which services the groups give whom.
--
-- One row per person of the staged roster, and per active user. A service for which groups are
-- named is theirs to decide. It is null where they do not: one of them never told its members, or
-- nobody of that roster is among them, as where the addresses of the two do not agree.

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

given as not materialized (
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
),

found as (
    select
        given.customer_id,
        given.is_staged,
        bool_or(given.has_calendar) as is_anyone_of_calendar,
        bool_or(given.has_diversion) as is_anyone_of_diversion
    from given
    group by given.customer_id, given.is_staged
)

select
    people.customer_id,
    people.user_key,
    people.is_staged,
    deciding.is_calendar_decided is not null as is_calendar_named,
    deciding.is_diversion_decided is not null as is_diversion_named,
    case
        when deciding.is_calendar_decided and found.is_anyone_of_calendar
            then coalesce(given.has_calendar, false)
    end as has_calendar,
    case
        when deciding.is_diversion_decided and found.is_anyone_of_diversion
            then coalesce(given.has_diversion, false)
    end as has_diversion
from people
inner join deciding on people.customer_id = deciding.customer_id
left join found
    on people.customer_id = found.customer_id
    and people.is_staged = found.is_staged
left join given
    on people.customer_id = given.customer_id
    and people.user_key = given.user_key
    and people.is_staged = given.is_staged;
