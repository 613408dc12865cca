-- intake.take_in_calendars: makes the calendars of a staged roster those of its users.
--
-- A calendar that is not named any more becomes inactive; its bookings count no longer and
-- stay for the audit. Returns the users whose calendars changed.

create function intake.take_in_calendars(customer_id bigint, at timestamptz)
returns setof bigint
language sql as $$
    with

    wanted as (
        select
            users.user_id,
            named.source,
            named.address
        from staging.roster
        inner join roster.users
            on roster.customer_id = users.customer_id and roster.user_key = users.user_key
        cross join lateral unnest(roster.calendar_sources, roster.calendar_addresses)
            as named (source, address)
        where roster.customer_id = take_in_calendars.customer_id
    ),

    left_out as (
        update roster.calendars as calendars
        set
            is_active = not before.is_active,
            held_from = greatest(take_in_calendars.at, before.held_from)
        from roster.calendars as before
        left join wanted
            on before.user_id = wanted.user_id
            and before.source = wanted.source
            and before.address = wanted.address
        where before.customer_id = take_in_calendars.customer_id
            and calendars.customer_id = before.customer_id
            and calendars.user_id = before.user_id
            and calendars.calendar_id = before.calendar_id
            and before.is_active = (wanted.user_id is null)
        returning
            calendars.user_id, calendars.calendar_id, before.held_from, before.is_active
    ),

    kept_versions as (
        insert into roster.calendar_versions
        select
            take_in_calendars.customer_id,
            left_out.user_id,
            left_out.calendar_id,
            tstzrange(left_out.held_from, take_in_calendars.at),
            left_out.is_active
        from left_out
        where left_out.held_from < take_in_calendars.at
    ),

    added as (
        insert into roster.calendars (
            customer_id, user_id, calendar_id, source, address, held_from
        )
        select
            take_in_calendars.customer_id,
            wanted.user_id,
            coalesce((
                select max(known.calendar_id) from roster.calendars as known
                where known.customer_id = take_in_calendars.customer_id
                    and known.user_id = wanted.user_id
            ), 0) + row_number() over (
                partition by wanted.user_id order by wanted.source, wanted.address
            ),
            wanted.source,
            wanted.address,
            take_in_calendars.at
        from (select distinct * from wanted) as wanted
        where not exists (
            select from roster.calendars as known
            where known.customer_id = take_in_calendars.customer_id
                and known.user_id = wanted.user_id
                and known.source = wanted.source
                and known.address = wanted.address
        )
        returning user_id
    )

    select user_id from left_out
    union
    select user_id from added;
$$;
