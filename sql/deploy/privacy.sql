-- Deploy kalenderkoppling:privacy to pg
-- requires: access
-- Who was erased, without saying who it was.

begin;
set local role kk_owner;

create table audit.erasures (
    customer_id bigint not null,
    user_id bigint not null,
    erased_at timestamptz not null,
    pseudonym text not null,
    erased_by text not null,
    row_count bigint not null,

    constraint erasures_pkey primary key (customer_id, user_id, erased_at),
    constraint erasures_customer_id_fkey foreign key (customer_id) references customer.customers
);
comment on table audit.erasures is 'One row per person who was erased.';
comment on column audit.erasures.customer_id is 'Whose user.';
comment on column audit.erasures.user_id is
'The number under which counts of the person stand, for billing; it leads to nobody now.';
comment on column audit.erasures.erased_at is 'When.';
comment on column audit.erasures.pseudonym is
'HMAC-SHA256 of the customer''s and the user''s key: only who has its key can tell who it was.';
comment on column audit.erasures.erased_by is 'Who did it.';
comment on column audit.erasures.row_count is 'Rows that were deleted or emptied.';

select customer.secure('audit.erasures');
grant select on audit.erasures to kk_job, kk_reader;

commit;
