-- intake.calendars_to_load: the calendars that loads read.
--
-- One row per calendar of a user who takes part; nobody else's is read. Whoever waits longest is
-- asked first, so that a load that is cut off does not always reach the same ones.

create view intake.calendars_to_load as
select
    calendars.customer_id,
    calendars.user_id,
    calendars.calendar_id,
    calendars.source,
    calendars.address,
    participants.time_zone,
    users.user_key,
    users.mail_addresses,
    calendars.generation,
    greatest(cursors.loaded_at, cursors.failed_at) as asked_at,
    -- The load in which it last answered, and whole, where nothing of it is to be asked afresh.
    case when cursors.cursor is not null and cursors.failure is null then cursors.load_id end
        as taken_in_by,
    case when cursors.cursor is not null and cursors.failure is null then cursors.whole_load_id end
        as taken_in_whole_by
from roster.calendars
inner join absence.participants
    on calendars.customer_id = participants.customer_id
    and calendars.user_id = participants.user_id
    and participants.why_not is null
inner join roster.users
    on calendars.customer_id = users.customer_id
    and calendars.user_id = users.user_id
left join calendar.cursors
    on calendars.customer_id = cursors.customer_id
    and calendars.user_id = cursors.user_id
    and calendars.calendar_id = cursors.calendar_id
where calendars.is_active;
