-- intake.keep_accounts: writes down what became of the bookings that ended before an instant, where
-- that is not known yet (absence.accounts_within): of everybody, a range of users after another.
--
-- Accounts are never joined row by row: right after a first load the planner has no statistics.

create function intake.keep_accounts(customer_id bigint, before timestamptz, at timestamptz)
returns void
language plpgsql
set enable_nestloop = off
set enable_mergejoin = off
set plan_cache_mode = force_custom_plan
as $$
declare
    part int8range;
begin
    for part in
        select ranges.users
        from absence.user_ranges(keep_accounts.customer_id, 4000, 10000) as ranges
    loop
        update calendar.bookings
        set account = accounts.account, account_because = accounts.because
        from absence.accounts_within(
            keep_accounts.customer_id, keep_accounts.at, null, null, part
        ) as accounts
        where
            bookings.customer_id = keep_accounts.customer_id
            and absence.is_among(bookings.user_id, null, part)
            and bookings.ends_at < keep_accounts.before
            and bookings.account is null
            and bookings.user_id = accounts.user_id
            and bookings.calendar_id = accounts.calendar_id
            and bookings.resource_key = accounts.resource_key
            and bookings.booking_key = accounts.booking_key
            and bookings.held_from = accounts.held_from
            and accounts.account in ('applied', 'suppressed', 'failed');
    end loop;
end
$$;
