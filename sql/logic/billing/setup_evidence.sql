-- billing.setup_evidence: what a setup is due by, in a line.

create function billing.setup_evidence(starts_date date, term text)
returns text
language sql immutable
as $$
    select format(E'setup %s %s\n', setup_evidence.starts_date, setup_evidence.term);
$$;
