-- intake.minimised: what some users' staged bookings are once codes are found and all text is
-- dropped that no rule shows.
--
-- One row per staged booking, without those that end before they begin. Of a private booking
-- that is not used only its id, its times and whether it counts at all are kept; no text of a
-- private booking is ever kept (domain P-19, P-20). Each subject is searched for codes once, in
-- whosever calendars it stands, and where nobody uses codes none is. The rows stand between the
-- first and the last one in the stage.

create function intake.minimised(
    customer_id bigint,
    load_id bigint,
    user_ids bigint[],
    first_row tid default '(0,0)',
    last_row tid default '(4294967294,0)'
)
returns table (
    user_id bigint,
    calendar_id integer,
    resource_key text,
    booking_key text,
    starts_at timestamptz,
    ends_at timestamptz,
    start_date date,
    end_date date,
    show_as customer.show_as,
    sensitivity customer.sensitivity,
    response customer.response,
    is_cancelled boolean,
    code text,
    code_reason text,
    code_kind customer.kind,
    near_miss text,
    shown_text text,
    is_choice boolean,
    is_choice_skip boolean,
    choice_reason text,
    choice_kind customer.kind,
    rule_set_version integer
)
language sql stable as $$
    with

    extractions as materialized (
        select * from intake.extractions_of(minimised.customer_id, minimised.user_ids)
    ),

    subjects as (
        select distinct extractions.customer_id, extractions.rule_set_version, bookings.subject
        from staging.bookings
        inner join extractions
            on bookings.customer_id = extractions.customer_id
            and bookings.user_id = extractions.user_id
            and extractions.finds_codes
        where
            bookings.customer_id = minimised.customer_id
            and bookings.load_id = minimised.load_id
            and bookings.ctid between minimised.first_row and minimised.last_row
            and bookings.subject is not null
            and (bookings.sensitivity < 'private' or extractions.uses_private)
    ),

    plain_subjects as materialized (
        select
            subjects.*,
            intake.plain_text(subject) collate "und-x-icu" as plain_subject,
            lower(intake.plain_text(subject) collate "und-x-icu") as lower_subject
        from subjects
    ),

    coded_subjects as materialized (
        select
            plain_subjects.subject,
            plain_subjects.plain_subject,
            found.pattern,
            -- a bare sign is a code as well: the default reason with that kind (domain P-7)
            case when found.pattern is not null then coalesce(found.code, '') end as code,
            codes.reason as code_reason,
            coalesce(code_signs.kind, found.kind) as code_kind,
            -- a doubtful code counts, and is listed (domain P-24)
            case
                when found.pattern is null then near.token
                when
                    codes.is_doubtful
                    and found.sign is null
                    and regexp_instr(plain_subjects.lower_subject, found.pattern) > 1
                    then regexp_substr(plain_subjects.lower_subject, found.pattern)
            end as near_miss
        from plain_subjects
        -- The first code and the first sign count, wherever each stands (domain P-6); of two
        -- grammars the one whose code stands first.
        left join lateral (
            select
                grammars.grammar,
                grammars.pattern,
                grammars.kind,
                (array_remove(array_agg(
                    coalesce(
                        matches.groups[grammars.code_groups[1]],
                        matches.groups[grammars.code_groups[2]]
                    )
                    order by matches.place
                ), null))[1] as code,
                (array_remove(array_agg(
                    matches.groups[nullif(grammars.sign_group, 0)] order by matches.place
                ), null))[1] as sign
            from customer.grammars
            cross join
                regexp_matches(
                    plain_subjects.lower_subject, grammars.pattern, 'g'
                ) with ordinality as matches (groups, place)
            where
                grammars.customer_id = plain_subjects.customer_id
                and grammars.rule_set_version = plain_subjects.rule_set_version
            group by grammars.grammar, grammars.pattern, grammars.kind
            order by
                regexp_instr(plain_subjects.lower_subject, grammars.pattern), grammars.grammar
            limit 1
        ) as found on true
        left join customer.codes
            on plain_subjects.customer_id = codes.customer_id
            and plain_subjects.rule_set_version = codes.rule_set_version
            and found.grammar = codes.grammar
            and found.code = codes.code
        left join customer.code_signs
            on plain_subjects.customer_id = code_signs.customer_id
            and plain_subjects.rule_set_version = code_signs.rule_set_version
            and found.grammar = code_signs.grammar
            and found.sign = code_signs.sign
        left join lateral (
            select trim(matches.groups[1]) as token
            from customer.grammars
            cross join unnest(grammars.near_patterns) with ordinality as looks (pattern, number)
            cross join
                regexp_matches(
                    plain_subjects.lower_subject, looks.pattern, 'g'
                ) with ordinality as matches (groups, place)
            where
                grammars.customer_id = plain_subjects.customer_id
                and grammars.rule_set_version = plain_subjects.rule_set_version
                and found.pattern is null
                and (
                    looks.number = 1
                    or exists (
                        select from customer.codes as near_codes
                        where
                            near_codes.customer_id = grammars.customer_id
                            and near_codes.rule_set_version = grammars.rule_set_version
                            and near_codes.grammar = grammars.grammar
                            and levenshtein_less_equal(
                                near_codes.code, matches.groups[2], 1
                            ) <= 1
                    )
                )
            order by grammars.grammar, looks.number, matches.place
            limit 1
        ) as near on true
    ),

    read_bookings as (
        select
            bookings.*,
            extractions.rule_set_version,
            extractions.text_fields,
            extractions.time_zone,
            coded_subjects.plain_subject,
            coded_subjects.pattern,
            coded_subjects.code,
            coded_subjects.code_reason,
            coded_subjects.code_kind,
            coded_subjects.near_miss,
            bookings.sensitivity >= 'private' and not extractions.uses_private as is_unused,
            -- what is cancelled or declined gives nothing, whatever the rules say, and of what is
            -- private nothing is ever shown (domain P-20)
            bookings.sensitivity < 'private'
            and not bookings.is_cancelled
            and bookings.response <> 'declined' as is_shown,
            -- what is so in the raw is so in whole seconds, and on any wall
            bookings.starts_at <= bookings.ends_at
            or bookings.start_date <= bookings.end_date as is_forward
        from staging.bookings
        inner join extractions
            on bookings.customer_id = extractions.customer_id
            and bookings.user_id = extractions.user_id
        left join coded_subjects
            on case
                when
                    extractions.finds_codes
                    and (bookings.sensitivity < 'private' or extractions.uses_private)
                    then bookings.subject
            end = coded_subjects.subject
        where
            bookings.customer_id = minimised.customer_id
            and bookings.load_id = minimised.load_id
            and bookings.ctid between minimised.first_row and minimised.last_row
    ),

    kept_bookings as (
        select
            user_id,
            calendar_id,
            resource_key,
            booking_key,
            coalesce(
                intake.whole_seconds(starts_at),
                intake.instant_of(start_date::timestamp, time_zone)
            ) as starts_at,
            coalesce(
                intake.whole_seconds(ends_at),
                intake.instant_of(end_date::timestamp, time_zone)
            ) as ends_at,
            start_date,
            end_date,
            case when not is_unused then show_as end as show_as,
            sensitivity,
            case when not is_unused or response = 'declined' then response end as response,
            is_cancelled,
            code,
            code_reason,
            code_kind,
            case when is_shown then near_miss end as near_miss,
            case
                when is_shown and text_fields <> '{}'
                    then nullif(concat_ws(
                        ', ',
                        case
                            when 'subject' = any(text_fields)
                                then nullif(trim(intake.plain_text(case
                                    when pattern is null then subject
                                    else regexp_replace(plain_subject, pattern, '', 'gi')
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
            rule_set_version,
            is_forward
        from read_bookings
    )

    select
        user_id,
        calendar_id,
        resource_key,
        booking_key,
        starts_at,
        ends_at,
        start_date,
        end_date,
        show_as,
        sensitivity,
        response,
        is_cancelled,
        code,
        code_reason,
        code_kind,
        near_miss,
        shown_text,
        is_choice,
        is_choice_skip,
        choice_reason,
        choice_kind,
        rule_set_version
    from kept_bookings
    where is_forward or starts_at <= ends_at;
$$;
