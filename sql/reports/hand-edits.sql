-- What people deleted or changed by hand on their telephones, and so is left alone.
--
--   psql --no-psqlrc --set from=today --file sql/reports/hand-edits.sql

\ir defaults.psql

select
    customers.customer_key,
    users.user_key,
    holds.cause,
    holds.held_from as found_at,
    holds.set_at,
    holds.set_by,
    holds.starts_at,
    holds.ends_at
from telephony.holds
inner join customer.customers on holds.customer_id = customers.customer_id
inner join roster.users
    on holds.customer_id = users.customer_id and holds.user_id = users.user_id
where
    customers.customer_key like :'customer'
    and users.user_key like :'user'
    and holds.held_from >= :'from'::timestamptz
    and holds.held_from <= :'until'::timestamptz
order by holds.held_from desc, customers.customer_key asc, users.user_key asc
limit :rows;
