-- billing.take_in_contract: makes what a customer file says of the contract what counts from now
-- on. Returns the number of the contract; null where the file says nothing, or nothing new.
--
-- A later start, once days of the contract were counted, is another contract that follows it.
-- What invoices were closed by stays: term, start and periods (KK005).

create function billing.take_in_contract(
    customer_id bigint, settings jsonb, applied_by text, at timestamptz
)
returns integer
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
    known ledger.contracts;
    starts date := settings ->> 'starts';
    follows boolean;
    frozen boolean;
begin
    select * into known
    from ledger.contracts
    where contracts.customer_id = take_in_contract.customer_id
        and upper_inf(contracts.held_during)
    order by contracts.contract_number desc
    limit 1;
    if settings is null or known.settings = settings then
        return null;
    end if;
    if not exists (
        select from ledger.price_lists
        where price_lists.term = settings ->> 'term' and price_lists.valid_from_date <= starts
    ) then
        raise exception 'no price list was valid when the contract starts'
            using errcode = 'KK005';
    end if;

    frozen := exists (
        select from ledger.invoices
        where invoices.customer_id = take_in_contract.customer_id
            and invoices.contract_number = known.contract_number
    );
    follows := known.starts_date < starts and exists (
        select from ledger.counted_days as days
        where days.customer_id = take_in_contract.customer_id
            and days.day_date >= known.starts_date and days.day_date < starts
    );
    if follows or known.contract_number > 1 then
        if not exists (
            select from billing.contracts_known(take_in_contract.customer_id, 'infinity') as before
            where before.contract_number
                = known.contract_number - case when follows then 0 else 1 end
                and starts > before.starts_date
                and (
                    starts = billing.month_start(
                        before.starts_date, before.periods,
                        billing.month_of(before.starts_date, before.periods, starts)
                    )
                    or not before.is_replaced
                    and starts >= billing.month_start(
                        before.starts_date, before.periods, before.last_month + 1
                    )
                )
        ) then
            raise exception 'another contract follows only after a whole month of the one before'
                using errcode = 'KK005';
        end if;
    end if;
    if not follows and frozen and (
        settings -> 'term', settings -> 'starts', coalesce(settings ->> 'periods', 'contract')
    ) is distinct from (
        known.settings -> 'term', known.settings -> 'starts',
        coalesce(known.settings ->> 'periods', 'contract')
    ) then
        raise exception 'invoices are closed by its term, start and periods, which stay'
            using errcode = 'KK005';
    end if;

    if known.contract_number is not null and not follows then
        -- A second version at the same instant takes the place of the first.
        delete from ledger.contracts
        where contracts.customer_id = take_in_contract.customer_id
            and contracts.contract_number = known.contract_number
            and contracts.contract_version = known.contract_version
            and lower(contracts.held_during) >= take_in_contract.at;
        update ledger.contracts
        set held_during = tstzrange(lower(contracts.held_during), take_in_contract.at)
        where contracts.customer_id = take_in_contract.customer_id
            and contracts.contract_number = known.contract_number
            and upper_inf(contracts.held_during);
    end if;
    insert into ledger.contracts (
        customer_id, contract_number, contract_version, starts_date, notice_date, settings,
        held_during, applied_by
    )
    values (
        take_in_contract.customer_id,
        coalesce(known.contract_number, 0)
        + case when known.contract_number is null or follows then 1 else 0 end,
        case when follows then 1 else coalesce(known.contract_version, 0) + 1 end,
        starts,
        (settings ->> 'notice')::date,
        settings,
        tstzrange(greatest(take_in_contract.at, lower(known.held_during)), null),
        take_in_contract.applied_by
    );
    return coalesce(known.contract_number, 0)
        + case when known.contract_number is null or follows then 1 else 0 end;
end
$$;
