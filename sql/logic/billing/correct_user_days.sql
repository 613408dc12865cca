-- billing.correct_user_days: writes down that a user did or did not have the service on some days
-- that were counted otherwise. Returns how many days that changed.
--
-- A closed invoice stays as it is; the difference goes onto the next one.

create function billing.correct_user_days(
    customer_id bigint,
    user_id bigint,
    first_date date,
    last_date date,
    is_enabled boolean,
    because text,
    corrected_by text,
    at timestamptz
)
returns bigint
language sql security definer
set search_path = pg_catalog, pg_temp
as $$
    with

    written as (
        insert into ledger.corrections (
            customer_id, user_id, day_date, corrected_at, is_enabled, because, corrected_by
        )
        select
            days.customer_id, correct_user_days.user_id, days.day_date, correct_user_days.at,
            correct_user_days.is_enabled, correct_user_days.because,
            correct_user_days.corrected_by
        from ledger.counted_days as days
        left join billing.user_days_known(correct_user_days.customer_id, 'infinity') as known
            on days.customer_id = known.customer_id
            and days.day_date = known.day_date
            and known.user_id = correct_user_days.user_id
        where
            days.customer_id = correct_user_days.customer_id
            and days.day_date
            between correct_user_days.first_date and correct_user_days.last_date
            and case
                when known.user_id is null then correct_user_days.is_enabled
                when known.is_corrected_to is not null
                    then known.is_corrected_to <> correct_user_days.is_enabled
                -- The contract says which of the three counts.
                else not (
                    correct_user_days.is_enabled = known.is_enabled
                    and correct_user_days.is_enabled = known.is_verified
                    and correct_user_days.is_enabled = known.has_absences
                )
            end
        returning 1
    )

    select count(*) from written;
$$;
