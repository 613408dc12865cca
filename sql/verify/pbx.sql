-- Verify kalenderkoppling:pbx on pg

begin;

select
    customer_key,
    sip_domain,
    announcement,
    voicemail,
    trunk,
    proxy_mode
from switchboard.settings
where false;

select
    customer_key,
    digit,
    reason
from switchboard.feature_reasons
where false;

select kind from switchboard.call_route('nobody', '00');
select done from switchboard.feature_code('nobody', '00', '#23#');

rollback;
