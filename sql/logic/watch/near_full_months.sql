-- watch.near_full_months: tables kept by month that have no month for the time in two weeks, or
-- rows that no month took, though there has been a night to make them.
--
-- One row per table. The nightly prune makes months ahead, so it has not run, or not as it should.

create view watch.near_full_months with (security_barrier) as
select
    months.table_name,
    months.ends_at,
    months.has_strays
from (
    select
        'audit.' || audit_tables.table_name as table_name,
        max(
            substring(
                pg_get_expr(parts.relpartbound, parts.oid) from $$ TO \('([^']+)'\)$$
            )::timestamptz
        ) as ends_at,
        -- As the server counts: readers may not look into a part themselves.
        bool_or(
            parts.relname = audit_tables.strays and pg_stat_get_live_tuples(parts.oid) > 0
        ) as has_strays
    from intake.audit_tables
    cross join lateral pg_partition_tree(audit_tables.table_id) as tree
    inner join pg_class as parts on tree.relid = parts.oid and tree.isleaf
    group by audit_tables.table_name
) as months
where
    (
        months.has_strays
        or months.ends_at is null
        or months.ends_at < watch.as_of() + interval '14 days'
    )
    and exists (
        select from customer.visible_customers as customers
        where customers.created_at < watch.as_of() - interval '26 hours'
    );
comment on view watch.near_full_months is
'Tables kept by month that have too few months ahead, or rows that no month took.';
comment on column watch.near_full_months.ends_at is
'Where the last month ends; null where there is none.';
comment on column watch.near_full_months.has_strays is
'Whether rows stand in the part for what belongs to no month.';
