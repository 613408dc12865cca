-- Revert kalenderkoppling:access from pg
-- The roles stay where another database of the cluster still leans on them.

begin;
set local role kk_owner;

do $$
declare
    policy record;
begin
    for policy in
        select
            polname,
            polrelid::regclass as secured
        from pg_policy
        where polname in ('jobs_see_all', 'readers_see_their_customers')
    loop
        execute format('drop policy %I on %s', policy.polname, policy.secured);
        execute format('alter table %s disable row level security', policy.secured);
    end loop;
end
$$;

grant usage on schema switchboard to kk_reader;
grant select (
    customer_key, extension, absence_key, kind, reason, announced_reason, starts_at, ends_at,
    back_at, target, ring_seconds, origin, set_by, rank
) on switchboard.in_force to kk_reader;
grant select on audit.load_failures, audit.drifts to kk_reader;
grant select (
    customer_id, user_id, run_id, absence_key, action, booking_keys, booking_marks, is_guarded,
    held_because, is_approved, outcome, ended_at, failure, losses, withdrawn_because
) on audit.changes to kk_reader;
revoke select (
    customer_id, user_id, user_key, name, extension, time_zone, language, has_calendar,
    has_diversion, is_active, held_from
) on roster.users from kk_helpdesk;
revoke usage on schema roster from kk_helpdesk;
revoke usage on schema customer from kk_finance, kk_helpdesk;

drop function customer.secure;
drop view customer.visible_customers;
drop table customer.readers;

reset role;

do $$
declare
    name text;
begin
    execute format(
        'revoke connect, temporary on database %I from kk_finance, kk_helpdesk', current_database()
    );
    foreach name in array array['kk_helpdesk', 'kk_finance', 'kk_all_customers'] loop
        begin
            execute format('drop role if exists %I', name);
        exception when dependent_objects_still_exist or object_in_use then
            raise notice 'role % is still used elsewhere and stays', name;
        end;
    end loop;
end
$$;

commit;
