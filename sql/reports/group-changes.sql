-- Who got or lost a service by a group of the directory.
--
--   psql --no-psqlrc --set user=anna --set from=2026-01-01 --file sql/reports/group-changes.sql

\ir defaults.psql

select
    customers.customer_key,
    users.user_key,
    group_changes.changed_at,
    group_changes.change,
    group_changes.service,
    group_changes.source,
    group_changes.group_key
from audit.group_changes
inner join customer.customers on group_changes.customer_id = customers.customer_id
inner join roster.users
    on group_changes.customer_id = users.customer_id and group_changes.user_id = users.user_id
where
    customers.customer_key like :'customer'
    and users.user_key like :'user'
    and group_changes.changed_at >= :'from'::timestamptz
    and group_changes.changed_at <= :'until'::timestamptz
order by group_changes.changed_at desc, customers.customer_key asc, users.user_key asc
limit :rows;
