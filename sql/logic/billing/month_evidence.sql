-- billing.month_evidence: a month in the evidence of what is due for several: its number, its
-- users and the hash of its own evidence.

create function billing.month_evidence(
    month_number integer, user_count bigint, evidence_hash text
)
returns text
language sql immutable
as $$
    select
        format(
            E'%s %s %s\n',
            month_evidence.month_number, month_evidence.user_count,
            month_evidence.evidence_hash
        );
$$;
