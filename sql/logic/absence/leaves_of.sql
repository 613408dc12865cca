-- absence.leaves_of: what is decided for users and the end of the leave that it is part of. A leave
-- goes on over absences of one reason with no office hours between them (domain P-13).
--
-- A plan of its own, made when it is asked: for few customers.

create function absence.leaves_of(customer_id bigint, user_ids bigint[], users int8range)
returns table (part absence.decided, back_at timestamptz)
language plpgsql stable
as $$
#variable_conflict use_column
begin
    return query
    with

    followed as (
        select
            decided as part,
            decided.*,
            lag(decided.ends_at) over (
                partition by decided.user_id, decided.reason
                order by decided.starts_at
            ) as previous_end
        from absence.decided
        where
            decided.customer_id = leaves_of.customer_id
            and absence.is_among(decided.user_id, leaves_of.user_ids, leaves_of.users)
    ),

    numbered as (
        select
            *,
            count(*) filter (
                where coalesce(
                    absence.has_office_hours(
                        customer_id, rule_set_version, time_zone, previous_end, starts_at
                    ),
                    true
                )
            ) over (
                partition by user_id, reason
                order by starts_at
                rows unbounded preceding
            ) as leave_number
        from followed
    )

    select
        part,
        max(ends_at) over (partition by user_id, reason, leave_number)
    from numbered;
end
$$;
