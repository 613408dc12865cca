-- absence.unloaded_users: users for whom nothing is planned yet, since the database was restored
-- and not all their calendars have been loaded since.
--
-- One row per such user. What stands on their phones is newer than the bookings here.

create view absence.unloaded_users as
select
    touched.customer_id,
    touched.user_id
from calendar.touched
where
    touched.cause = 'restored'
    and exists (
        select from intake.calendars_to_load
        left join calendar.cursors
            on calendars_to_load.customer_id = cursors.customer_id
            and calendars_to_load.user_id = cursors.user_id
            and calendars_to_load.calendar_id = cursors.calendar_id
        where
            calendars_to_load.customer_id = touched.customer_id
            and calendars_to_load.user_id = touched.user_id
            and (cursors.loaded_at is null or cursors.loaded_at < touched.since)
    );
