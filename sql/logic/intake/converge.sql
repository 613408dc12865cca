-- intake.converge: takes away the marks that a pass saw of users who have converged.
--
-- A mark that was made again since stays: it counts its times.

create function intake.converge(
    customer_id bigint, user_ids bigint[], causes text[], times bigint[]
)
returns void
language sql as $$
    delete from calendar.touched
    using unnest(converge.user_ids, converge.causes, converge.times) as seen (
        user_id, cause, times
    )
    where
        touched.customer_id = converge.customer_id
        and touched.user_id = seen.user_id
        and touched.cause = seen.cause
        and touched.times = seen.times;
$$;
