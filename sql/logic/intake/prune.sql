-- intake.prune: forgets what ended before an instant and is no part of any running chain:
-- placed and shown absences and bookings, all kept as versions, and holds. Before
-- that it writes down what became of the bookings (absence.accounts_within). What is older than the
-- customer keeps it goes altogether (intake.forget).

create function intake.prune(
    customer_id bigint, before timestamptz, bookings_before timestamptz, at timestamptz
)
returns void
language sql as $$
    -- While what stood for the bookings is still there.
    select intake.keep_accounts(prune.customer_id, prune.before, prune.at);

    with

    -- Where nothing ends by itself it stands until it is withdrawn.
    expired as (
        delete from telephony.placed
        where
            placed.customer_id = prune.customer_id
            and placed.ends_at < prune.before
            and not exists (
                select from telephony.exchanges
                where exchanges.customer_id = prune.customer_id and not exchanges.ends_by_itself
            )
        returning placed as earlier
    )

    insert into telephony.placed_versions
    select version.*
    from expired
    cross join lateral intake.placed_version(expired.earlier, prune.at, 'expired') as version;

    with

    -- One that an absence of ours was clipped around is kept as long as that one runs.
    expired as (
        delete from telephony.shown
        where shown.customer_id = prune.customer_id
            and shown.ends_at < prune.before
            and not exists (
                select from telephony.placed
                where placed.customer_id = shown.customer_id
                    and placed.user_id = shown.user_id
                    and placed.starts_at <= shown.ends_at
                    and placed.ends_at > prune.at
            )
        returning shown as earlier
    )

    insert into telephony.shown_versions
    select version.*
    from expired
    cross join lateral intake.shown_version(expired.earlier, prune.at, 'expired') as version;

    delete from telephony.holds
    where holds.customer_id = prune.customer_id and holds.ends_at < prune.before;

    with

    pruned as (
        delete from calendar.bookings
        where
            bookings.customer_id = prune.customer_id
            and bookings.ends_at < prune.bookings_before
        returning bookings.*
    )

    insert into calendar.booking_versions (
        customer_id, user_id, calendar_id, resource_key, booking_key, held_during, ended_by,
        starts_at, ends_at, start_date, end_date, show_as, sensitivity, response,
        is_cancelled, code, code_reason, code_kind, shown_text, is_choice, is_choice_skip,
        choice_reason, choice_kind, mark, rule_set_version, load_id, account, account_because
    )
    select
        customer_id, user_id, calendar_id, resource_key, booking_key,
        tstzrange(held_from, greatest(prune.at, held_from + interval '1 microsecond')), 'pruned', starts_at,
        ends_at, start_date, end_date, show_as, sensitivity, response, is_cancelled, code,
        code_reason, code_kind, shown_text, is_choice, is_choice_skip, choice_reason,
        choice_kind, mark, rule_set_version, load_id, account, account_because
    from pruned;

    -- Last, for all these statements are planned before the first of them runs: what is moved to a
    -- new month would be looked for where it was.
    select intake.forget(prune.customer_id, prune.at);
    select intake.close_months(prune.at);
    select intake.open_months(prune.at);
$$;
