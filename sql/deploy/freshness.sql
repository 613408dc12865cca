-- Deploy kalenderkoppling:freshness to pg
-- requires: telephony
-- requires: audit_months
-- requires: access
-- When everything was last seen to be right: users, passes, hosts, and what each change answers.

begin;
set local role kk_owner;

create table telephony.verified (
    customer_id bigint not null,
    user_id bigint not null,
    verified_at timestamptz not null,
    run_id bigint not null,

    constraint verified_pkey primary key (customer_id, user_id),
    constraint verified_user_id_fkey foreign key (customer_id, user_id) references roster.users
) with (fillfactor = 50); -- every night writes each row anew, in its place
comment on table telephony.verified is
'One row per user whom a pass compared and left with nothing to do: when last, whether or not '
'anything changed.';
comment on column telephony.verified.customer_id is 'Whose user.';
comment on column telephony.verified.user_id is 'Whose telephone.';
comment on column telephony.verified.verified_at is
'The instant that the pass took for now: what is wanted then is what was acknowledged.';
comment on column telephony.verified.run_id is 'The pass, as in audit.runs.';

create table customer.passes (
    customer_id bigint not null,
    scope text not null,
    ended_at timestamptz not null,
    pass_count bigint not null,

    constraint passes_pkey primary key (customer_id, scope),
    constraint passes_customer_id_fkey foreign key (customer_id) references customer.customers,
    constraint passes_scope_check check (scope in ('everybody', 'touched'))
);
comment on table customer.passes is
'One row per customer and scope of pass: when one last came to its end, also with nothing to do.';
comment on column customer.passes.customer_id is 'Whose pass.';
comment on column customer.passes.scope is 'Whom it looked at, as in audit.runs.';
comment on column customer.passes.ended_at is 'When the last one came to its end.';
comment on column customer.passes.pass_count is 'How many have.';

create table customer.outcome_counts (
    customer_id bigint not null,
    outcome text not null,
    change_count bigint not null,

    constraint outcome_counts_pkey primary key (customer_id, outcome),
    constraint outcome_counts_customer_id_fkey
    foreign key (customer_id) references customer.customers
);
comment on table customer.outcome_counts is
'One row per customer and outcome: how many changes ended so in passes that came to their end. '
'It only ever grows, whatever is forgotten of the audit.';
comment on column customer.outcome_counts.customer_id is 'Whose changes.';
comment on column customer.outcome_counts.outcome is
'done, unchanged, conflict, failed or unknown, as the telephone side told it.';
comment on column customer.outcome_counts.change_count is 'How many.';

create table customer.hosts (
    customer_id bigint not null,
    host text not null,
    seen_at timestamptz not null,
    clock_ahead interval not null,

    constraint hosts_pkey primary key (customer_id, host),
    constraint hosts_customer_id_fkey foreign key (customer_id) references customer.customers
);
comment on table customer.hosts is 'One row per host that works for a customer.';
comment on column customer.hosts.customer_id is 'For whom it works.';
comment on column customer.hosts.host is 'Its name, as it tells it.';
comment on column customer.hosts.seen_at is 'When it last took work.';
comment on column customer.hosts.clock_ahead is
'How far its clock was ahead of the database''s then; less than nothing where it was behind.';

alter table audit.changes add column caused_at timestamptz;
comment on column audit.changes.caused_at is
'When what it answers was first known: when the load took the booking in, the rules were applied, '
'or the instant came. Null where nothing had marked the user, and before this was written down.';

grant select, insert, update, delete on telephony.verified to kk_job;
grant select, insert, update on customer.passes, customer.outcome_counts, customer.hosts to kk_job;
grant select on
telephony.verified,
customer.passes,
customer.outcome_counts,
customer.hosts to kk_reader;
select customer.secure('telephony.verified');
select customer.secure('customer.passes');
select customer.secure('customer.outcome_counts');
select customer.secure('customer.hosts');

commit;
