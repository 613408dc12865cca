-- Deploy kalenderkoppling:conservation to pg
-- requires: past
-- requires: calendar
-- requires: audit_months
-- requires: access
-- What became of every booking version that was taken in, and whether any is missing.

begin;
set local role kk_owner;

create table calendar.taken_in (
    customer_id bigint not null,
    user_id bigint not null,
    version_count bigint not null,
    forgotten_count bigint not null default 0,
    constraint taken_in_pkey primary key (customer_id, user_id),
    constraint taken_in_user_id_fkey foreign key (customer_id, user_id) references roster.users,
    constraint taken_in_no_more_forgotten_check check (
        forgotten_count between 0 and version_count
    )
);
comment on table calendar.taken_in is
'How many booking versions were taken in of a user: what must be found again.';
comment on column calendar.taken_in.customer_id is 'Whose user.';
comment on column calendar.taken_in.user_id is 'Whose bookings.';
comment on column calendar.taken_in.version_count is
'Bookings that loads added or changed, since the user joined.';
comment on column calendar.taken_in.forgotten_count is
'How many of them were deleted since, their time being over.';
insert into calendar.taken_in (customer_id, user_id, version_count)
select
    versions.customer_id,
    versions.user_id,
    count(*) as version_count
from (
    select
        customer_id,
        user_id
    from calendar.bookings
    union all
    select
        customer_id,
        user_id
    from calendar.booking_versions
) as versions
group by versions.customer_id, versions.user_id;

alter table calendar.bookings
add column account text,
add column account_because text,
add constraint bookings_account_check check (account in ('applied', 'suppressed', 'failed'));
comment on column calendar.bookings.account is
'What became of it in the end; null while it may still change, see absence.accounts_within.';
comment on column calendar.bookings.account_because is 'Why, as absence.accounts_within says.';
alter table calendar.booking_versions
add column account text,
add column account_because text,
add constraint booking_versions_account_check check (
    account in ('applied', 'suppressed', 'failed')
);
comment on column calendar.booking_versions.account is
'What became of it in the end, where it was not superseded.';
comment on column calendar.booking_versions.account_because is
'Why, as absence.accounts_within says.';

create table audit.forgotten_versions (
    customer_id bigint not null,
    load_id bigint not null,
    forgotten_at timestamptz not null,
    version_count bigint not null,
    constraint forgotten_versions_pkey primary key (customer_id, load_id, forgotten_at)
) partition by range (forgotten_at);
create table audit_months.forgotten_versions_default
partition of audit.forgotten_versions default;
comment on table audit.forgotten_versions is
'How many booking versions of a load were deleted, their time being over or their person erased.';
comment on column audit.forgotten_versions.customer_id is 'Whose load.';
comment on column audit.forgotten_versions.load_id is 'The load that had brought them.';
comment on column audit.forgotten_versions.forgotten_at is 'When they were deleted.';
comment on column audit.forgotten_versions.version_count is 'How many.';

create table audit.balances (
    customer_id bigint not null,
    run_id bigint not null,
    balanced_at timestamptz not null,
    as_of timestamptz not null,
    scope text not null,
    user_count bigint not null,
    taken_in_count bigint not null,
    applied_count bigint not null,
    suppressed_count bigint not null,
    superseded_count bigint not null,
    pending_count bigint not null,
    failed_count bigint not null,
    unaccounted_count bigint not null,
    is_balanced boolean not null,
    constraint balances_pkey primary key (customer_id, run_id, balanced_at),
    constraint balances_is_balanced_check check (
        is_balanced = (
            unaccounted_count = 0
            and taken_in_count
            = applied_count + suppressed_count + superseded_count + pending_count + failed_count
        )
    ),
    constraint balances_scope_check check (scope in ('everybody', 'touched'))
) partition by range (balanced_at);
create table audit_months.balances_default partition of audit.balances default;
comment on table audit.balances is
'One row per run that carried out: every booking version of its users in exactly one account.';
comment on column audit.balances.customer_id is 'Whose run.';
comment on column audit.balances.run_id is 'The run at whose end it was counted.';
comment on column audit.balances.balanced_at is 'When it was counted.';
comment on column audit.balances.as_of is 'The instant for which the run had planned.';
comment on column audit.balances.scope is
'touched: of the users that the run looked at. everybody: of all.';
comment on column audit.balances.user_count is 'Users of whom bookings were ever taken in.';
comment on column audit.balances.taken_in_count is
'Booking versions that loads counted as they took them in (calendar.taken_in).';
comment on column audit.balances.applied_count is
'Those that stand behind an absence that was acknowledged.';
comment on column audit.balances.suppressed_count is
'Those that give nothing, by the rules, the user''s wish, or what the telephone system can say.';
comment on column audit.balances.superseded_count is
'Those that a newer version replaced, or that vanished from the calendar.';
comment on column audit.balances.pending_count is
'Those whose time has not come, or whose user is still to be looked at.';
comment on column audit.balances.failed_count is
'Those that were wanted, and could not be carried out.';
comment on column audit.balances.unaccounted_count is
'Those that are wanted, do not stand, and nobody is going to look at: there must be none.';
comment on column audit.balances.is_balanced is
'Whether all that was taken in is found, and each in an account.';
create index balances_unbalanced_idx on audit.balances (customer_id, balanced_at)
where not is_balanced;

create index placed_versions_ended_idx
on telephony.placed_versions (customer_id, upper(held_during));

grant select, insert, update, delete on calendar.taken_in to kk_job;
grant select, insert on audit.balances, audit.forgotten_versions to kk_job;
grant select on audit.balances, audit.forgotten_versions to kk_reader;
select customer.secure('calendar.taken_in');
select customer.secure('audit.balances');
select customer.secure('audit.forgotten_versions');

commit;
