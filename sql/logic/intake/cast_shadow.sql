-- intake.cast_shadow: makes a second customer beside the first, as the first one stood at an
-- instant, for a transaction that is taken back. Returns its number, which is negative.
--
-- Of the named users and of all who share a coded booking with them, or of everybody: rules,
-- users, preferences and bookings from the versions that held. Whatever is asked or changed of
-- the shadow then goes through the same views and functions as ever, and waits for nobody: no
-- row of the customer is locked. As it is now where no instant is named. Cursors come along, so
-- that the same calendars are in use.

create function intake.cast_shadow(
    customer_id bigint, as_of timestamptz default null, user_ids bigint[] default null
)
returns bigint
language plpgsql as $$
#variable_conflict use_column
declare
    -- By chance, so that two shadows at one time do not wait for each other.
    shadow_id bigint := -1 - floor(random() * 9e15)::bigint;
    shadow jsonb := jsonb_build_object('customer_id', shadow_id);
    version integer;
    part text;
    among bigint[];
begin
    as_of := coalesce(as_of, 'infinity');
    insert into customer.keys (customer_key, customer_id) values ('shadow ' || shadow_id, shadow_id);
    insert into customer.customers
    select (jsonb_populate_record(
        original, shadow || jsonb_build_object('customer_key', 'shadow ' || shadow_id)
    )).*
    from customer.customers as original
    where original.customer_id = cast_shadow.customer_id;

    -- The rules that held; before the first ones, the first ones.
    select rule_sets.rule_set_version into version
    from customer.rule_sets
    where rule_sets.customer_id = cast_shadow.customer_id
    order by
        lower(held_during) <= as_of desc,
        case when lower(held_during) <= as_of then rule_sets.rule_set_version end desc,
        rule_sets.rule_set_version asc
    limit 1;
    insert into customer.rule_sets
    select (jsonb_populate_record(original, shadow || jsonb_build_object(
        'held_during', tstzrange(lower(original.held_during), null)
    ))).*
    from customer.rule_sets as original
    where original.customer_id = cast_shadow.customer_id
        and original.rule_set_version = version;
    foreach part in array array[
        'show_as_rules', 'office_hours', 'holidays', 'announced_reasons', 'reasons', 'grammars',
        'codes', 'code_signs'
    ] loop
        execute format(
            'insert into customer.%1$I
            select (jsonb_populate_record(original, $1)).*
            from customer.%1$I as original
            where original.customer_id = $2 and original.rule_set_version = $3',
            part
        )
        using shadow, cast_shadow.customer_id, version;
    end loop;

    if user_ids is not null then
        among := user_ids || intake.sharing_codes(cast_shadow.customer_id, as_of, user_ids);
    end if;
    perform intake.cast_shadow_of_users(
        cast_shadow.customer_id, shadow_id, as_of, among
    );
    return shadow_id;
end
$$;
