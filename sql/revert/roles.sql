-- Revert kalenderkoppling:roles from pg
-- The roles stay where another database of the cluster still leans on them.

begin;

do $$
declare
    name text;
begin
    execute format('alter database %I reset jit', current_database());
    execute format('revoke create, connect on database %I from kk_owner', current_database());
    execute format(
        'revoke connect, temporary on database %I from kk_job, kk_reader, kk_pbx',
        current_database()
    );
    foreach name in array array['kk_pbx', 'kk_reader', 'kk_job', 'kk_owner'] loop
        begin
            execute format('drop role if exists %I', name);
        exception when dependent_objects_still_exist or object_in_use then
            raise notice 'role % is still used elsewhere and stays', name;
        end;
    end loop;
end
$$;

commit;
