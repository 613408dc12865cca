-- Revert kalenderkoppling:audit_months from pg

begin;
set local role kk_owner;

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
    constraint runs_pkey primary key (customer_id, run_id)
);
comment on table audit.runs is 'One row per reconciling pass; without an end it was cut off.';

create table audit.changes (
    like audit_before.changes including defaults including constraints including comments,
    constraint changes_pkey primary key (customer_id, user_id, run_id, absence_key),
    constraint changes_run_id_fkey foreign key (customer_id, run_id) references audit.runs
);
comment on table audit.changes is
'One row per planned change, written before it was carried out; the outcome is written once.';
comment on column audit.changes.outcome is
'Null: not yet known. found_done and found_undone were learned by looking, after a cut-off.';
create index changes_open_idx on audit.changes (customer_id, user_id)
where outcome is null and held_because is null;
create index changes_ended_idx on audit.changes (customer_id, ended_at) where is_guarded;

create table audit.loads (
    like audit_before.loads including defaults including constraints including comments,
    constraint loads_pkey primary key (customer_id, load_id)
);
comment on table audit.loads is 'One row per load of one source; without an end it was cut off.';

create table audit.load_failures (
    like audit_before.load_failures including defaults including constraints including comments,
    constraint load_failures_pkey primary key (customer_id, user_id, load_id, calendar_id),
    constraint load_failures_load_id_fkey
    foreign key (customer_id, load_id) references audit.loads
);
comment on table audit.load_failures is
'One row per calendar that failed in a load, with the reason.';

create table audit.read_backs (
    like audit_before.read_backs including defaults including constraints including comments,
    constraint read_backs_pkey primary key (customer_id, read_back_id)
);
comment on table audit.read_backs is 'One row per read-back from the telephone side.';

create table audit.skipped_runs (
    like audit_before.skipped_runs including defaults including constraints including comments,
    constraint skipped_runs_pkey primary key (customer_id, work, skipped_at, skipped_by)
);
comment on table audit.skipped_runs is 'One row per run that left because another held the lock.';

create table audit.drift_checks (
    like audit_before.drift_checks including defaults including constraints including comments,
    constraint drift_checks_pkey primary key (customer_id, checked_at)
);
comment on table audit.drift_checks is
'One row per comparison of what is wanted, what was carried out and what is shown.';

create table audit.drifts (
    like audit_before.drifts including defaults including constraints including comments,
    constraint drifts_pkey primary key (customer_id, user_id, checked_at, drift, entry_key),
    constraint drifts_checked_at_fkey
    foreign key (customer_id, checked_at) references audit.drift_checks
);
comment on table audit.drifts is 'One row per absence that did not agree at a comparison.';

create table audit.group_reads (
    like audit_before.group_reads including defaults including constraints including comments,
    constraint group_reads_pkey primary key (customer_id, group_id, read_at)
);
comment on table audit.group_reads is 'One row per group that was asked for its members.';

create table audit.group_changes (
    like audit_before.group_changes including defaults including constraints including comments,
    constraint group_changes_pkey
    primary key (customer_id, user_id, changed_at, source, group_key, service)
);
comment on table audit.group_changes is
'One row per user who joined or left a group whose members have a service.';

do $$
declare
    kept text;
begin
    foreach kept in array array[
        'runs', 'changes', 'loads', 'load_failures', 'read_backs', 'skipped_runs', 'drift_checks',
        'drifts', 'group_reads', 'group_changes'
    ] loop
        execute format('insert into audit.%1$I select * from audit_before.%1$I', kept);
    end loop;
end
$$;
alter table audit.changes drop column planned_at;
alter table audit.load_failures drop column load_started_at;
drop schema audit_before cascade;
drop schema audit_months;

grant select, insert on all tables in schema audit to kk_job;
grant update (
    ended_at, calendar_count, failed_count, booking_count, added_count, changed_count,
    vanished_count, broken_count, byte_count, request_count, retry_count, wait_count, wait_seconds
) on audit.loads to kk_job;
grant update (
    ended_at, planned_count, done_count, failed_count, held_count, refusal, refused_digest
) on audit.runs to kk_job;
grant update (outcome, ended_at, failure, held_because) on audit.changes to kk_job;
grant update (last_tried_at, ended_at, try_count, failure) on audit.outages to kk_job;
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
grant select (
    customer_id, user_id, run_id, absence_key, action, booking_keys, booking_marks, is_guarded,
    held_because, withdrawn_because, losses, is_approved, outcome, ended_at, failure
) on audit.changes to kk_reader;

commit;
