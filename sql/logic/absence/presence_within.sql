-- absence.presence_within: what colleagues are to see of each extension at an instant.
--
-- One row per extension with an absence in force, as far as is known of the telephone side: a
-- person's own before the calendar's, then the stricter kind, then the one that lasts longest, as
-- calls have it (switchboard.in_force). The reason is the one that may be told (domain P-14).

create function absence.presence_within(customer_id bigint, as_of timestamptz)
returns table (
    user_id bigint,
    extension text,
    display_name text,
    reason text,
    label text,
    kind customer.kind,
    starts_at timestamptz,
    ends_at timestamptz,
    language text
)
language sql stable
as $$
    with

    in_force as (
        select
            placed.user_id,
            placed.extension,
            placed.announced_reason as reason,
            placed.kind,
            placed.starts_at,
            placed.ends_at,
            false as is_own
        from telephony.placed
        where
            placed.customer_id = presence_within.customer_id
            and placed.starts_at <= presence_within.as_of
            and placed.ends_at > presence_within.as_of

        union all

        select
            shown.user_id,
            shown.extension,
            coalesce(shown.announced_reason, shown.reason),
            shown.kind,
            shown.starts_at,
            shown.ends_at,
            true
        from telephony.shown
        where
            shown.customer_id = presence_within.customer_id
            and shown.origin <> 'calendar'
            and shown.starts_at <= presence_within.as_of
            and shown.ends_at > presence_within.as_of
    )

    select distinct on (in_force.user_id, in_force.extension)
        in_force.user_id,
        in_force.extension,
        phones.name,
        in_force.reason,
        case phones.language
            when 'no' then reasons.label_no
            when 'en' then reasons.label_en
            else reasons.label_sv
        end,
        in_force.kind,
        in_force.starts_at,
        in_force.ends_at,
        phones.language
    from in_force
    inner join absence.phones
        on phones.customer_id = presence_within.customer_id
        and in_force.user_id = phones.user_id
    left join absence.reasons
        on reasons.customer_id = presence_within.customer_id
        and in_force.reason = reasons.reason
    order by
        in_force.user_id asc,
        in_force.extension asc,
        in_force.is_own desc,
        in_force.kind desc,
        in_force.ends_at desc;
$$;
