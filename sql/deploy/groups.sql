-- Deploy kalenderkoppling:groups to pg
-- requires: roster
-- requires: staging
-- requires: audit
-- Groups of a directory whose members have a service (domain S3-6).

begin;
set local role kk_owner;

create table roster.groups (
    customer_id bigint not null,
    group_id integer not null,
    source text not null,
    group_key text not null,
    service text not null,
    is_active boolean not null default true,
    answered_at timestamptz,
    failed_at timestamptz,
    failure text,

    constraint groups_pkey primary key (customer_id, group_id),
    constraint groups_group_key_key unique (customer_id, source, group_key, service),
    constraint groups_customer_id_fkey foreign key (customer_id) references customer.customers,
    constraint groups_service_is_known_check check (service in ('calendar', 'diversion')),
    constraint groups_failure_has_instant_check check ((failure is null) = (failed_at is null))
);
comment on table roster.groups is
'One row per group and service that the customer file names or named: its members have the '
'service, and nobody else.';
comment on column roster.groups.source is 'The name of the source in the customer file.';
comment on column roster.groups.group_key is 'What its directory calls it, in lower case.';
comment on column roster.groups.service is 'As in the column services of a roster.';
comment on column roster.groups.is_active is 'False where the customer file names it no longer.';
comment on column roster.groups.answered_at is
'When it last told its members; null where it never did: nobody gains or loses a service then.';
comment on column roster.groups.failed_at is 'When it failed last, where nothing went right since.';
comment on column roster.groups.failure is 'What went wrong then, and what to do.';

create table roster.group_members (
    customer_id bigint not null,
    group_id integer not null,
    member_key text not null,
    mail_addresses text[] not null,

    constraint group_members_pkey primary key (customer_id, group_id, member_key),
    constraint group_members_group_id_fkey
    foreign key (customer_id, group_id) references roster.groups
);
comment on table roster.group_members is
'One row per member of a group, direct or not, as it last told them.';
comment on column roster.group_members.member_key is 'The directory''s own key.';
comment on column roster.group_members.mail_addresses is 'In lower case.';

create table roster.memberships (
    customer_id bigint not null,
    user_id bigint not null,
    group_id integer not null,
    held_from timestamptz not null,

    constraint memberships_pkey primary key (customer_id, user_id, group_id),
    constraint memberships_user_id_fkey foreign key (customer_id, user_id) references roster.users,
    constraint memberships_group_id_fkey
    foreign key (customer_id, group_id) references roster.groups
);
comment on table roster.memberships is 'One row per active user and group that knows them.';
comment on column roster.memberships.held_from is 'When the user joined.';

create unlogged table staging.group_answers (
    customer_id bigint not null,
    group_id integer not null,
    failure text
);
comment on table staging.group_answers is
'One row per group that was asked; a failure where it did not tell all of its members.';

create unlogged table staging.group_members (
    customer_id bigint not null,
    group_id integer not null,
    member_key text not null,
    mail_addresses text[] not null
);

create table audit.group_reads (
    customer_id bigint not null,
    group_id integer not null,
    read_at timestamptz not null,
    read_by text not null,
    source text not null,
    group_key text not null,
    service text not null,
    member_count integer not null,
    joined_count integer not null,
    left_count integer not null,
    failure text,

    constraint group_reads_pkey primary key (customer_id, group_id, read_at)
);
comment on table audit.group_reads is 'One row per group that was asked for its members.';
comment on column audit.group_reads.customer_id is 'Whose group.';
comment on column audit.group_reads.group_id is 'Which group, as in roster.groups.';
comment on column audit.group_reads.read_at is 'When it was taken in.';
comment on column audit.group_reads.read_by is 'Who did.';
comment on column audit.group_reads.source is 'The name of the source in the customer file.';
comment on column audit.group_reads.group_key is 'What its directory calls it.';
comment on column audit.group_reads.service is 'What its members have.';
comment on column audit.group_reads.member_count is
'Members that count from now on; after a failure those that counted before.';
comment on column audit.group_reads.joined_count is 'Users who joined.';
comment on column audit.group_reads.left_count is 'Users who left.';
comment on column audit.group_reads.failure is
'What went wrong and what to do; null where nothing did. Nobody leaves by a failure.';

create table audit.group_changes (
    customer_id bigint not null,
    user_id bigint not null,
    changed_at timestamptz not null,
    source text not null,
    group_key text not null,
    service text not null,
    change text not null,

    constraint group_changes_pkey
    primary key (customer_id, user_id, changed_at, source, group_key, service),
    constraint group_changes_change_check check (change in ('joined', 'left'))
);
comment on table audit.group_changes is
'One row per user who joined or left a group whose members have a service.';
comment on column audit.group_changes.customer_id is 'Whose user.';
comment on column audit.group_changes.user_id is 'Who joined or left.';
comment on column audit.group_changes.changed_at is 'When that was taken in.';
comment on column audit.group_changes.source is 'The name of the source in the customer file.';
comment on column audit.group_changes.group_key is 'What the directory calls the group.';
comment on column audit.group_changes.service is 'What the members of the group have.';
comment on column audit.group_changes.change is
'joined or left; a user also joins or leaves by the roster, or where the customer file names the '
'group no longer.';

grant select, insert, update on roster.groups to kk_job;
grant select, insert, update, delete on roster.group_members, roster.memberships to kk_job;
grant select, insert, delete on staging.group_answers, staging.group_members to kk_job;
grant select, insert on audit.group_reads, audit.group_changes to kk_job;
grant select on
roster.groups,
roster.group_members,
roster.memberships,
audit.group_reads,
audit.group_changes to kk_reader;

commit;
