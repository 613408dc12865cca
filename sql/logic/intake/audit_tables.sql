-- intake.audit_tables: the tables of audit that are kept by month.
--
-- One row per table: by which column, where the rows of no month are, and how many foreign keys it
-- has, for what others refer to must be there before them and go after them.

create view intake.audit_tables as
select
    pg_class.oid as table_id,
    pg_class.relname as table_name,
    pg_attribute.attname as instant,
    strays.relname as strays,
    (
        select count(*)
        from pg_constraint
        where pg_constraint.conrelid = pg_class.oid and pg_constraint.contype = 'f'
    ) as reference_count
from pg_partitioned_table
inner join pg_class on pg_partitioned_table.partrelid = pg_class.oid
inner join pg_attribute
    on pg_class.oid = pg_attribute.attrelid
    and pg_attribute.attnum = pg_partitioned_table.partattrs[0]
inner join pg_class as strays on pg_partitioned_table.partdefid = strays.oid
where pg_class.relnamespace = 'audit'::regnamespace;
