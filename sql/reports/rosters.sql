-- When the roster was imported, by whom, and what it changed.
--
--   psql --no-psqlrc --set from=2026-01-01 --file sql/reports/rosters.sql

\ir defaults.psql

select
    customers.customer_key,
    rosters.imported_at,
    rosters.imported_by,
    rosters.user_count as users,
    rosters.added_count as added,
    rosters.changed_count as changed,
    rosters.left_count as have_left
from audit.rosters
inner join customer.customers on rosters.customer_id = customers.customer_id
where
    customers.customer_key like :'customer'
    and rosters.imported_at >= :'from'::timestamptz
    and rosters.imported_at <= :'until'::timestamptz
order by rosters.imported_at desc, customers.customer_key asc
limit :rows;
