-- intake.minimised: staged bookings with codes found and text dropped that no rule shows.
--
-- One row per staged booking. Of a private booking that is not used only its id, its times
-- and whether it counts at all are kept; no text of a private booking is ever kept
-- (domain P-19, P-20). The mark is a hash of what is kept: two loads that agree on it write
-- nothing, whatever else changed in the calendar.

create view intake.minimised as

with

read_bookings as (
    select
        bookings.*,
        extractions.rule_set_version,
        extractions.text_fields,
        extractions.time_zone,
        bookings.sensitivity in ('private', 'confidential') as is_private,
        bookings.sensitivity in ('private', 'confidential')
        and not extractions.uses_private as is_unused,
        case
            when
                extractions.finds_codes
                and (
                    bookings.sensitivity in ('normal', 'personal') or extractions.uses_private
                )
                then intake.plain_text(bookings.subject) collate "und-x-icu"
        end as coded_subject
    from staging.bookings
    inner join intake.extractions
        on bookings.customer_id = extractions.customer_id
        and bookings.user_id = extractions.user_id
),

coded_bookings as (
    select
        read_bookings.*,
        found.code,
        found.pattern,
        codes.reason as code_reason,
        coalesce(code_signs.kind, found.kind) as code_kind,
        -- never of a private one (domain P-20); a doubtful code counts, and is listed (P-24)
        case
            when
                read_bookings.is_private or read_bookings.is_cancelled
                or read_bookings.response = 'declined' then null
            when found.pattern is null then near.token
            when
                codes.is_doubtful
                and found.sign is null
                and regexp_instr(lower(read_bookings.coded_subject), found.pattern) > 1
                then regexp_substr(lower(read_bookings.coded_subject), found.pattern)
        end as near_miss
    from read_bookings
    -- The first code and the first sign count, wherever each stands (domain P-6); of two
    -- grammars the one whose code stands first.
    left join lateral (
        select
            grammars.grammar,
            grammars.pattern,
            grammars.kind,
            (array_remove(array_agg(
                coalesce(
                    matches.groups[grammars.code_groups[1]], matches.groups[grammars.code_groups[2]]
                )
                order by matches.place
            ), null))[1] as code,
            (array_remove(array_agg(
                matches.groups[nullif(grammars.sign_group, 0)] order by matches.place
            ), null))[1] as sign
        from customer.grammars
        cross join
            regexp_matches(
                lower(read_bookings.coded_subject), grammars.pattern, 'g'
            ) with ordinality as matches (groups, place)
        where
            grammars.customer_id = read_bookings.customer_id
            and grammars.rule_set_version = read_bookings.rule_set_version
            and read_bookings.coded_subject is not null
        group by grammars.grammar, grammars.pattern, grammars.kind
        order by
            regexp_instr(lower(read_bookings.coded_subject), grammars.pattern), grammars.grammar
        limit 1
    ) as found on true
    left join customer.codes
        on read_bookings.customer_id = codes.customer_id
        and read_bookings.rule_set_version = codes.rule_set_version
        and found.grammar = codes.grammar
        and found.code = codes.code
    left join customer.code_signs
        on read_bookings.customer_id = code_signs.customer_id
        and read_bookings.rule_set_version = code_signs.rule_set_version
        and found.grammar = code_signs.grammar
        and found.sign = code_signs.sign
    left join lateral (
        select trim(matches.groups[1]) as token
        from customer.grammars
        cross join unnest(grammars.near_patterns) with ordinality as looks (pattern, number)
        cross join
            regexp_matches(
                lower(read_bookings.coded_subject), looks.pattern, 'g'
            ) with ordinality as matches (groups, place)
        where
            grammars.customer_id = read_bookings.customer_id
            and grammars.rule_set_version = read_bookings.rule_set_version
            and read_bookings.coded_subject is not null
            and not read_bookings.is_private
            and found.pattern is null
            and (
                looks.number = 1
                or exists (
                    select from customer.codes as near_codes
                    where
                        near_codes.customer_id = grammars.customer_id
                        and near_codes.rule_set_version = grammars.rule_set_version
                        and near_codes.grammar = grammars.grammar
                        and levenshtein_less_equal(near_codes.code, matches.groups[2], 1) <= 1
                )
            )
        order by grammars.grammar, looks.number, matches.place
        limit 1
    ) as near on true
),

kept_bookings as (
    select
        customer_id,
        load_id,
        user_id,
        calendar_id,
        resource_key,
        booking_key,
        coalesce(
            date_trunc('second', starts_at), intake.instant_of(start_date::timestamp, time_zone)
        ) as starts_at,
        coalesce(
            date_trunc('second', ends_at), intake.instant_of(end_date::timestamp, time_zone)
        ) as ends_at,
        start_date,
        end_date,
        case when not is_unused then show_as end as show_as,
        sensitivity,
        case when not is_unused or response = 'declined' then response end as response,
        is_cancelled,
        -- a bare sign is a code as well: the default reason with that kind (domain P-7)
        case when pattern is not null then coalesce(code, '') end as code,
        code_reason,
        code_kind,
        near_miss,
        -- what is cancelled or declined gives nothing, whatever the rules say
        case
            when not is_private and not is_cancelled and response <> 'declined'
                then nullif(concat_ws(
                    ', ',
                    case
                        when 'subject' = any(text_fields)
                            then nullif(trim(intake.plain_text(case
                                when pattern is null then subject
                                else regexp_replace(
                                    coded_subject, pattern, '', 'gi'
                                )
                            end)), '')
                    end,
                    case
                        when 'location' = any(text_fields)
                            then nullif(trim(intake.plain_text(location)), '')
                    end,
                    case
                        when 'body' = any(text_fields)
                            then nullif(trim(intake.plain_text(body)), '')
                    end
                ), '')
        end as shown_text,
        is_choice and not is_unused as is_choice,
        is_choice_skip and not is_unused as is_choice_skip,
        case when not is_unused then choice_reason end as choice_reason,
        case when not is_unused then choice_kind end as choice_kind,
        rule_set_version
    from coded_bookings
)

select
    *,
    substr(sha256(convert_to((
        jsonb_build_array(
            calendar_id, booking_key, extract(epoch from starts_at),
            extract(epoch from ends_at), start_date - date '2000-01-01',
            end_date - date '2000-01-01', show_as, sensitivity, response, is_cancelled, code,
            code_reason, code_kind, shown_text, is_choice, is_choice_skip, choice_reason,
            choice_kind
        )
        -- Only where there is one, so that the marks of all others are as they were.
        || case when near_miss is null then '[]' else jsonb_build_array(near_miss) end
    )::text, 'UTF8')), 1, 16) as mark
from kept_bookings;
