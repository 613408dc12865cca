-- privacy.erase_fingerprints: takes a person's changes out of what was refused and approved, each
-- of which tells when the person was to be away (AbsenceModel, Change.fingerprint).

create function privacy.erase_fingerprints(customer_id bigint, user_id bigint)
returns void
language sql as $$
    update audit.refusals
    set
        changes = privacy.without_changes_of(
            erase_fingerprints.customer_id, erase_fingerprints.user_id, refusals.changes
        )
    where refusals.customer_id = erase_fingerprints.customer_id;

    update audit.approvals
    set
        changes = privacy.without_changes_of(
            erase_fingerprints.customer_id, erase_fingerprints.user_id, approvals.changes
        )
    where approvals.customer_id = erase_fingerprints.customer_id;
$$;
