-- intake.take_in_customer: makes what a customer file says of the customer itself what counts.
-- Returns the customer's number; what the file said before is kept. Rules are taken in apart
-- (take_in_rule_set).

create function intake.take_in_customer(settings jsonb, at timestamptz, applied_by text)
returns bigint
language plpgsql as $$
#variable_conflict use_column
declare
    number bigint;
begin
    -- One new customer at a time, so that numbers are minted once. Not by a lock on the table: it
    -- would wait for a trial's shadow, and every pass would wait behind it for a fence.
    perform pg_advisory_xact_lock(hashtext('customer.customers'));
    select keys.customer_id into number
    from customer.keys
    where keys.customer_key = settings ->> 'customer';
    if number is null then
        insert into customer.keys (customer_key, customer_id)
        select settings ->> 'customer', coalesce(max(keys.customer_id), 0) + 1
        from customer.keys
        returning keys.customer_id into number;
    end if;

    insert into customer.customers as known (
        customer_id, customer_key, name, time_zone, language, calendars, exchange, presence,
        contract, created_at
    )
    values (
        number,
        settings ->> 'customer',
        settings ->> 'name',
        settings ->> 'timezone',
        settings ->> 'language',
        settings -> 'calendars',
        settings -> 'exchange',
        nullif(settings -> 'presence', 'null'),
        nullif(settings -> 'contract', 'null'),
        at
    )
    on conflict (customer_id) do update set
        name = excluded.name,
        time_zone = excluded.time_zone,
        language = excluded.language,
        calendars = excluded.calendars,
        exchange = excluded.exchange,
        presence = excluded.presence,
        contract = excluded.contract;

    insert into customer.limits as known (
        customer_id, withdrawn_share, withdrawn_share_from, withdrawn_count,
        newly_direct_share, newly_direct_from, newly_direct_count
    )
    select
        number, given.withdrawn_share, given.withdrawn_share_from, given.withdrawn_count,
        given.newly_direct_share, given.newly_direct_from, given.newly_direct_count
    from jsonb_to_record(settings -> 'limits') as given (
        withdrawn_share numeric, withdrawn_share_from integer, withdrawn_count integer,
        newly_direct_share numeric, newly_direct_from integer, newly_direct_count integer
    )
    on conflict (customer_id) do update set
        withdrawn_share = excluded.withdrawn_share,
        withdrawn_share_from = excluded.withdrawn_share_from,
        withdrawn_count = excluded.withdrawn_count,
        newly_direct_share = excluded.newly_direct_share,
        newly_direct_from = excluded.newly_direct_from,
        newly_direct_count = excluded.newly_direct_count;

    delete from customer.retentions
    where retentions.customer_id = number
        and not coalesce(settings -> 'retention', '{}') ? retentions.purpose;
    insert into customer.retentions
    select number, given.key, given.value::integer
    from jsonb_each_text(coalesce(nullif(settings -> 'retention', 'null'), '{}')) as given
    on conflict (customer_id, purpose) do update set months = excluded.months;

    -- A second file at the same instant takes the place of the first.
    if (
        select versions.settings from customer.customer_versions as versions
        where versions.customer_id = number and upper_inf(versions.held_during)
    ) is distinct from take_in_customer.settings then
        update customer.customer_versions as versions
        set held_during = tstzrange(lower(versions.held_during), at)
        where versions.customer_id = number
            and upper_inf(versions.held_during)
            and lower(versions.held_during) < at;
        insert into customer.customer_versions
        select
            number,
            tstzrange(
                greatest(
                    at,
                    max(lower(versions.held_during)) filter (where upper_inf(versions.held_during))
                ), null
            ),
            take_in_customer.settings,
            take_in_customer.applied_by
        from customer.customer_versions as versions
        where versions.customer_id = number
        on conflict (customer_id, held_during) do update set
            settings = excluded.settings, applied_by = excluded.applied_by;
    end if;

    perform intake.name_groups(
        number, coalesce(settings -> 'groups', '[]'), at, take_in_customer.applied_by
    );
    return number;
end
$$;
