-- How up to date each calendar source is, and what is wrong with it.
--
--   psql --no-psqlrc --file sql/reports/sources.sql
--
-- One line a source: the age of its last load without a failure, and of its oldest calendar.

select
    customer_key as customer,
    source,
    kind,
    date_trunc('second', now() - last_good_load_at) as last_good_load,
    case when isfinite(oldest_loaded_at) then date_trunc('second', now() - oldest_loaded_at) end
        as oldest_calendar,
    calendar_count as calendars,
    failing_count as failing,
    calendar_count - with_cursor_count as next_load_whole,
    last_failure
from watch.sources
order by customer_key, source;
