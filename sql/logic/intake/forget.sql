-- intake.forget: removes a customer's audit and versions that are older than the customer keeps
-- them.
--
-- What is not over is kept, however old: a change that left what stands still, or whose outcome is
-- not known, with its pass, and an outage under way.

create function intake.forget(customer_id bigint, at timestamptz)
returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
    -- An instant ahead, as a wrong clock may tell, forgets nothing more.
    as_of timestamptz := least(forget.at, clock_timestamp());
    audit_start timestamptz;
    version_start timestamptz;
begin
    select
        as_of - make_interval(months => max(months) filter (where purpose = 'audit')),
        as_of - make_interval(months => max(months) filter (where purpose = 'versions'))
    into audit_start, version_start
    from intake.retentions
    where retentions.customer_id = forget.customer_id;

    delete from audit.changes
    where changes.customer_id = forget.customer_id
        and changes.planned_at < audit_start
        and (changes.outcome is not null or changes.held_because is not null)
        and not exists (
            select from telephony.placed
            where placed.customer_id = changes.customer_id
                and placed.user_id = changes.user_id
                and placed.absence_key = changes.absence_key
        );
    delete from audit.runs
    where runs.customer_id = forget.customer_id
        and runs.started_at < audit_start
        and not exists (
            select from audit.changes
            where changes.customer_id = runs.customer_id
                and changes.run_id = runs.run_id
                and changes.planned_at = runs.started_at
        );
    delete from audit.load_failures
    where load_failures.customer_id = forget.customer_id and load_started_at < audit_start;
    delete from audit.loads
    where loads.customer_id = forget.customer_id and started_at < audit_start;
    delete from audit.read_backs
    where read_backs.customer_id = forget.customer_id and read_at < audit_start;
    delete from audit.drifts
    where drifts.customer_id = forget.customer_id and checked_at < audit_start;
    delete from audit.drift_checks
    where drift_checks.customer_id = forget.customer_id and checked_at < audit_start;
    delete from audit.skipped_runs
    where skipped_runs.customer_id = forget.customer_id and skipped_at < audit_start;
    delete from audit.group_reads
    where group_reads.customer_id = forget.customer_id and read_at < audit_start;
    delete from audit.group_changes
    where group_changes.customer_id = forget.customer_id and changed_at < audit_start;
    delete from audit.rosters
    where rosters.customer_id = forget.customer_id and imported_at < audit_start;
    delete from audit.approvals
    where approvals.customer_id = forget.customer_id and expires_at < audit_start;
    delete from audit.refusals
    where refusals.customer_id = forget.customer_id and refused_at < audit_start;
    delete from audit.outages
    where outages.customer_id = forget.customer_id and ended_at < audit_start;

    delete from audit.balances
    where balances.customer_id = forget.customer_id and balanced_at < audit_start;
    delete from audit.forgotten_versions
    where forgotten_versions.customer_id = forget.customer_id and forgotten_at < audit_start;
    delete from audit.erasures
    where erasures.customer_id = forget.customer_id and erased_at < audit_start;

    perform intake.forget_versions(forget.customer_id, version_start, '{}', forget.at);
    delete from telephony.placed_versions
    where placed_versions.customer_id = forget.customer_id and upper(held_during) < version_start;
    delete from telephony.shown_versions
    where shown_versions.customer_id = forget.customer_id and upper(held_during) < version_start;
    delete from roster.calendar_versions
    where calendar_versions.customer_id = forget.customer_id
        and upper(held_during) < version_start;
    delete from roster.user_versions
    where user_versions.customer_id = forget.customer_id and upper(held_during) < version_start;
    delete from roster.preference_versions
    where preference_versions.customer_id = forget.customer_id
        and upper(held_during) < version_start;
    delete from customer.customer_versions
    where customer_versions.customer_id = forget.customer_id
        and upper(held_during) < version_start;
end
$$;
