-- billing.month_of: which month of a contract a day belongs to, from 0; before the start, negative.
--
-- Months of a contract begin on the day of the month on which it started, or on the last one where
-- a month has no such day; months by the calendar on the first.

create function billing.month_of(starts_date date, periods text, day_date date)
returns integer
language sql immutable
as $$
    select
        case
            when
                month_of.periods = 'contract'
                and (month_of.starts_date + make_interval(months => months.passed))::date
                > month_of.day_date
                then months.passed - 1
            else months.passed
        end
    from (
        select
            12 * (
                extract(year from month_of.day_date) - extract(year from month_of.starts_date)
            )::integer
            + (
                extract(month from month_of.day_date) - extract(month from month_of.starts_date)
            )::integer as passed
    ) as months;
$$;
