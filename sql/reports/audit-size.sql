-- How large the audit is, by month and table, and by row.
--
--   psql --no-psqlrc --file sql/reports/audit-size.sql

\ir defaults.psql

select
    month,
    table_name,
    row_count as rows,
    pg_size_pretty(byte_count) as size,
    byte_count / nullif(row_count, 0) as bytes_per_row,
    byte_count <= stated_byte_count as is_as_stated
from watch.audit_sizes
order by month asc, byte_count desc;
