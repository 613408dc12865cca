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
language sql as $$
    select pg_advisory_xact_lock(intake.load_afresh_lock(load_afresh.customer_id));

    update roster.calendars
    set generation = generation + 1
    where calendars.customer_id = load_afresh.customer_id
        and (load_afresh.user_ids is null or calendars.user_id = any(load_afresh.user_ids));

    update calendar.cursors
    set cursor = null
    where cursors.customer_id = load_afresh.customer_id
        and (load_afresh.user_ids is null or cursors.user_id = any(load_afresh.user_ids));

    delete from calendar.resources
    where resources.customer_id = load_afresh.customer_id
        and (load_afresh.user_ids is null or resources.user_id = any(load_afresh.user_ids));
$$;
