-- intake.whole_seconds: an instant without what it has beyond a whole second.
--
-- Nearly none has anything, and to see that costs a tenth of cutting it off.

create function intake.whole_seconds(instant timestamptz)
returns timestamptz
language sql stable parallel safe
return case
    when instant = instant::timestamptz (0) then instant
    else date_trunc('second', instant)
end;
