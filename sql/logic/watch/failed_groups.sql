-- watch.failed_groups: groups that did not tell their members the last time.

create view watch.failed_groups with (security_barrier) as
select
    customers.customer_key,
    groups.source,
    groups.group_key,
    groups.service,
    groups.failure,
    groups.failed_at,
    groups.answered_at
from roster.groups
inner join customer.visible_customers as customers
    on groups.customer_id = customers.customer_id
where groups.is_active and groups.failure is not null;
comment on view watch.failed_groups is
'Groups that did not tell their members the last time; who was in them then still is.';
