-- Verify kalenderkoppling:histories on pg

begin;

select
    customer_id,
    held_during,
    settings,
    applied_by
from customer.customer_versions
where false;

select
    customer_id,
    purpose,
    months
from customer.retentions
where false;

select
    mail_addresses,
    changed_by
from roster.user_versions
where false;

select applied_by
from roster.preference_versions
where false;

select 'audit.changes_extension_idx'::regclass;

rollback;
