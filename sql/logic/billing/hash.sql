-- billing.hash: SHA-256 of a text in UTF-8, as sha256sum prints it; null is the empty text.

create function billing.hash(evidence text)
returns text
language sql immutable
as $$
    select encode(sha256(convert_to(coalesce(hash.evidence, ''), 'UTF8')), 'hex');
$$;
