-- privacy.without_changes_of: fingerprints of changes, without those of one person.
--
-- A new absence is named by its user, any other by its key.

create function privacy.without_changes_of(
    customer_id bigint, user_id bigint, fingerprints text[]
)
returns text[]
language sql stable
as $$
    select coalesce(array_agg(told.fingerprint order by told.place), '{}')
    from unnest(without_changes_of.fingerprints) with ordinality as told (fingerprint, place)
    where
        not starts_with(
            told.fingerprint, 'create for ' || without_changes_of.user_id || ' '
        )
        and not exists (
            select from audit.changes
            where changes.customer_id = without_changes_of.customer_id
                and changes.user_id = without_changes_of.user_id
                and changes.absence_key::text = split_part(told.fingerprint, ' ', 2)
        );
$$;
