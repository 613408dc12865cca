-- watch.as_of: the instant that the views of watch compare with: now, unless the session names
-- another one, as `--now` does and tests do:
--
--   select set_config('kalenderkoppling.as_of', '2026-11-23 14:05+01', false);

create function watch.as_of()
returns timestamptz
language sql stable
as $$
    select coalesce(
        nullif(current_setting('kalenderkoppling.as_of', true), '')::timestamptz, now()
    );
$$;
