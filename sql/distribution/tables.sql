-- Spreads the customers over the nodes of a Citus cluster: every table that a customer owns by
-- customer_id, with the rows of a customer on one node, and the few others on all nodes.
--
-- What is distributed already is left as it is. The logic must have been dropped, for views cannot
-- follow their tables. Foreign keys come last, when both sides of each are where they belong. What
-- readers see of single tables is asked of other tables, which Citus allows in no policy: on a
-- cluster they read the views alone.

begin;
set local client_min_messages = warning;
do $$
begin
    -- Tables of all customers are referred to and written in the same transaction.
    perform set_config('citus.multi_shard_modify_mode', 'sequential', true);
    perform set_config('citus.enable_ddl_propagation', 'off', true);
end
$$;

create temporary table undistributed on commit drop as
select
    pg_class.oid::regclass as name,
    pg_attribute.attname = 'customer_id' as is_owned
from pg_class
inner join pg_attribute on pg_class.oid = pg_attribute.attrelid and pg_attribute.attnum = 1
where
    pg_class.relnamespace::regnamespace::text in (
        'customer', 'roster', 'staging', 'calendar', 'telephony', 'audit', 'ledger'
    )
    and pg_class.relkind in ('r', 'p')
    and not pg_class.relispartition
    and not relation_is_a_known_shard(pg_class.oid)
    and not exists (
        select from pg_dist_partition
        where pg_dist_partition.logicalrelid = pg_class.oid
    );

create temporary table references_to_make on commit drop as
select
    pg_constraint.conrelid::regclass as name,
    pg_constraint.conname,
    pg_get_constraintdef(pg_constraint.oid) as definition
from pg_constraint
inner join undistributed on pg_constraint.conrelid = undistributed.name
where pg_constraint.contype = 'f' and pg_constraint.conparentid = 0;

do $$
declare
    each record;
begin
    for each in select name, conname from references_to_make loop
        execute format('alter table %s drop constraint %I', each.name, each.conname);
    end loop;
    for each in
        select undistributed.name, pg_policy.polname
        from undistributed
        inner join pg_policy on undistributed.name = pg_policy.polrelid
        where pg_policy.polname = 'readers_see_their_customers'
    loop
        execute format('drop policy %I on %s', each.polname, each.name);
    end loop;
end
$$;

do $$
declare
    each record;
begin
    perform set_config('citus.enable_ddl_propagation', 'on', true);
    if exists (select from undistributed where name = 'customer.customers'::regclass) then
        perform create_distributed_table(
            'customer.customers', 'customer_id', colocate_with => 'none'
        );
    end if;
    for each in
        select name, is_owned from undistributed
        where name <> 'customer.customers'::regclass
        order by name
    loop
        if each.is_owned then
            perform create_distributed_table(
                each.name, 'customer_id', colocate_with => 'customer.customers'
            );
        else
            perform create_reference_table(each.name);
        end if;
    end loop;
    for each in select name, conname, definition from references_to_make loop
        execute format('alter table %s add constraint %I %s', each.name, each.conname, each.definition);
    end loop;
    -- so that the nodes have it as well
    execute 'create or replace view customer.visible_customers with (security_barrier) as '
    || pg_get_viewdef('customer.visible_customers'::regclass);
end
$$;

commit;
