-- privacy.erasure_of: what erasing a person would do, table by table.
--
-- One row per table with rows of the person: how many, and whether they are deleted, emptied,
-- renamed or kept.

create function privacy.erasure_of(customer_id bigint, user_id bigint)
returns table (table_name text, erasure text, row_count bigint)
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
    person privacy.persons;
    place privacy.places;
    found bigint;
begin
    select * into person from privacy.persons
    where persons.customer_id = erasure_of.customer_id and persons.user_id = erasure_of.user_id;
    for place in
        select * from privacy.places
        where privacy.condition_of(places.found_by) is not null
        order by places.table_name
    loop
        execute format(
            'select count(*) from %s where %s',
            place.oid::regclass, privacy.condition_of(place.found_by)
        )
        into found
        using
            person.customer_id, person.user_id, person.mail_addresses, person.customer_key,
            person.extensions;
        if found > 0 then
            return query select place.table_name, place.erasure, found;
        end if;
    end loop;
end
$$;
