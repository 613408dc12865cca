-- privacy.erasure_of: what erasing a person would do, table by table.
--
-- One row per table with rows of the person: how many, and whether they are deleted, emptied,
-- renamed or kept.

create function privacy.erasure_of(customer_id bigint, user_id bigint)
returns table (table_name text, erasure text, row_count bigint)
language sql stable
as $$
    select
        held_about.table_name,
        places.erasure,
        jsonb_array_length(held_about.held)::bigint
    from privacy.held_about(erasure_of.customer_id, erasure_of.user_id)
    inner join privacy.places on held_about.table_name = places.table_name
    order by held_about.table_name;
$$;
