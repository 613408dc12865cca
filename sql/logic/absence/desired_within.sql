-- absence.desired_within: the absences wanted at an instant: neither ended nor too far ahead.
--
-- Of the named users, or of all where user_ids is null. One that runs keeps its start, one
-- that crosses the horizon is whole (domain P-21).

create function absence.desired_within(
    customer_id bigint,
    as_of timestamptz,
    user_ids bigint[] default null,
    users int8range default '(,)'
)
returns setof absence.desired
language sql stable
as $$
    select desired.*
    from absence.desired_of(
        desired_within.customer_id, desired_within.user_ids, desired_within.users
    ) as desired
    where
        desired.ends_at > desired_within.as_of
        and desired.starts_at
        < desired_within.as_of + make_interval(hours => 24 * desired.days_ahead);
$$;
