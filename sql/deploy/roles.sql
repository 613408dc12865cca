-- Deploy kalenderkoppling:roles to pg
-- Who may do what. Roles belong to the whole cluster, so they may be there already.

begin;

do $$
declare
    name text;
begin
    foreach name in array array['kk_owner', 'kk_job', 'kk_reader', 'kk_pbx'] loop
        if not exists (select from pg_roles where rolname = name) then
            -- two databases of one cluster may be deployed at the same time
            begin
                execute format('create role %I nologin', name);
            exception when duplicate_object or unique_violation then
                null;
            end;
        end if;
    end loop;
    if not pg_has_role(current_user, 'kk_owner', 'member') then
        execute format('grant kk_owner to %I', current_user);
    end if;
    execute format('grant create, connect on database %I to kk_owner', current_database());
    execute format(
        'grant connect, temporary on database %I to kk_job, kk_reader, kk_pbx', current_database()
    );
    -- The views are wide and run for milliseconds: compiling them takes many times longer.
    execute format('alter database %I set jit = off', current_database());
end
$$;

comment on role kk_owner is 'Owns and deploys the schemas of Kalenderkoppling.';
comment on role kk_job is 'Runs the scheduled jobs; the only role that reads staging.';
comment on role kk_reader is 'Reads audit and watch; sees no text of any booking.';
comment on role kk_pbx is 'What a telephone system may ask of the switchboard.';

commit;
