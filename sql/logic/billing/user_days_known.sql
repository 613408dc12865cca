-- billing.user_days_known: who had the service on which day, with what was corrected up to an
-- instant. mark is what the evidence says of the day, in letters: e(nabled), v(erified),
-- a(bsences); + and - where a person corrected it.
--
-- One row per user and day. is_correct is null where nobody corrected it.

create function billing.user_days_known(customer_id bigint, known_at timestamptz)
returns table (
    customer_id bigint,
    user_id bigint,
    day_date date,
    is_enabled boolean,
    is_verified boolean,
    has_absences boolean,
    is_corrected_to boolean,
    mark text
)
language sql stable
as $$
    select
        days.customer_id,
        days.user_id,
        days.day_date,
        days.is_enabled,
        days.is_verified,
        days.has_absences,
        newest.is_enabled,
        concat(
            case when days.is_enabled then 'e' end,
            case when days.is_verified then 'v' end,
            case when days.has_absences then 'a' end,
            case newest.is_enabled when true then '+' when false then '-' end
        )
    from ledger.user_days as days
    left join (
        select distinct on (corrections.customer_id, corrections.user_id, corrections.day_date)
            corrections.customer_id,
            corrections.user_id,
            corrections.day_date,
            corrections.is_enabled
        from ledger.corrections
        where
            corrections.customer_id = user_days_known.customer_id
            and corrections.corrected_at <= user_days_known.known_at
        order by
            corrections.customer_id, corrections.user_id, corrections.day_date,
            corrections.corrected_at desc
    ) as newest
        on days.customer_id = newest.customer_id
        and days.user_id = newest.user_id
        and days.day_date = newest.day_date
    where days.customer_id = user_days_known.customer_id

    union all

    select
        corrections.customer_id,
        corrections.user_id,
        corrections.day_date,
        false,
        false,
        false,
        (array_agg(corrections.is_enabled order by corrections.corrected_at desc))[1],
        case (array_agg(corrections.is_enabled order by corrections.corrected_at desc))[1]
            when true then '+' else '-'
        end
    from ledger.corrections
    where
        corrections.customer_id = user_days_known.customer_id
        and corrections.corrected_at <= user_days_known.known_at
        and not exists (
            select from ledger.user_days as days
            where
                days.customer_id = corrections.customer_id
                and days.user_id = corrections.user_id
                and days.day_date = corrections.day_date
        )
    group by corrections.customer_id, corrections.user_id, corrections.day_date;
$$;
