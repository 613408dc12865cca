-- intake.series_of: the series that a booking's key is an occurrence of, or the key itself.

create function intake.series_of(booking_key text)
returns text
language sql immutable parallel safe
return regexp_replace(booking_key, '/[0-9]{8}(T[0-9]{6}Z)?$', '');
