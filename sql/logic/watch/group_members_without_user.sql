-- watch.group_members_without_user: members of groups whom no roster knows.

create view watch.group_members_without_user with (security_barrier) as
select
    customers.customer_key,
    groups.source,
    groups.group_key,
    groups.service,
    coalesce(members.mail_addresses[1], members.member_key) as member,
    groups.answered_at
from roster.group_members as members
inner join roster.groups
    on members.customer_id = groups.customer_id
    and members.group_id = groups.group_id
    and groups.is_active
inner join customer.visible_customers as customers
    on members.customer_id = customers.customer_id
left join intake.group_matches as matches
    on members.customer_id = matches.customer_id
    and members.group_id = matches.group_id
    and members.member_key = matches.member_key
    and not matches.is_staged
where matches.user_key is null;
comment on view watch.group_members_without_user is
'Members of groups who are in no roster: they have the service and no telephone.';
