-- intake.groups_to_read: the groups whose members decide who has a service.

create view intake.groups_to_read as
select
    groups.customer_id,
    groups.group_id,
    groups.source,
    groups.group_key,
    groups.service
from roster.groups
where groups.is_active;
