-- Verify kalenderkoppling:switchboard_boxes on pg

select 1 / count(*)
from pg_constraint
where
    conname = 'absences_calendar_one_at_a_time_excl'
    and pg_get_constraintdef(oid) like '%box(%';
