-- Who changed a customer's settings and rules, and when.
--
--   psql --no-psqlrc --set customer=sundsvall --file sql/reports/settings-history.sql

\ir defaults.psql

select
    customers.customer_key,
    lower(versions.held_during) as applied_at,
    versions.settings,
    versions.applied_by
from (
    select
        customer_id,
        held_during,
        'the customer file' as settings,
        applied_by
    from customer.customer_versions
    union all
    select
        customer_id,
        held_during,
        'rules, version ' || rule_set_version as settings,
        applied_by
    from customer.rule_sets
) as versions
inner join customer.customers on versions.customer_id = customers.customer_id
where customers.customer_key like :'customer'
order by customers.customer_key asc, applied_at desc
limit :rows;
