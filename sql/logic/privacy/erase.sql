-- privacy.erase: deletes what is held about one person, and leaves the counts.
--
-- The row in roster.users stays under a name that only tells who it was to whoever has the key of
-- the pseudonym; what is billed and what was done stand under the user's number, which leads
-- there. One row per table that had rows of the person. With the rights of the owner, for nobody
-- else deletes from the audit. The caller keeps every other run of the customer away.

create function privacy.erase(
    customer_id bigint, user_id bigint, pseudonym text, at timestamptz, erased_by text
)
returns table (table_name text, erasure text, row_count bigint)
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    person privacy.persons;
    place privacy.places;
    assignments text;
    total bigint := 0;
begin
    if exists (
        select from privacy.obstacles(erase.customer_id, erase.user_id, erase.at)
    ) then
        raise exception 'the user is in the roster or on a telephone' using errcode = 'KK002';
    end if;
    select * into strict person from privacy.persons
    where persons.customer_id = erase.customer_id and persons.user_id = erase.user_id;
    for table_name, erasure, row_count in
        select * from privacy.erasure_of(erase.customer_id, erase.user_id) as erasures
        where erasures.erasure <> 'kept'
    loop
        return next;
        total := total + row_count;
    end loop;

    -- So that the loads that brought the bookings still balance.
    perform intake.forget_versions(
        erase.customer_id, '-infinity', array[erase.user_id], erase.at
    );
    -- What a plan would have done to the person's telephone, and when.
    perform privacy.erase_fingerprints(erase.customer_id, erase.user_id);
    for place in
        select * from privacy.places
        where places.erasure in ('deleted', 'emptied')
            and privacy.condition_of(places.found_by) is not null
        order by places.height, places.table_name
    loop
        if place.erasure = 'deleted' then
            execute format(
                'delete from %s where %s', place.oid::regclass,
                privacy.condition_of(place.found_by)
            )
            using
                person.customer_id, person.user_id, person.mail_addresses, person.customer_key,
                person.extensions;
        else
            select string_agg(
                format('%1$I = case when %1$I is not null then %2$s end', attname,
                    privacy.empty_of(atttypid)),
                ', '
            )
            into assignments
            from pg_attribute
            where attrelid = place.oid and attname = any(place.emptied);
            execute format(
                'update %s set %s where %s', place.oid::regclass, assignments,
                privacy.condition_of(place.found_by)
            )
            using
                person.customer_id, person.user_id, person.mail_addresses, person.customer_key,
                person.extensions;
        end if;
    end loop;

    update roster.users
    set
        user_key = 'erased-' || left(erase.pseudonym, 16) || '-' || erase.user_id,
        name = '',
        extension = '00',
        mail_addresses = '{}',
        has_calendar = false,
        has_diversion = false,
        held_from = erase.at
    where users.customer_id = erase.customer_id and users.user_id = erase.user_id;

    insert into audit.erasures (
        customer_id, user_id, erased_at, pseudonym, erased_by, row_count
    )
    values (
        erase.customer_id, erase.user_id, erase.at, erase.pseudonym, erase.erased_by, total
    );
end
$$;
revoke execute on function privacy.erase from public;
grant execute on function privacy.erase to kk_job;
