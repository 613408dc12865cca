-- intake.instant_of: the instant of a time on the wall in a time zone.
--
-- In the gap of a clock change the offset before it counts, as PostgreSQL has it. In the
-- overlap the first of the two counts, where PostgreSQL takes the second: three hours
-- earlier there is no doubt, and what stands three hours after that is the first.

create function intake.instant_of(wall timestamp, time_zone text)
returns timestamptz
language sql immutable parallel safe
return case
    when
        wall = (
            (wall - interval '3 hours') at time zone time_zone + interval '3 hours'
        ) at time zone time_zone
        then (wall - interval '3 hours') at time zone time_zone + interval '3 hours'
    else wall at time zone time_zone
end;
