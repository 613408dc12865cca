-- privacy.held_about: everything that is held about one person, table by table.
--
-- One row per table with any. The tables are those of the catalogue, so that a new one is among
-- them. For the person alone: reasons and text stand as they are.

create function privacy.held_about(customer_id bigint, user_id bigint)
returns table (table_name text, meaning text, purpose text, held jsonb)
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
    person privacy.persons;
    place privacy.places;
    found jsonb;
begin
    select * into person from privacy.persons
    where persons.customer_id = held_about.customer_id and persons.user_id = held_about.user_id;
    for place in
        select * from privacy.places
        where privacy.condition_of(places.found_by) is not null
        order by places.table_name
    loop
        execute format(
            'select jsonb_agg(to_jsonb(held) order by held::text) from %s as held where %s',
            place.oid::regclass, privacy.condition_of(place.found_by)
        )
        into found
        using
            person.customer_id, person.user_id, person.mail_addresses, person.customer_key,
            person.extensions;
        if found is not null then
            return query select place.table_name, place.meaning, place.purpose, found;
        end if;
    end loop;
end
$$;
