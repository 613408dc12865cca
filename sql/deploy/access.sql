-- Deploy kalenderkoppling:access to pg
-- requires: roles
-- requires: groups
-- requires: exchanges
-- requires: drift
-- requires: presence
-- requires: audit_months
-- Who sees which customer: row security, and roles for the help desk and for finance.

begin;

do $$
declare
    name text;
begin
    foreach name in array array['kk_finance', 'kk_helpdesk', 'kk_all_customers'] loop
        if not exists (select from pg_roles where rolname = name) then
            -- two databases of one cluster may be deployed at the same time
            begin
                execute format('create role %I nologin', name);
            exception when duplicate_object or unique_violation then
                null;
            end;
        end if;
    end loop;
    foreach name in array array['kk_owner', 'kk_job'] loop
        if not pg_has_role(name, 'kk_all_customers', 'member') then
            begin
                execute format('grant kk_all_customers to %I', name);
            exception when unique_violation or internal_error then
                null;
            end;
        end if;
    end loop;
    execute format(
        'grant connect, temporary on database %I to kk_finance, kk_helpdesk', current_database()
    );
end
$$;

comment on role kk_finance is 'Reads what is billed and what proves it; sees no name.';
comment on role kk_helpdesk is
'Reads why a telephone was as it was; sees no text of any booking and no sick leave.';
comment on role kk_all_customers is
'Sees every customer, in what its other roles let it see; others see those of customer.readers.';

set local role kk_owner;

create table customer.readers (
    customer_id bigint not null,
    role_name text not null,

    constraint readers_pkey primary key (customer_id, role_name),
    constraint readers_customer_id_fkey foreign key (customer_id) references customer.customers
);
comment on table customer.readers is
'One row per customer and role that may see it; members of the role may as well.';
comment on column customer.readers.customer_id is 'Which customer is seen.';
comment on column customer.readers.role_name is
'By whom: a login role or a group of them, as pg_roles names it.';

-- What row security asks, and what every view of watch and billing reads customers from: these
-- views run with the rights of their owner, whom no row is hidden from.
create view customer.visible_customers with (security_barrier) as
select
    customers.customer_id,
    customers.customer_key,
    customers.name,
    customers.time_zone,
    customers.language,
    customers.is_active,
    customers.calendars,
    customers.exchange,
    customers.presence,
    customers.contract,
    customers.horizon_at,
    customers.created_at
from customer.customers
where
    pg_has_role('kk_all_customers', 'usage')
    or customers.customer_id = any(
        array(
            select readers.customer_id
            from customer.readers
            inner join pg_catalog.pg_roles on readers.role_name = pg_roles.rolname
            where pg_has_role(pg_roles.oid, 'usage')
        )
    );
comment on view customer.visible_customers is
'The customers that the role which asks may see: nobody''s unless customer.readers says so.';

create function customer.secure(secured regclass) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    execute format('alter table %s enable row level security', secured);
    execute format('drop policy if exists jobs_see_all on %s', secured);
    execute format(
        'create policy jobs_see_all on %s to kk_job using (true) with check (true)', secured
    );
    execute format('drop policy if exists readers_see_their_customers on %s', secured);
    execute format(
        'create policy readers_see_their_customers on %s for select '
        'to kk_reader, kk_finance, kk_helpdesk using (customer_id = any (array('
        'select visible_customers.customer_id from customer.visible_customers)))',
        secured
    );
end
$$;
comment on function customer.secure is
'Puts a customer-owned table under row security: jobs see all of it, readers their customers'', '
'anybody else nothing. May be called again.';
revoke execute on function customer.secure from public;

grant usage on schema customer to kk_finance, kk_helpdesk;
grant select (customer_id) on customer.visible_customers to kk_finance, kk_helpdesk;
grant select on customer.visible_customers to kk_reader, kk_job;
grant select on customer.readers to kk_job;

-- The help desk finds a person by name or number, and reads the rest in watch.
grant usage on schema roster to kk_helpdesk;
grant select (
    customer_id, user_id, user_key, name, extension, time_zone, language, has_calendar,
    has_diversion, is_active, held_from
) on roster.users to kk_helpdesk;

-- Jobs fill these by COPY, which row security forbids, or they tell reasons: watch has them.
revoke select on audit.changes, audit.load_failures, audit.drifts from kk_reader;
do $$
declare
    columns text;
begin
    select string_agg(quote_ident(attname), ', ') into columns
    from pg_attribute
    where attrelid = 'audit.changes'::regclass and attnum > 0 and not attisdropped;
    execute format('revoke select (%s) on audit.changes from kk_reader', columns);
end
$$;
-- Extensions of every customer stand here, and no role can be held against their keys.
revoke all on switchboard.in_force from kk_reader;
revoke usage on schema switchboard from kk_reader;

do $$
declare
    secured regclass;
begin
    for secured in
        select pg_class.oid::regclass
        from pg_class
        inner join pg_namespace on pg_class.relnamespace = pg_namespace.oid
        inner join pg_attribute on pg_class.oid = pg_attribute.attrelid
        where pg_namespace.nspname in ('customer', 'roster', 'calendar', 'telephony', 'audit')
            and pg_class.relkind in ('r', 'p')
            and not pg_class.relispartition
            and pg_attribute.attname = 'customer_id'
            and pg_class.oid not in (
                'audit.changes'::regclass, 'audit.load_failures'::regclass
            )
        order by pg_class.oid
    loop
        perform customer.secure(secured);
    end loop;
end
$$;

commit;
