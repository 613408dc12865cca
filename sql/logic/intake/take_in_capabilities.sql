-- intake.take_in_capabilities: remembers what a customer's telephone system can express, and that
-- it answers. Where it can express more or less than before, everybody is looked at again; one that
-- has told nothing yet counts as one that can express everything.

create function intake.take_in_capabilities(
    customer_id bigint,
    kinds customer.kind[],
    targets text[],
    has_future_start boolean,
    ends_by_itself boolean,
    end_reach text,
    entries_per_user integer,
    time_grain integer,
    text_length integer,
    has_ring_seconds boolean,
    has_return_time boolean,
    reasons text[],
    default_reason text,
    is_readable boolean,
    at timestamptz
)
returns void
language plpgsql as $$
#variable_conflict use_column
declare
    was_complete boolean := coalesce(
        (
            select exchanges.is_complete from telephony.exchanges
            where exchanges.customer_id = take_in_capabilities.customer_id
        ),
        true
    );
begin
    perform intake.end_outage(take_in_capabilities.customer_id, take_in_capabilities.at);

    insert into telephony.exchanges as known (
        customer_id, kinds, targets, has_future_start, ends_by_itself, end_reach,
        entries_per_user, time_grain, text_length, has_ring_seconds, has_return_time, reasons,
        default_reason, is_readable, learned_at
    )
    values (
        take_in_capabilities.customer_id, take_in_capabilities.kinds,
        take_in_capabilities.targets, take_in_capabilities.has_future_start,
        take_in_capabilities.ends_by_itself, take_in_capabilities.end_reach,
        take_in_capabilities.entries_per_user, take_in_capabilities.time_grain,
        take_in_capabilities.text_length, take_in_capabilities.has_ring_seconds,
        take_in_capabilities.has_return_time, take_in_capabilities.reasons,
        take_in_capabilities.default_reason, take_in_capabilities.is_readable,
        take_in_capabilities.at
    )
    on conflict (customer_id) do update set
        kinds = excluded.kinds,
        targets = excluded.targets,
        has_future_start = excluded.has_future_start,
        ends_by_itself = excluded.ends_by_itself,
        end_reach = excluded.end_reach,
        entries_per_user = excluded.entries_per_user,
        time_grain = excluded.time_grain,
        text_length = excluded.text_length,
        has_ring_seconds = excluded.has_ring_seconds,
        has_return_time = excluded.has_return_time,
        reasons = excluded.reasons,
        default_reason = excluded.default_reason,
        is_readable = excluded.is_readable,
        learned_at = excluded.learned_at
    where (
        known.kinds, known.targets, known.has_future_start, known.ends_by_itself,
        known.end_reach, known.entries_per_user, known.time_grain, known.text_length,
        known.has_ring_seconds, known.has_return_time, known.reasons, known.default_reason,
        known.is_readable
    ) is distinct from (
        excluded.kinds, excluded.targets, excluded.has_future_start, excluded.ends_by_itself,
        excluded.end_reach, excluded.entries_per_user, excluded.time_grain,
        excluded.text_length, excluded.has_ring_seconds, excluded.has_return_time,
        excluded.reasons, excluded.default_reason, excluded.is_readable
    );
    if found and not (
        was_complete
        and (
            select exchanges.is_complete from telephony.exchanges
            where exchanges.customer_id = take_in_capabilities.customer_id
        )
    ) then
        perform intake.touch(
            take_in_capabilities.customer_id, null, 'exchange', take_in_capabilities.at
        );
    end if;
end
$$;
