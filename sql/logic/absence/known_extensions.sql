-- absence.known_extensions: where absences of a user may stand.
--
-- One row per user and extension: the one that the roster tells, and those that ours stand at.

create view absence.known_extensions as
select
    customer_id,
    user_id,
    extension
from roster.users

union

select
    customer_id,
    user_id,
    extension
from telephony.placed;
