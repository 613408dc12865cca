-- Deploy kalenderkoppling:audit to pg
-- requires: customer
-- What happened: loads, read-backs, runs and changes. Rows are added, and outcomes once.

begin;
set local role kk_owner;

create schema audit;
comment on schema audit is 'What was loaded, planned and done, in the words of the domain.';

create type audit.action as enum ('create', 'update', 'withdraw');
create type audit.outcome as enum (
    'done', 'unchanged', 'failed', 'conflict', 'found_done', 'found_undone', 'not_carried_out'
);

create table audit.loads (
    customer_id bigint not null,
    load_id bigint not null,
    source text not null,
    is_full boolean not null,
    window_start timestamptz not null,
    window_end timestamptz not null,
    started_at timestamptz not null,
    ended_at timestamptz,
    calendar_count integer not null default 0,
    failed_count integer not null default 0,
    booking_count bigint not null default 0,
    added_count bigint not null default 0,
    changed_count bigint not null default 0,
    vanished_count bigint not null default 0,
    broken_count bigint not null default 0,
    byte_count bigint not null default 0,

    constraint loads_pkey primary key (customer_id, load_id)
);
comment on table audit.loads is 'One row per load of one source; without an end it was cut off.';
comment on column audit.loads.customer_id is 'Whose load.';
comment on column audit.loads.load_id is 'The fencing number of the load.';
comment on column audit.loads.source is 'The name of the source in the customer file.';
comment on column audit.loads.is_full is 'Whether everything was asked for, or only what changed.';
comment on column audit.loads.window_start is 'Where the window that was asked for begins.';
comment on column audit.loads.window_end is 'Where it ends.';
comment on column audit.loads.started_at is 'When it began.';
comment on column audit.loads.ended_at is
'When it was over; null where it was cut off, or still runs.';
comment on column audit.loads.calendar_count is 'Calendars that were asked.';
comment on column audit.loads.failed_count is 'Calendars that did not answer, or not whole.';
comment on column audit.loads.booking_count is 'Bookings that came.';
comment on column audit.loads.added_count is 'Bookings that were not known before.';
comment on column audit.loads.changed_count is 'Bookings that had changed.';
comment on column audit.loads.vanished_count is 'Bookings that were there before and are no more.';
comment on column audit.loads.broken_count is
'Bookings and files that could not be read; see watch.quarantine.';
comment on column audit.loads.byte_count is 'Bytes that the source sent.';

create table audit.load_failures (
    customer_id bigint not null,
    load_id bigint not null,
    user_id bigint not null,
    calendar_id integer not null,
    failure text not null,
    failed_at timestamptz not null,

    constraint load_failures_pkey primary key (customer_id, user_id, load_id, calendar_id),
    constraint load_failures_load_id_fkey foreign key (customer_id, load_id) references audit.loads
);
comment on table audit.load_failures is
'One row per calendar that failed in a load, with the reason.';
comment on column audit.load_failures.customer_id is 'Whose load.';
comment on column audit.load_failures.load_id is 'The load, as in audit.loads.';
comment on column audit.load_failures.user_id is 'Whose calendar.';
comment on column audit.load_failures.calendar_id is
'Which of the user''s calendars, as in roster.calendars.';
comment on column audit.load_failures.failure is
'What went wrong and what to do; quotes nothing of a booking.';
comment on column audit.load_failures.failed_at is 'When it failed.';

create table audit.read_backs (
    customer_id bigint not null,
    read_back_id bigint not null,
    read_at timestamptz not null,
    is_whole boolean not null,
    user_count integer,
    entry_count bigint not null,
    failure text,

    constraint read_backs_pkey primary key (customer_id, read_back_id)
);
comment on table audit.read_backs is 'One row per read-back from the telephone side.';
comment on column audit.read_backs.customer_id is 'Whose absences were read.';
comment on column audit.read_backs.read_back_id is 'The fencing number of the read-back.';
comment on column audit.read_backs.read_at is 'When the telephone side was asked.';
comment on column audit.read_backs.is_whole is
'Only a whole one can tell that something is missing.';
comment on column audit.read_backs.user_count is 'Users that it covered.';
comment on column audit.read_backs.entry_count is 'Absences that it showed, whoever made them.';
comment on column audit.read_backs.failure is 'What went wrong; null where nothing did.';

create table audit.runs (
    customer_id bigint not null,
    run_id bigint not null,
    mode text not null,
    scope text not null,
    as_of timestamptz not null,
    started_at timestamptz not null,
    ended_at timestamptz,
    touched_count bigint not null,
    planned_count bigint not null default 0,
    done_count bigint not null default 0,
    failed_count bigint not null default 0,
    held_count bigint not null default 0,
    refusal text,
    refused_digest text,

    constraint runs_pkey primary key (customer_id, run_id),
    constraint runs_mode_check check (mode in ('dry_run', 'apply', 'withdraw')),
    constraint runs_scope_check check (scope in ('everybody', 'touched')),
    constraint runs_refusal_has_digest_check check ((refusal is null) = (refused_digest is null))
);
comment on table audit.runs is 'One row per reconciling pass; without an end it was cut off.';
comment on column audit.runs.customer_id is 'Whose pass.';
comment on column audit.runs.run_id is 'The fencing number of the pass.';
comment on column audit.runs.mode is
'dry_run only plans, apply carries out, withdraw removes all that is ours.';
comment on column audit.runs.scope is
'Everybody, or the users that were touched since they last converged.';
comment on column audit.runs.as_of is 'The instant that the pass took for now.';
comment on column audit.runs.started_at is 'When it began.';
comment on column audit.runs.ended_at is
'When it was over; null where it was cut off, or still runs.';
comment on column audit.runs.touched_count is 'Users that it looked at.';
comment on column audit.runs.planned_count is 'Changes that it planned.';
comment on column audit.runs.done_count is 'Changes that the telephone side acknowledged.';
comment on column audit.runs.failed_count is 'Changes that it did not.';
comment on column audit.runs.held_count is
'Changes that were held back, by the limits or for a hand edit.';
comment on column audit.runs.refusal is 'Why the limits held back some users, in figures.';
comment on column audit.runs.refused_digest is 'What --approve must name to let them through.';

create table audit.changes (
    customer_id bigint not null,
    user_id bigint not null,
    run_id bigint not null,
    absence_key uuid not null,
    action audit.action not null,
    before jsonb,
    after jsonb,
    booking_keys text[] not null,
    booking_marks text[] not null,
    is_guarded boolean not null,
    held_because text,
    is_approved boolean not null default false,
    outcome audit.outcome,
    ended_at timestamptz,
    failure text,

    constraint changes_pkey primary key (customer_id, user_id, run_id, absence_key),
    constraint changes_run_id_fkey foreign key (customer_id, run_id) references audit.runs,
    constraint changes_outcome_has_end_check check ((outcome is null) = (ended_at is null)),
    constraint changes_sides_match_action_check check (
        (before is not null) = (action in ('update', 'withdraw'))
        and (after is not null) = (action in ('create', 'update'))
    ),
    constraint changes_held_back_is_not_done_check check (
        held_because is null or outcome is null or outcome = 'not_carried_out'
    )
);
comment on table audit.changes is
'One row per planned change, written before it was carried out; the outcome is written once.';
comment on column audit.changes.customer_id is 'Whose change.';
comment on column audit.changes.user_id is 'Whose telephone.';
comment on column audit.changes.run_id is 'The pass that planned it, as in audit.runs.';
comment on column audit.changes.absence_key is 'The absence, by the key that it keeps for life.';
comment on column audit.changes.action is 'What was to be done to it.';
comment on column audit.changes.before is 'What was placed; null where nothing was.';
comment on column audit.changes.after is 'What was to stand; null for a withdrawal.';
comment on column audit.changes.booking_keys is 'The bookings behind it, the deciding one first.';
comment on column audit.changes.booking_marks is 'Their versions.';
comment on column audit.changes.is_guarded is
'Takes something from callers or attendants: a withdrawal, a shortening or a weakening.';
comment on column audit.changes.held_because is 'Why it was held back: the limits, or a hand edit.';
comment on column audit.changes.is_approved is 'Whether a person let it through the limits.';
comment on column audit.changes.outcome is
'Null: not yet known. found_done and found_undone were learned by looking, after a cut-off.';
comment on column audit.changes.ended_at is 'When the outcome was written down.';
comment on column audit.changes.failure is
'What the telephone side said; null where it did not refuse.';
create index changes_open_idx on audit.changes (customer_id, user_id)
where outcome is null and held_because is null;
create index changes_ended_idx on audit.changes (customer_id, ended_at) where is_guarded;

create table audit.approvals (
    customer_id bigint not null,
    digest text not null,
    changes text[] not null,
    approved_by text not null,
    approved_at timestamptz not null,
    expires_at timestamptz not null,

    constraint approvals_pkey primary key (customer_id, digest, approved_at)
);
comment on table audit.approvals is
'One row per approval: the guarded changes that a person let through, until when.';
comment on column audit.approvals.customer_id is 'Whose changes.';
comment on column audit.approvals.digest is
'What the person named: the digest of the guarded changes, sorted.';
comment on column audit.approvals.changes is
'The guarded changes that it covers, each by its fingerprint.';
comment on column audit.approvals.approved_by is 'Who let them through.';
comment on column audit.approvals.approved_at is 'When.';
comment on column audit.approvals.expires_at is 'Until when it counts.';

create table audit.refusals (
    customer_id bigint not null,
    digest text not null,
    changes text[] not null,
    refused_at timestamptz not null,

    constraint refusals_pkey primary key (customer_id, digest, refused_at)
);
comment on table audit.refusals is
'One row per set of changes that the limits refused: what an approval can name.';
comment on column audit.refusals.customer_id is 'The customer.';
comment on column audit.refusals.digest is
'SHA-256 of the changes, one a line: what --approve names.';
comment on column audit.refusals.changes is
'The refused changes, sorted, as an approval holds them.';
comment on column audit.refusals.refused_at is 'When a run refused them.';

create table audit.skipped_runs (
    customer_id bigint not null,
    work text not null,
    skipped_at timestamptz not null,
    skipped_by text not null,

    constraint skipped_runs_pkey primary key (customer_id, work, skipped_at, skipped_by)
);
comment on table audit.skipped_runs is 'One row per run that left because another held the lock.';
comment on column audit.skipped_runs.customer_id is 'Whose run.';
comment on column audit.skipped_runs.work is 'Which work was held: reconcile, or a source to load.';
comment on column audit.skipped_runs.skipped_at is 'When the run left.';
comment on column audit.skipped_runs.skipped_by is 'Which host and process left.';

create table audit.rosters (
    customer_id bigint not null,
    imported_at timestamptz not null,
    imported_by text not null,
    user_count integer not null,
    added_count integer not null,
    changed_count integer not null,
    left_count integer not null,

    constraint rosters_pkey primary key (customer_id, imported_at)
);
comment on table audit.rosters is 'One row per roster import.';
comment on column audit.rosters.customer_id is 'Whose roster.';
comment on column audit.rosters.imported_at is 'When it was taken in.';
comment on column audit.rosters.imported_by is 'Who did.';
comment on column audit.rosters.user_count is 'Users in it.';
comment on column audit.rosters.added_count is 'Users who were new.';
comment on column audit.rosters.changed_count is 'Users who changed or came back.';
comment on column audit.rosters.left_count is 'Users who are in it no longer.';

grant usage on schema audit to kk_job, kk_reader;
grant select, insert on all tables in schema audit to kk_job;
grant update (
    ended_at, calendar_count, failed_count, booking_count, added_count, changed_count,
    vanished_count, broken_count, byte_count
) on audit.loads to kk_job;
grant update (
    ended_at, planned_count, done_count, failed_count, held_count, refusal, refused_digest
) on audit.runs to kk_job;
grant update (outcome, ended_at, failure, held_because) on audit.changes to kk_job;
grant select on
audit.loads,
audit.load_failures,
audit.read_backs,
audit.runs,
audit.approvals,
audit.refusals,
audit.skipped_runs,
audit.rosters to kk_reader;
-- Both sides of a change may hold text of a booking: readers see them without, in watch.changes.
grant select (
    customer_id, user_id, run_id, absence_key, action, booking_keys, booking_marks, is_guarded,
    held_because, is_approved, outcome, ended_at, failure
) on audit.changes to kk_reader;

commit;
