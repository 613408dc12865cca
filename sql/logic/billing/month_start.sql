-- billing.month_start: the first day of a month of a contract; months are numbered from 0.

create function billing.month_start(starts_date date, periods text, month_number integer)
returns date
language sql immutable
as $$
    select
        case
            when month_start.periods = 'contract' or month_start.month_number = 0
                then (
                    month_start.starts_date + make_interval(months => month_start.month_number)
                )::date
            else (
                date_trunc('month', month_start.starts_date)
                + make_interval(months => month_start.month_number)
            )::date
        end;
$$;
