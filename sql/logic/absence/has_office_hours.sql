-- absence.has_office_hours: whether any office hours lie between two instants. Between an
-- instant and itself there are none.

create function absence.has_office_hours(
    customer_id bigint,
    rule_set_version integer,
    time_zone text,
    after timestamptz,
    before timestamptz
)
returns boolean
language sql stable
as $$
    select exists (
        select
        from (
            select
                intake.instant_of(
                    days.day + office_hours.opens_at, has_office_hours.time_zone
                ) as opens_at,
                intake.instant_of(
                    days.day + office_hours.closes_at, has_office_hours.time_zone
                ) as closes_at
            from generate_series(
                date_trunc('day', has_office_hours.after at time zone has_office_hours.time_zone),
                has_office_hours.before at time zone has_office_hours.time_zone,
                interval '1 day'
            ) as days (day)
            inner join customer.office_hours
                on extract(isodow from days.day) = office_hours.weekday
            where
                office_hours.customer_id = has_office_hours.customer_id
                and office_hours.rule_set_version = has_office_hours.rule_set_version
                and not exists (
                    select from customer.holidays
                    where
                        holidays.customer_id = has_office_hours.customer_id
                        and holidays.rule_set_version = has_office_hours.rule_set_version
                        and holidays.holiday = days.day::date
                )
        ) as hours
        where
            has_office_hours.after < has_office_hours.before
            and hours.opens_at < hours.closes_at
            and hours.opens_at < has_office_hours.before
            and hours.closes_at > has_office_hours.after
    );
$$;
