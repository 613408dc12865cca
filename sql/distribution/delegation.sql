-- Lets the node that holds a customer carry out what is called for it.

begin;
set local client_min_messages = warning;

select
    count(
        create_distributed_function(
            pg_proc.oid::regprocedure,
            'customer_id',
            colocate_with => 'customer.customers',
            force_delegation => false
        )
    ) as delegated_count
from pg_proc
inner join pg_namespace on pg_proc.pronamespace = pg_namespace.oid
where
    pg_namespace.nspname in ('intake', 'absence', 'privacy', 'billing')
    and pg_proc.proargnames[1] = 'customer_id'
    and pg_proc.proargtypes[0] = 'bigint'::regtype;

commit;
