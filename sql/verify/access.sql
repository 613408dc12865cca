-- Verify kalenderkoppling:access on pg

begin;

select 1 / (count(*) = 3)::integer
from pg_roles
where rolname in ('kk_finance', 'kk_helpdesk', 'kk_all_customers');

select
    customer_id,
    role_name
from customer.readers
where false;

select
    customer_id,
    customer_key,
    name,
    time_zone,
    language,
    is_active,
    calendars,
    exchange,
    presence,
    contract,
    horizon_at,
    created_at
from customer.visible_customers
where false;

select has_function_privilege('customer.secure(regclass)', 'execute');

select 1 / relrowsecurity::integer
from pg_class
where oid = 'roster.users'::regclass;

rollback;
