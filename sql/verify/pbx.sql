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

select kind from switchboard.call_route('nobody', '00');

rollback;
