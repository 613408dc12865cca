-- How a user stood in the roster, when, and who changed it.
--
--   psql --no-psqlrc --set user=anna --file sql/reports/user-history.sql

\ir defaults.psql

select
    customers.customer_key,
    people.user_key,
    lower(versions.held_during) as held_from,
    upper(versions.held_during) as held_until,
    versions.extension,
    versions.has_calendar,
    versions.has_diversion,
    versions.is_active,
    versions.changed_by
from (
    select
        customer_id,
        user_id,
        held_during,
        extension,
        has_calendar,
        has_diversion,
        is_active,
        changed_by
    from roster.user_versions
    union all
    select
        customer_id,
        user_id,
        tstzrange(held_from, null) as held_during,
        extension,
        has_calendar,
        has_diversion,
        is_active,
        null as changed_by
    from roster.users
) as versions
inner join customer.customers on versions.customer_id = customers.customer_id
inner join roster.users as people
    on versions.customer_id = people.customer_id and versions.user_id = people.user_id
where
    customers.customer_key like :'customer'
    and people.user_key like :'user'
order by customers.customer_key, people.user_key, held_from
limit :rows;
