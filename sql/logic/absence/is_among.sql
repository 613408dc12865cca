-- absence.is_among: whether a user is one of those asked for: of the named ones, where any are
-- named, and within a range of ids. It becomes part of the query that asks, so indexes serve it.

create function absence.is_among(user_id bigint, user_ids bigint[], users int8range)
returns boolean
language sql immutable parallel safe
return (user_ids is null or user_id = any(user_ids))
and (lower(users) is null or user_id >= lower(users))
and (upper(users) is null or user_id < upper(users));
