-- Gives this node of a Citus cluster what the tables need: roles, extensions and rights.
--
-- Nodes connect to each other as the role that runs a statement, so the owner must be let in:
-- without a password, and by pg_hba.conf from the nodes alone.

do $$
declare
    name text;
begin
    foreach name in array array[
        'kk_owner', 'kk_job', 'kk_reader', 'kk_pbx', 'kk_finance', 'kk_helpdesk',
        'kk_all_customers'
    ] loop
        if not exists (select from pg_roles where rolname = name) then
            execute format('create role %I nologin', name);
        end if;
    end loop;
    execute format('grant create, connect on database %I to kk_owner', current_database());
    execute format(
        'grant connect, temporary on database %I '
        'to kk_job, kk_reader, kk_pbx, kk_finance, kk_helpdesk', current_database()
    );
    execute format('alter database %I set jit = off', current_database());
    -- What a function of a customer calls for the same customer runs on the same node.
    execute format(
        'alter database %I set citus.allow_nested_distributed_execution = on', current_database()
    );
end
$$;
alter role kk_owner login;
grant kk_all_customers to kk_owner, kk_job;
create extension if not exists btree_gin;
create extension if not exists btree_gist;
create extension if not exists fuzzystrmatch;
