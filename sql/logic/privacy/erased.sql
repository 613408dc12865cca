-- privacy.erased: who was erased and when, by pseudonym.

create view privacy.erased as
select
    erasures.customer_id,
    erasures.pseudonym,
    max(erasures.erased_at) as erased_at
from audit.erasures
group by erasures.customer_id, erasures.pseudonym;
