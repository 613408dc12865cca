-- Deploy kalenderkoppling:turns to pg
-- requires: access
-- Which customers' turn it was, so that runs side by side share the customers out.

begin;
set local role kk_owner;

create table customer.turns (
    customer_id bigint not null,
    turn text not null,
    fence bigint not null,
    shift text,
    ended_fence bigint,
    ended_shift text,

    constraint turns_pkey primary key (customer_id, turn),
    constraint turns_customer_id_fkey foreign key (customer_id) references customer.customers
);
comment on table customer.turns is
'One row per customer and kind of run that goes from customer to customer: the newest ones.';
comment on column customer.turns.customer_id is 'Whose turn it was.';
comment on column customer.turns.turn is
'What the run does: reconcile everybody, or those touched; load all of a source, or what changed.';
comment on column customer.turns.fence is 'The newest run that began it.';
comment on column customer.turns.shift is
'Which runs it shares the customers out with, as they began together; null where it runs alone.';
comment on column customer.turns.ended_fence is 'The newest run that came to its end.';
comment on column customer.turns.ended_shift is 'The same of that one.';

grant select, insert, update on customer.turns to kk_job;
grant select on customer.turns to kk_reader;
select customer.secure('customer.turns');

commit;
