-- Verify kalenderkoppling:load_engine on pg

begin;

select
    resumes_from,
    request_count,
    retry_count,
    wait_count,
    wait_seconds
from audit.loads
where false;

select
    load_id,
    whole_load_id
from calendar.cursors
where false;

rollback;
