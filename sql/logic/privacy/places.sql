-- privacy.places: every table of the state as the catalogue has it, with what it is kept for.
--
-- One row per table. `height` is 0 for a table that no other refers to, and above that of every
-- table that refers to it: rows are deleted from the lowest first.

create view privacy.places as
with recursive

tables as (
    select
        pg_class.oid,
        format('%I.%I', pg_namespace.nspname, pg_class.relname) as table_name,
        obj_description(pg_class.oid, 'pg_class') as meaning,
        greatest(pg_class.reltuples, 0)::bigint as row_estimate
    from pg_catalog.pg_class
    inner join pg_catalog.pg_namespace on pg_class.relnamespace = pg_namespace.oid
    where
        pg_namespace.nspname in (
            'customer', 'roster', 'staging', 'calendar', 'telephony', 'audit', 'ledger',
            'switchboard'
        )
        and pg_class.relkind in ('r', 'p')
        and not pg_class.relispartition
),

heights as (
    select
        oid,
        0 as height
    from tables
    union all
    select
        pg_constraint.confrelid as oid,
        heights.height + 1 as height
    from heights
    inner join pg_catalog.pg_constraint on heights.oid = pg_constraint.conrelid
    where
        pg_constraint.contype = 'f' and pg_constraint.confrelid <> pg_constraint.conrelid
        and pg_constraint.conparentid = 0
)

select
    tables.oid,
    tables.table_name,
    tables.meaning,
    tables.row_estimate,
    purposes.purpose,
    purposes.found_by,
    purposes.erasure,
    purposes.emptied,
    (
        select max(heights.height) from heights
        where heights.oid = tables.oid
    ) as height
from tables
left join privacy.purposes on tables.table_name = purposes.table_name;
