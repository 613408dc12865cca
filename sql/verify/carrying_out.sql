-- Verify kalenderkoppling:carrying_out on pg

select 1 / count(*)
from pg_constraint
where
    conname = 'placed_one_at_a_time_excl'
    and pg_get_constraintdef(oid) like '%box(%';
