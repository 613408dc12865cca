-- watch.audit_sizes: how large the audit is.
--
-- One row per table of audit that is kept by month, and month: what it takes on disk, and what
-- decision 0016 states for so many rows.

create view watch.audit_sizes with (security_barrier) as
select
    audit_months.table_name,
    audit_months.month,
    nullif(pg_class.reltuples, -1)::bigint as row_count,
    pg_total_relation_size(pg_class.oid) as byte_count,
    160000
    + greatest(pg_class.reltuples, 0)::bigint
    * case audit_months.table_name when 'changes' then 2500 else 400 end as stated_byte_count
from intake.audit_months
inner join pg_class on audit_months.month_id = pg_class.oid;
comment on view watch.audit_sizes is
'How large each month of each table of the audit is, and what fell into no month.';
comment on column watch.audit_sizes.month is
'The first day of the month; null is what fell into none that was made.';
comment on column watch.audit_sizes.row_count is
'About how many rows, as PostgreSQL last estimated; null where it has not yet.';
comment on column watch.audit_sizes.byte_count is 'On disk, with indexes.';
comment on column watch.audit_sizes.stated_byte_count is
'What so many rows may take: 2,500 bytes a change, 400 any other row, 160,000 a table.';
