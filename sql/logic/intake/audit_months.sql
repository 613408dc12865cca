-- intake.audit_months: the months in which the tables of audit are kept.
--
-- One row per table and month that was made, and one of no month for what fell into none.

create view intake.audit_months as
select
    audit_tables.table_name,
    audit_tables.reference_count,
    months.oid as month_id,
    months.relname as month_name,
    to_date(substring(months.relname from '_([0-9]{4}_[0-9]{2})$'), 'YYYY_MM') as month
from intake.audit_tables
inner join pg_inherits on audit_tables.table_id = pg_inherits.inhparent
inner join pg_class as months on pg_inherits.inhrelid = months.oid;
