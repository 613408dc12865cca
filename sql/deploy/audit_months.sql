-- Deploy kalenderkoppling:audit_months to pg
-- requires: audit groups drift exchanges load_engine withdrawal_causes
-- What happened is kept by month, so that old months go whole, and only functions of the owner
-- fill in what is known later: an outcome, an end.

begin;
set local role kk_owner;

create schema audit_months;
comment on schema audit_months is
'The months of the tables in audit, by UTC; made ahead and dropped by the nightly job. Ask audit.';

-- What is there is moved aside and copied back.
create schema audit_before;
do $$
declare
    kept text;
begin
    foreach kept in array array[
        'runs', 'changes', 'loads', 'load_failures', 'read_backs', 'skipped_runs', 'drift_checks',
        'drifts', 'group_reads', 'group_changes'
    ] loop
        execute format('alter table audit.%I set schema audit_before', kept);
    end loop;
end
$$;

create table audit.runs (
    like audit_before.runs including defaults including constraints including comments,
    constraint runs_pkey primary key (customer_id, run_id, started_at)
) partition by range (started_at);
comment on table audit.runs is 'One row per reconciling pass; without an end it was cut off.';

create table audit.changes (
    like audit_before.changes including defaults including constraints including comments,
    planned_at timestamptz not null,
    constraint changes_pkey primary key (customer_id, user_id, run_id, absence_key, planned_at),
    constraint changes_run_id_fkey
    foreign key (customer_id, run_id, planned_at) references audit.runs
) partition by range (planned_at);
comment on table audit.changes is
'One row per planned change, written before it was carried out; the outcome is written once.';
comment on column audit.changes.planned_at is 'When the pass began that planned it.';
comment on column audit.changes.outcome is
'Null: not yet known, or held back. found_done and found_undone were learned by looking, after a '
'cut-off; not_carried_out was never sent, as by a dry run.';
create index changes_open_idx on audit.changes (customer_id, user_id)
where outcome is null and held_because is null;
create index changes_ended_idx on audit.changes (customer_id, ended_at) where is_guarded;
create index changes_run_id_idx on audit.changes (customer_id, run_id);

create table audit.loads (
    like audit_before.loads including defaults including constraints including comments,
    constraint loads_pkey primary key (customer_id, load_id, started_at)
) partition by range (started_at);
comment on table audit.loads is 'One row per load of one source; without an end it was cut off.';

create table audit.load_failures (
    like audit_before.load_failures including defaults including constraints including comments,
    load_started_at timestamptz not null,
    constraint load_failures_pkey
    primary key (customer_id, user_id, load_id, calendar_id, load_started_at),
    constraint load_failures_load_id_fkey
    foreign key (customer_id, load_id, load_started_at) references audit.loads
) partition by range (load_started_at);
comment on table audit.load_failures is
'One row per calendar that failed in a load, with the reason.';
comment on column audit.load_failures.load_started_at is 'When the load began.';

create table audit.read_backs (
    like audit_before.read_backs including defaults including constraints including comments,
    constraint read_backs_pkey primary key (customer_id, read_back_id, read_at)
) partition by range (read_at);
comment on table audit.read_backs is 'One row per read-back from the telephone side.';

create table audit.skipped_runs (
    like audit_before.skipped_runs including defaults including constraints including comments,
    constraint skipped_runs_pkey primary key (customer_id, work, skipped_at, skipped_by)
) partition by range (skipped_at);
comment on table audit.skipped_runs is 'One row per run that left because another held the lock.';

create table audit.drift_checks (
    like audit_before.drift_checks including defaults including constraints including comments,
    constraint drift_checks_pkey primary key (customer_id, checked_at)
) partition by range (checked_at);
comment on table audit.drift_checks is
'One row per comparison of what is wanted, what was carried out and what is shown.';

create table audit.drifts (
    like audit_before.drifts including defaults including constraints including comments,
    constraint drifts_pkey primary key (customer_id, user_id, checked_at, drift, entry_key),
    constraint drifts_checked_at_fkey
    foreign key (customer_id, checked_at) references audit.drift_checks
) partition by range (checked_at);
comment on table audit.drifts is 'One row per absence that did not agree at a comparison.';

create table audit.group_reads (
    like audit_before.group_reads including defaults including constraints including comments,
    constraint group_reads_pkey primary key (customer_id, group_id, read_at)
) partition by range (read_at);
comment on table audit.group_reads is 'One row per group that was asked for its members.';

create table audit.group_changes (
    like audit_before.group_changes including defaults including constraints including comments,
    constraint group_changes_pkey
    primary key (customer_id, user_id, changed_at, source, group_key, service)
) partition by range (changed_at);
comment on table audit.group_changes is
'One row per user who joined or left a group whose members have a service.';

-- What falls into no month that was made stays in the rest, until the nightly job makes it.
do $$
declare
    kept text;
begin
    foreach kept in array array[
        'runs', 'changes', 'loads', 'load_failures', 'read_backs', 'skipped_runs', 'drift_checks',
        'drifts', 'group_reads', 'group_changes'
    ] loop
        execute format(
            'create table audit_months.%I partition of audit.%I default', kept || '_default', kept
        );
        if kept not in ('changes', 'load_failures') then
            execute format('insert into audit.%1$I select * from audit_before.%1$I', kept);
        end if;
    end loop;
    insert into audit.changes
    select changes.*, runs.started_at
    from audit_before.changes
    inner join audit_before.runs
        on changes.customer_id = runs.customer_id and changes.run_id = runs.run_id;
    insert into audit.load_failures
    select load_failures.*, loads.started_at
    from audit_before.load_failures
    inner join audit_before.loads
        on load_failures.customer_id = loads.customer_id and load_failures.load_id = loads.load_id;
end
$$;

-- A dry run has carried nothing out: its changes are no open ones.
update audit.changes
set outcome = 'not_carried_out', ended_at = changes.planned_at
from audit.runs
where
    changes.customer_id = runs.customer_id
    and changes.run_id = runs.run_id
    and changes.planned_at = runs.started_at
    and changes.outcome is null
    and runs.mode = 'dry_run';

drop table audit_before.changes, audit_before.load_failures, audit_before.drifts;
drop table audit_before.runs, audit_before.loads, audit_before.drift_checks;
drop table audit_before.read_backs, audit_before.skipped_runs;
drop table audit_before.group_reads, audit_before.group_changes;
drop schema audit_before;

-- Rows are added. What is filled in later is, by functions of the owner.
grant select, insert on all tables in schema audit to kk_job;
revoke update (last_tried_at, ended_at, try_count, failure) on audit.outages from kk_job;
grant select on
audit.runs,
audit.loads,
audit.load_failures,
audit.read_backs,
audit.skipped_runs,
audit.drift_checks,
audit.drifts,
audit.group_reads,
audit.group_changes to kk_reader;
-- Both sides of a change may hold text of a booking: readers see them without, in watch.changes.
grant select (
    customer_id, user_id, run_id, planned_at, absence_key, action, booking_keys, booking_marks,
    is_guarded, held_because, withdrawn_because, losses, is_approved, outcome, ended_at, failure
) on audit.changes to kk_reader;

commit;
