-- intake.place_again: forgets what was acknowledged and is missing on the telephone side, so that
-- the next plan places it again: for a person who has seen that the telephone side lost it.
--
-- Returns of how many absences. What a person deleted is held, and stays away.

create function intake.place_again(customer_id bigint, at timestamptz)
returns bigint
language sql as $$
    with

    lost as (
        delete from telephony.placed
        using absence.drift_within(place_again.customer_id, place_again.at) as drift
        where
            drift.drift in ('missing', 'never_shown')
            and placed.customer_id = place_again.customer_id
            and placed.user_id = drift.user_id
            and placed.absence_key::text = drift.entry_key
        returning placed.user_id, placed as earlier
    ),

    kept_versions as (
        insert into telephony.placed_versions
        select version.*
        from lost
        cross join lateral intake.placed_version(lost.earlier, place_again.at, 'lost')
            as version
    ),

    touched as (
        insert into calendar.touched as marks (customer_id, user_id, cause, since)
        select distinct
            place_again.customer_id,
            lost.user_id,
            'drift',
            place_again.at
        from lost
        order by lost.user_id
        on conflict (customer_id, user_id, cause) do update set times = marks.times + 1
    )

    select count(*) from lost;
$$;
