-- intake.load_afresh: forgets how far the calendars were read, so that the next load reads
-- them whole: of the named users, or of everybody where none are named.
--
-- A load that is under way is of an earlier generation then, and leaves no cursor either. The
-- lock comes first: it waits for take-ins that are about to write the cursor.

-- The number of the lock that take-ins of the customer share.
create function intake.load_afresh_lock(customer_id bigint)
returns bigint
language sql immutable
return hashtextextended('kalenderkoppling/' || customer_id || '/load afresh', 0);

create function intake.load_afresh(customer_id bigint, user_ids bigint[])
returns void
language plpgsql as $$
#variable_conflict use_column
declare
    -- Joined and not looked for in, which would take the square of their number.
    named_ids bigint[];
begin
    perform pg_advisory_xact_lock(intake.load_afresh_lock(load_afresh.customer_id));
    named_ids := coalesce(load_afresh.user_ids, array(
        select users.user_id from roster.users
        where users.customer_id = load_afresh.customer_id
    ));

    update roster.calendars
    set generation = generation + 1
    from unnest(named_ids) as named (user_id)
    where calendars.customer_id = load_afresh.customer_id
        and calendars.user_id = named.user_id;

    update calendar.cursors
    set cursor = null
    from unnest(named_ids) as named (user_id)
    where cursors.customer_id = load_afresh.customer_id
        and cursors.user_id = named.user_id;

    delete from calendar.resources
    using unnest(named_ids) as named (user_id)
    where resources.customer_id = load_afresh.customer_id
        and resources.user_id = named.user_id;
end
$$;
