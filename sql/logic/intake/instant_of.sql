-- intake.instant_of: the instant of a time on the wall in a time zone.
--
-- In the gap of a clock change the offset before it counts, as PostgreSQL has it. In the
-- overlap the first of the two counts, where PostgreSQL takes the second: three hours
-- earlier there is no doubt, and what stands three hours after that is the first.
--
-- The three hours are counted in UTC, on which no clock changes: so the whole is immutable, and
-- is made a part of the query that asks.

create function intake.instant_of(wall timestamp, time_zone text)
returns timestamptz
language sql immutable parallel safe
return case
    when
        wall = (
            ((wall - interval '3 hours') at time zone time_zone at time zone 'UTC')
            + interval '3 hours'
        ) at time zone 'UTC' at time zone time_zone
        then (
            ((wall - interval '3 hours') at time zone time_zone at time zone 'UTC')
            + interval '3 hours'
        ) at time zone 'UTC'
    else wall at time zone time_zone
end;
