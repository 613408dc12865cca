-- intake.group_matches: which members of groups are which people of a roster.
--
-- A member is whoever has one of its addresses as mail address or as key, in lower case: of the
-- staged roster, and of the active users.

create view intake.group_matches as
with

people as (
    select
        roster.customer_id,
        roster.user_key,
        roster.mail_addresses,
        true as is_staged
    from staging.roster
    union all
    select
        users.customer_id,
        users.user_key,
        users.mail_addresses,
        false as is_staged
    from roster.users
    where users.is_active
),

names as (
    select
        people.customer_id,
        people.user_key,
        people.is_staged,
        named.name
    from people
    cross join
        lateral unnest(array_append(people.mail_addresses, lower(people.user_key)))
            as named (name)
),

members as (
    select
        group_members.customer_id,
        group_members.group_id,
        group_members.member_key,
        named.name
    from roster.group_members
    cross join lateral unnest(group_members.mail_addresses) as named (name)
)

select distinct
    names.customer_id,
    members.group_id,
    members.member_key,
    names.user_key,
    names.is_staged
from names
inner join members on names.customer_id = members.customer_id and names.name = members.name;
