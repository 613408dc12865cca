-- intake.calendars_in_use: the calendars whose bookings count.
--
-- One row per calendar that the roster names; and of a user whose new calendar has never been
-- read whole the earlier ones as well, so that a change of address withdraws nothing before the
-- new one has told what stands there (design principle 5).

create view intake.calendars_in_use as
select
    calendars.customer_id,
    calendars.user_id,
    calendars.calendar_id
from roster.calendars
where
    calendars.is_active
    or exists (
        select
        from roster.calendars as awaited
        left join calendar.cursors
            on awaited.customer_id = cursors.customer_id
            and awaited.user_id = cursors.user_id
            and awaited.calendar_id = cursors.calendar_id
        where
            awaited.customer_id = calendars.customer_id
            and awaited.user_id = calendars.user_id
            and awaited.is_active
            and cursors.whole_at is null
    );
