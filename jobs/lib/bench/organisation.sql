-- An organisation by a fixed seed: what a load of all its calendars brings, ready for COPY.
--
-- Everything comes from hashes of a booking's number, so every run on every machine has the same
-- bookings. They lie within working hours, spread evenly over what a load at bench.instant reads,
-- seldom two at once: 5 % last all day, 2 % are private, 1 % cancelled, and two thirds are shown
-- as busy or out of office, so that close on half of all give an absence ahead.
--
-- Revision 0 is what the first load brings; in revision 1 half a per cent of the bookings begin
-- half an hour later, and another half a per cent have others in their place.

create schema bench;

create function bench.draw(number bigint, salt bigint) returns integer
language sql immutable parallel safe
return (hashint8extended(number, salt) & 2147483647)::integer;

-- A Thursday at eight in Stockholm.
create function bench.instant() returns timestamptz
language sql immutable parallel safe
return timestamptz '2026-11-26 07:00:00+00';

-- The calendars of one batch of users, who are split evenly and in order.
create function bench.calendars(customer_key text, batch integer, batches integer)
returns setof roster.calendars
language sql stable as $$
    select owned.*
    from customer.customers
    inner join roster.calendars as owned on customers.customer_id = owned.customer_id
    cross join lateral (
        select max(users.user_id) as user_count
        from roster.users
        where users.customer_id = customers.customer_id
    ) as counted
    where
        customers.customer_key = calendars.customer_key
        and (owned.user_id - 1) * calendars.batches / counted.user_count = calendars.batch
    order by owned.user_id
$$;

create function bench.bookings(
    customer_key text, booking_count integer, batch integer, batches integer, revision integer
)
returns setof staging.bookings
language sql stable as $$
    with

    numbered as (
        select
            owned.*,
            n,
            owned.user_id * 10000 + n as number,
            -- 42 days of nine hours, cut into as many parts as there are bookings
            n * 22680 / bookings.booking_count
            + bench.draw(owned.user_id * 10000 + n, 1)
            % greatest(1, least(480, 22680 / bookings.booking_count / 2)) / 15 * 15 as minute,
            case when bookings.revision = 0 then 200
                else bench.draw(owned.user_id * 10000 + n, 2) % 200 end as fate
        from bench.calendars(bookings.customer_key, bookings.batch, bookings.batches) as owned
        cross join generate_series(0, bookings.booking_count - 1) as n
    ),

    timed as (
        select
            *,
            bench.draw(number, 3) % 100 < 5 as is_all_day,
            date_trunc('day', bench.instant()) - interval '8 days' + interval '7 hours'
            + minute / 540 * interval '1 day' + minute % 540 * interval '1 minute'
            + case when fate = 0 then interval '30 minutes' else interval '0' end as begins_at
        from numbered
    )

    select
        customer_id,
        1,
        user_id,
        calendar_id,
        'AAMkAGI1' || md5(number::text || case when fate = 1 then '+' else '' end)
        || 'BGAAAAAADUuTJK1K9aQ',
        '',
        case when not is_all_day then begins_at end,
        case when not is_all_day
            then begins_at + (array[30, 45, 60, 90])[1 + bench.draw(number, 4) % 4]
                * interval '1 minute' end,
        case when is_all_day then begins_at::date end,
        case when is_all_day then begins_at::date + 1 + bench.draw(number, 5) % 2 end,
        (case
            when bench.draw(number, 6) % 100 < 58 then 'busy'
            when bench.draw(number, 6) % 100 < 66 then 'out_of_office'
            when bench.draw(number, 6) % 100 < 74 then 'tentative'
            when bench.draw(number, 6) % 100 < 78 then 'working_elsewhere'
            else 'free'
        end)::customer.show_as,
        (case when bench.draw(number, 7) % 100 < 2 then 'private' else 'normal' end)
        ::customer.sensitivity,
        'accepted'::customer.response,
        bench.draw(number, 8) % 100 < 1,
        case when bench.draw(number, 9) % 10 = 0
            then (array['SEM: ', 'SAM; ', 'TJÄ: ', 'LDG '])[1 + bench.draw(number, 10) % 4]
            else '' end
        || (array['Planering våren', 'Projektmöte', 'Uppföljning', 'Genomgång av offert'])
            [1 + bench.draw(number, 11) % 4] || ' ' || bench.draw(number, 12) % 1000,
        'Rum ' || bench.draw(number, 13) % 200,
        null::text,
        false,
        false,
        null::text,
        null::customer.kind,
        null::text
    from timed
    -- a calendar system has an order of its own
    order by user_id, bench.draw(number, 14)
$$;

create function bench.coverage(customer_key text, batch integer, batches integer)
returns setof staging.coverage
language sql stable as $$
    select
        customer_id, 1, user_id, calendar_id, '', true,
        bench.instant() - interval '8 days', bench.instant() + interval '34 days'
    from bench.calendars(coverage.customer_key, coverage.batch, coverage.batches)
$$;

create function bench.cursors(
    customer_key text, batch integer, batches integer, revision integer
)
returns setof staging.cursors
language sql stable as $$
    select
        customer_id, 1, user_id, calendar_id, generation,
        'calendarView/delta?$deltatoken=' || md5(user_id::text) || md5(cursors.revision::text),
        9000, '{}'::text[]
    from bench.calendars(cursors.customer_key, cursors.batch, cursors.batches)
$$;
