-- Verify kalenderkoppling:audit_months on pg

begin;

select planned_at
from audit.changes
where false;

select load_started_at
from audit.load_failures
where false;

select 'audit_months.group_changes_default'::regclass;

rollback;
