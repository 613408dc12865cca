-- absence.closed_time_within: how long phones are closed that were not, and the other way round.
--
-- One row: hours of direct diversion from an instant on, over all users, that what is wanted
-- has and what stands has not, and the reverse.

create function absence.closed_time_within(customer_id bigint, as_of timestamptz)
returns table (gained_hours double precision, lost_hours double precision)
language sql stable
as $$
    with

    standing as (
        select
            placed.user_id,
            range_agg(tstzrange(placed.starts_at, placed.ends_at)) as during
        from telephony.placed
        where placed.customer_id = closed_time_within.customer_id and placed.kind = 'direct'
        group by placed.user_id
    ),

    wanted as (
        select
            desired.user_id,
            range_agg(tstzrange(desired.starts_at, desired.ends_at)) as during
        from absence.desired_within(
            closed_time_within.customer_id, closed_time_within.as_of
        ) as desired
        where desired.kind = 'direct'
        group by desired.user_id
    ),

    compared as (
        select
            coalesce(standing.during, '{}') * tstzmultirange(tstzrange(as_of, null)) as before,
            coalesce(wanted.during, '{}') * tstzmultirange(tstzrange(as_of, null)) as after
        from standing
        full join wanted on standing.user_id = wanted.user_id
    )

    select
        coalesce(sum(gained.hours), 0) as gained_hours,
        coalesce(sum(lost.hours), 0) as lost_hours
    from compared
    cross join lateral (
        select sum(extract(epoch from upper(stretch) - lower(stretch)))::double precision / 3600
            as hours
        from unnest(compared.after - compared.before) as stretch
    ) as gained
    cross join lateral (
        select sum(extract(epoch from upper(stretch) - lower(stretch)))::double precision / 3600
            as hours
        from unnest(compared.before - compared.after) as stretch
    ) as lost;
$$;
