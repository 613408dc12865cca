-- watch.metrics: figures for Prometheus, as `kalenderkoppling metrics` writes them.
--
-- One row per metric, customer and label. Instants are told as such and not as ages, for what is
-- scraped later would make an age wrong; what only grows is a counter.

create view watch.metrics with (security_barrier) as
with

families as (
    select *
    from (
        values
        ('users', 'gauge', 'Active users.'),
        ('users_waiting', 'gauge', 'Users marked as to be looked at.'),
        (
            'oldest_mark_timestamp_seconds',
            'gauge',
            'Since when the user who waits longest waits; absent where nobody does.'
        ),
        (
            'oldest_verification_timestamp_seconds',
            'gauge',
            'When a pass last verified the user for whom that is longest ago.'
        ),
        ('absences_placed', 'gauge', 'Absences on the telephone side that have not ended.'),
        ('passes_total', 'counter', 'Passes that came to their end.'),
        (
            'last_pass_timestamp_seconds',
            'gauge',
            'When the last pass came to its end, also with nothing to do.'
        ),
        ('changes_total', 'counter', 'Changes of passes that came to their end.'),
        ('last_load_timestamp_seconds', 'gauge', 'When the last load began that came to its end.'),
        ('calendars_failing', 'gauge', 'Calendars that did not answer last, or not whole.'),
        (
            'last_read_back_timestamp_seconds',
            'gauge',
            'When everybody''s absences were last read back.'
        ),
        ('exchange_up', 'gauge', 'Whether the telephone system answered the last pass.'),
        ('clock_ahead_seconds', 'gauge', 'How far a host''s clock is ahead of the database''s.'),
        ('alarms', 'gauge', 'Rows of watch.alarms.')
    ) as known (metric, type, help)
),

customers as (
    select
        customers.customer_id,
        customers.customer_key
    from customer.visible_customers as customers
    where customers.is_active
),

figures (customer_key, metric, label, label_value, value) as (
    select
        customers.customer_key,
        'users',
        null,
        null,
        (
            select count(*) from roster.users
            where users.customer_id = customers.customer_id and users.is_active
        )::double precision
    from customers

    union all

    select
        customers.customer_key,
        waiting.metric,
        null,
        null,
        waiting.value
    from customers
    cross join
        lateral (
            select
                count(distinct touched.user_id) as user_count,
                min(touched.since) as oldest_since
            from calendar.touched
            where touched.customer_id = customers.customer_id
        ) as marks
    cross join
        lateral (
            values
            ('users_waiting', marks.user_count::double precision),
            ('oldest_mark_timestamp_seconds', extract(epoch from marks.oldest_since))
        ) as waiting (metric, value)

    union all

    select
        customers.customer_key,
        'oldest_verification_timestamp_seconds',
        null,
        null,
        (
            select extract(epoch from min(verified.verified_at))
            from telephony.verified
            inner join roster.users
                on verified.customer_id = users.customer_id
                and verified.user_id = users.user_id
                and users.is_active
            where verified.customer_id = customers.customer_id
        )
    from customers

    union all

    select
        customers.customer_key,
        'absences_placed',
        null,
        null,
        (
            select count(*) from telephony.placed
            where
                placed.customer_id = customers.customer_id
                and placed.ends_at > watch.as_of()
        )
    from customers

    union all

    select
        customers.customer_key,
        told.metric,
        'scope',
        passes.scope,
        told.value
    from customers
    inner join customer.passes on customers.customer_id = passes.customer_id
    cross join
        lateral (
            values
            ('passes_total', passes.pass_count::double precision),
            ('last_pass_timestamp_seconds', extract(epoch from passes.ended_at))
        ) as told (metric, value)

    union all

    select
        customers.customer_key,
        'changes_total',
        'outcome',
        outcome_counts.outcome,
        outcome_counts.change_count
    from customers
    inner join customer.outcome_counts on customers.customer_id = outcome_counts.customer_id

    union all

    select
        sources.customer_key,
        told.metric,
        'source',
        sources.source,
        told.value
    from watch.sources
    cross join
        lateral (
            values
            ('last_load_timestamp_seconds', extract(epoch from sources.last_good_load_at)),
            ('calendars_failing', sources.failing_count::double precision)
        ) as told (metric, value)

    union all

    select
        customers.customer_key,
        'last_read_back_timestamp_seconds',
        null,
        null,
        (
            select extract(epoch from max(read_backs.read_at))
            from audit.read_backs
            where
                read_backs.customer_id = customers.customer_id
                and read_backs.is_whole
                and read_backs.user_count is null
                and read_backs.failure is null
        )
    from customers

    union all

    select
        customers.customer_key,
        'exchange_up',
        null,
        null,
        case
            when exists (
                select from audit.outages
                where
                    outages.customer_id = customers.customer_id and outages.ended_at is null
            ) then 0 else 1
        end
    from customers

    union all

    select
        customers.customer_key,
        'clock_ahead_seconds',
        'host',
        hosts.host,
        extract(epoch from hosts.clock_ahead)
    from customers
    inner join customer.hosts on customers.customer_id = hosts.customer_id
    where hosts.seen_at > watch.as_of() - interval '1 day'

    union all

    select
        raised.customer_key,
        'alarms',
        'severity',
        raised.severity,
        sum(raised.alarm_count)
    from (
        select
            coalesce(alarms.customer_key, '') as customer_key,
            alarms.severity,
            1 as alarm_count
        from watch.alarms
        union all
        select
            customers.customer_key,
            severities.severity,
            0
        from customers
        cross join (values ('warning'), ('critical')) as severities (severity)
    ) as raised
    group by raised.customer_key, raised.severity
)

select
    'kalenderkoppling_' || families.metric as metric,
    families.type,
    families.help,
    figures.customer_key,
    figures.label,
    figures.label_value,
    figures.value
from figures
inner join families on figures.metric = families.metric
where figures.value is not null;
comment on view watch.metrics is
'Figures for Prometheus, as kalenderkoppling metrics writes them.';
comment on column watch.metrics.type is 'gauge or counter.';
comment on column watch.metrics.help is 'What it says.';
comment on column watch.metrics.customer_key is
'The value of the label customer; empty for what is about the database.';
comment on column watch.metrics.label is 'The name of the second label; null where there is none.';
