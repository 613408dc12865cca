-- Deploy kalenderkoppling:epochs to pg
-- requires: access
-- Which database wrote a customer's rows: one that was restored knows it by this.

begin;
set local role kk_owner;

create table customer.epochs (
    customer_id bigint not null,
    epoch integer not null,
    cause text not null,
    database_mark text not null,
    first_fence bigint not null,
    began_at timestamptz not null,
    adopted_at timestamptz,

    constraint epochs_pkey primary key (customer_id, epoch),
    constraint epochs_customer_id_fkey foreign key (customer_id) references customer.customers,
    constraint epochs_cause_check check (
        cause in ('first', 'database', 'telephone_side', 'told')
    ),
    constraint epochs_first_has_nothing_to_adopt_check check (
        cause <> 'first' or adopted_at is not null
    )
);
comment on table customer.epochs is
'One row per stretch in which one database wrote a customer''s rows. A new one begins when the '
'database was restored: since then the telephone side may know more than the tables here.';
comment on column customer.epochs.customer_id is 'Whose rows.';
comment on column customer.epochs.epoch is 'Counts from 1; the largest is the current one.';
comment on column customer.epochs.cause is
'How it was found: first (none before), database (another server, timeline or database than '
'before), telephone_side (it had seen newer runs than this database gave out), told (by a person).';
comment on column customer.epochs.database_mark is
'The server''s identifier, its timeline and the database''s number.';
comment on column customer.epochs.first_fence is
'Runs of this epoch have larger numbers: larger also than any that the telephone side has seen.';
comment on column customer.epochs.began_at is 'When it was found.';
comment on column customer.epochs.adopted_at is
'When what stood on the telephone side was taken over as placed; until then nothing is planned.';

grant select, insert on customer.epochs to kk_job;
grant update (adopted_at) on customer.epochs to kk_job;
grant select on customer.epochs to kk_reader;
select customer.secure('customer.epochs');

commit;
