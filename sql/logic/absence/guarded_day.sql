-- absence.guarded_day: what the limits of a plan are held against (design principle 6).
--
-- One row per customer: the absences that stand and have not ended, and what was taken away
-- without approval within the 24 hours before `as_of`. ended_count: what ended within them and is
-- to be counted beside what stands, for a telephone system that knows no other time than now has
-- but those of the moment, while what is taken away adds up over the day.

create function absence.guarded_day(customer_id bigint, as_of timestamptz)
returns table (
    standing_count bigint,
    user_count bigint,
    taken_count bigint,
    withdrawn_count bigint,
    ended_count bigint
)
language sql stable
as $$
    select
        (
            select count(*) from telephony.placed
            where
                placed.customer_id = guarded_day.customer_id
                and placed.ends_at > guarded_day.as_of
        ),
        (
            select count(*) from roster.users
            where users.customer_id = guarded_day.customer_id and users.is_active
        ),
        count(*),
        count(*) filter (where changes.action = 'withdraw'),
        (
            select count(*) from telephony.placed
            inner join telephony.exchanges on placed.customer_id = exchanges.customer_id
            where
                placed.customer_id = guarded_day.customer_id
                and not exchanges.has_future_start
                and placed.ends_at > guarded_day.as_of - interval '24 hours'
                and placed.ends_at <= guarded_day.as_of
        )
    from audit.changes
    where
        changes.customer_id = guarded_day.customer_id
        and changes.is_guarded
        and not changes.is_approved
        and changes.ended_at > guarded_day.as_of - interval '24 hours'
        and changes.ended_at <= guarded_day.as_of
        and changes.outcome in ('done', 'found_done');
$$;
