-- watch.sources: one row per calendar source of a customer: how up to date it is, how it failed
-- last, and from where its calendars go on. Ages are the reader's to work out:
-- sql/reports/sources.sql.

create view watch.sources with (security_barrier) as
with

calendars as (
    select
        in_use.customer_id,
        in_use.source,
        count(*) as calendar_count,
        count(*) filter (where cursors.failure is not null) as failing_count,
        count(*) filter (where cursors.whole_at is null) as never_whole_count,
        count(*) filter (where cursors.cursor is not null) as with_cursor_count,
        min(coalesce(cursors.loaded_at, '-infinity')) as oldest_loaded_at,
        (array_agg(cursors.failure order by cursors.failed_at desc) filter (
            where cursors.failure is not null
        ))[1] as last_failure,
        max(cursors.failed_at) filter (where cursors.failure is not null) as last_failed_at
    from intake.calendars_to_load as in_use
    left join calendar.cursors
        on in_use.customer_id = cursors.customer_id
        and in_use.user_id = cursors.user_id
        and in_use.calendar_id = cursors.calendar_id
    group by in_use.customer_id, in_use.source
)

select
    customers.customer_key,
    sources.settings ->> 'name' as source,
    sources.settings ->> 'kind' as kind,
    loads.last_good_load_at,
    loads.last_good_full_load_at,
    loads.last_load_at,
    coalesce(calendars.calendar_count, 0) as calendar_count,
    coalesce(calendars.failing_count, 0) as failing_count,
    coalesce(calendars.never_whole_count, 0) as never_whole_count,
    coalesce(calendars.with_cursor_count, 0) as with_cursor_count,
    calendars.oldest_loaded_at,
    calendars.last_failure,
    calendars.last_failed_at
from customer.visible_customers as customers
cross join lateral jsonb_array_elements(customers.calendars) as sources (settings)
left join calendars
    on customers.customer_id = calendars.customer_id
    and calendars.source = sources.settings ->> 'name'
-- Source by source and no further back, so that it costs no more after years.
left join
    lateral (
        select
            max(of_source.started_at) as last_load_at,
            max(of_source.started_at) filter (
                where of_source.ended_at is not null and of_source.failed_count = 0
            ) as last_good_load_at,
            max(of_source.started_at) filter (
                where of_source.ended_at is not null and of_source.failed_count = 0
                and of_source.is_full
            ) as last_good_full_load_at
        from audit.loads as of_source
        where
            of_source.customer_id = customers.customer_id
            and of_source.source = sources.settings ->> 'name'
            and of_source.started_at > watch.as_of() - interval '35 days'
    ) as loads
    on true;
comment on view watch.sources is
'One row per calendar source: how up to date it is, how it failed last, where it goes on from.';
comment on column watch.sources.last_good_load_at is
'When the last load of 35 days began in which no calendar failed.';
comment on column watch.sources.last_good_full_load_at is
'When the last load of everything began in which no calendar failed, within 35 days.';
comment on column watch.sources.last_load_at is
'When the last load of 35 days began, however it went.';
comment on column watch.sources.calendar_count is 'Calendars of users who take part.';
comment on column watch.sources.failing_count is 'Calendars that failed the last time.';
comment on column watch.sources.never_whole_count is 'Calendars that were never read whole.';
comment on column watch.sources.with_cursor_count is
'Calendars of which the next load asks just for what changed.';
comment on column watch.sources.oldest_loaded_at is
'When the calendar that waits longest last answered; -infinity where one never did.';
comment on column watch.sources.last_failure is 'Of a calendar that still fails: how.';
