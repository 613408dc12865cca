-- Verify kalenderkoppling:large_loads on pg

begin;

select 1 / count(*)
from pg_class
where oid = 'calendar.cursors'::regclass and 'fillfactor=50' = any(reloptions);

rollback;
