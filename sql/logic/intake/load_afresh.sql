-- intake.load_afresh: forgets how far the calendars were read, so that the next load reads
-- them whole: of the named users, or of everybody where none are named.
--
-- A load that is under way is of an earlier generation then, and leaves no cursor either. The
-- generation comes first: it waits for a take-in that is about to write the cursor.

create function intake.load_afresh(customer_id bigint, user_ids bigint[])
returns void
language sql as $$
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
