-- intake.extractions_of: what may be kept of some users' bookings.
--
-- A function, so that whoever joins it with a stage asks for these users by index, whatever the
-- planner thinks of the stage.

create function intake.extractions_of(customer_id bigint, user_ids bigint[])
returns setof intake.extractions
language plpgsql stable rows 1000
set enable_nestloop = on
as $$
begin
    return query
    select *
    from intake.extractions
    where extractions.customer_id = extractions_of.customer_id
        and extractions.user_id = any(extractions_of.user_ids);
end
$$;
