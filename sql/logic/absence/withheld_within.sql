-- absence.withheld_within: of each booking behind what is rendered for the telephone system, why
-- none of it is placed; null where some of it can be.
--
-- A plan of its own, made when it is asked: seldom, by absence.accounts_within.

create function absence.withheld_within(
    customer_id bigint,
    as_of timestamptz,
    user_ids bigint[],
    users int8range
)
returns table (
    user_id bigint,
    booking_mark text,
    withheld_because text
)
language plpgsql stable
as $$
#variable_conflict use_column
begin
    return query
    select
        rendered.user_id,
        member.mark,
        case
            when not bool_or(rendered.withheld_because is null)
                then max(rendered.withheld_because)
        end
    from absence.rendered_within(
        withheld_within.customer_id, withheld_within.as_of, withheld_within.user_ids,
        withheld_within.users
    ) as rendered
    cross join lateral unnest(rendered.booking_marks) as member (mark)
    group by rendered.user_id, member.mark;
end
$$;
