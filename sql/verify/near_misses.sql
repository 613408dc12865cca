-- Verify kalenderkoppling:near_misses on pg

begin;

select
    kind,
    near_patterns
from customer.grammars
where false;
select is_doubtful from customer.codes
where false;
select near_miss from calendar.bookings
where false;
select levenshtein_less_equal('sam', 'sem', 1);

rollback;
