-- absence.phones: extensions with what announcements need.
--
-- One row per user with a rule set in force; the language is the user's own where one is chosen.

create view absence.phones as
select
    participants.customer_id,
    participants.user_id,
    participants.extension,
    users.name,
    participants.language,
    participants.time_zone,
    users.is_active
from absence.participants
inner join roster.users
    on participants.customer_id = users.customer_id
    and participants.user_id = users.user_id;
