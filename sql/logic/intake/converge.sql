-- intake.converge: takes away the marks that a pass saw of users who have converged.
--
-- A mark that was made again since stays: it counts its times. Where no times are told, it goes
-- whatever it counts: nobody else makes it.

create function intake.converge(
    customer_id bigint, user_ids bigint[], causes text[], times bigint[]
)
returns void
language sql as $$
    delete from calendar.touched
    using (
        -- In the order in which a load makes marks, so that neither waits for the other for ever.
        select
            marks.user_id,
            marks.cause
        from calendar.touched as marks
        inner join unnest(converge.user_ids, converge.causes, converge.times) as seen (
            user_id, cause, times
        )
            on marks.user_id = seen.user_id
            and marks.cause = seen.cause
            and (marks.times = seen.times or seen.times is null)
        where marks.customer_id = converge.customer_id
        order by marks.user_id, marks.cause
        for update of marks
    ) as converged
    where
        touched.customer_id = converge.customer_id
        and touched.user_id = converged.user_id
        and touched.cause = converged.cause;
$$;
