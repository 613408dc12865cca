-- intake.literal: a text as a regular expression that matches just that text.

create function intake.literal(raw text)
returns text
language sql immutable parallel safe
return regexp_replace(raw, '[^[:alnum:] ]', '\\\&', 'g');
