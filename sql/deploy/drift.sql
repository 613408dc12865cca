-- Deploy kalenderkoppling:drift to pg
-- requires: exchanges
-- Where what is wanted, what was carried out and what is shown do not agree.

begin;
set local role kk_owner;

create table audit.drift_checks (
    customer_id bigint not null,
    checked_at timestamptz not null,
    read_at timestamptz,
    wanted_count bigint not null,
    placed_count bigint not null,
    shown_count bigint not null,
    drift_count bigint not null,

    constraint drift_checks_pkey primary key (customer_id, checked_at)
);
comment on table audit.drift_checks is
'One row per comparison of what is wanted, what was carried out and what is shown.';
comment on column audit.drift_checks.customer_id is 'Whose telephone system.';
comment on column audit.drift_checks.checked_at is 'When it was compared.';
comment on column audit.drift_checks.read_at is
'When the telephone side was last read whole; null where it never was, or cannot be read.';
comment on column audit.drift_checks.wanted_count is 'Absences that are wanted.';
comment on column audit.drift_checks.placed_count is 'Absences of ours that were acknowledged.';
comment on column audit.drift_checks.shown_count is 'Absences of ours that were shown.';
comment on column audit.drift_checks.drift_count is 'Absences that do not agree.';

create table audit.drifts (
    customer_id bigint not null,
    user_id bigint not null,
    checked_at timestamptz not null,
    drift text not null,
    entry_key text not null,
    extension text not null,
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    kind customer.kind not null,
    reason text not null,

    constraint drifts_pkey primary key (customer_id, user_id, checked_at, drift, entry_key),
    constraint drifts_checked_at_fkey
    foreign key (customer_id, checked_at) references audit.drift_checks,
    constraint drifts_drift_check check (
        drift in ('not_carried_out', 'never_shown', 'missing', 'changed', 'stray', 'overlapping')
    )
);
comment on table audit.drifts is 'One row per absence that did not agree at a comparison.';
comment on column audit.drifts.customer_id is 'Whose.';
comment on column audit.drifts.user_id is 'Whose telephone.';
comment on column audit.drifts.checked_at is 'The comparison, as in audit.drift_checks.';
comment on column audit.drifts.drift is
'not_carried_out: wanted, and not acknowledged, or the other way round. never_shown: acknowledged '
'and never seen: the telephone system says done and does nothing. missing: seen once and gone, '
'and no person''s doing as far as is known. changed: shown otherwise than placed. stray: ours, '
'and not known to us. overlapping: two of ours at one instant.';
comment on column audit.drifts.entry_key is
'The absence''s key; for what was never placed the start that it is wanted from.';
comment on column audit.drifts.extension is 'Where it stands, or should.';
comment on column audit.drifts.starts_at is 'When it begins.';
comment on column audit.drifts.ends_at is 'When it ends.';
comment on column audit.drifts.kind is 'What it does to calls.';
comment on column audit.drifts.reason is 'Why.';

grant select, insert on audit.drift_checks, audit.drifts to kk_job;
grant select on audit.drift_checks, audit.drifts to kk_reader;

commit;
