-- Verify kalenderkoppling:roles on pg

select 1 / (count(*) = 4)::integer
from pg_roles
where rolname in ('kk_owner', 'kk_job', 'kk_reader', 'kk_pbx');
