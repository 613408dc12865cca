-- Verify kalenderkoppling:groups on pg

begin;

select
    customer_id,
    group_id,
    source,
    group_key,
    service,
    is_active,
    answered_at,
    failed_at,
    failure
from roster.groups
where false;

select
    customer_id,
    group_id,
    member_key,
    mail_addresses
from roster.group_members
where false;

select
    customer_id,
    user_id,
    group_id,
    held_from
from roster.memberships
where false;

select
    customer_id,
    group_id,
    failure
from staging.group_answers
where false;

select
    customer_id,
    group_id,
    member_key,
    mail_addresses
from staging.group_members
where false;

select
    customer_id,
    group_id,
    read_at,
    read_by,
    source,
    group_key,
    service,
    member_count,
    joined_count,
    left_count,
    failure
from audit.group_reads
where false;

select
    customer_id,
    user_id,
    changed_at,
    source,
    group_key,
    service,
    change
from audit.group_changes
where false;

rollback;
