-- Verify kalenderkoppling:withdrawal_causes on pg

begin;

select withdrawn_because from audit.changes
where false;

rollback;
