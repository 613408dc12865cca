-- Verify kalenderkoppling:feature_codes on pg

begin;

select
    customer_key,
    digit,
    reason
from switchboard.feature_reasons
where false;

select done from switchboard.feature_code('nobody', '00', '#23#');

rollback;
