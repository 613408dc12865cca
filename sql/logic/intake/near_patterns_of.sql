-- intake.near_patterns_of: what looks like a code of a grammar, in a subject that has none (P-24).
--
-- Two patterns, held against subjects as pattern_of is. What the first matches is a near miss for
-- certain: a known code in the wrong place, without its sign or run together with other text; an
-- unknown one of the right shape. What the second matches is one where its second group is one
-- letter away from a code; codes of two letters have no such neighbours.

create function intake.near_patterns_of(grammar jsonb, codes text[])
returns text[]
language sql immutable
as $$
with

lengths as (
    select
        min(length(code)) as shortest,
        max(length(code)) as longest,
        bool_and(code ~ '^[[:alpha:]]+$') as are_letters,
        '{' || min(length(code)) - 1 || ',' || max(length(code)) + 1 || '}' as nearly_as_long,
        '{0,' || max(length(code)) || '}' as no_longer
    from unnest(codes) as code
),

-- What all codes begin with, as NP/ does; two characters at least tell something.
beginning as (
    select left(codes[1], shared.size) as text
    from lengths
    cross join generate_series(2, lengths.shortest - 1) as shared (size)
    where (select bool_and(starts_with(code, left(codes[1], shared.size)))
        from unnest(codes) as code)
    order by shared.size desc
    limit 1
),

parts as (
    select
        lengths.*,
        intake.literal(grammar ->> 'lead') as lead,
        '(?:' || (
            select string_agg(intake.literal(code), '|') from unnest(codes) as code
        ) || ')' as code,
        '(?:' || (
            select string_agg(intake.literal(regexp_replace(code, '[[:punct:]]+$', '')), '|')
            from unnest(codes) as code
        ) || ')' as bare,
        '[' || (
            select string_agg('\' || sign, '') from jsonb_object_keys(grammar -> 'signs') as sign
        ) || ']' as sign,
        (select intake.literal(text) from beginning) as beginning,
        '(?:^|(?<=[[:space:][:punct:]]))' as before,
        '(?=[[:space:][:punct:]]|$)' as after
    from lengths
)

select array[
    '(' || concat_ws('|', variadic case grammar ->> 'sign'
        when 'after' then array[
            before || lead || code || ' ?' || sign,
            '^ ?' || lead || code || after,
            -- of just one length, or any first word with a colon would be one
            case
                when are_letters and shortest = longest
                    then '^ ?' || lead || '[[:alpha:]]{' || shortest || '}' || sign
            end
        ]
        when 'before' then array[
            lead || sign || '?' || code,
            lead || ' ?' || sign || '? ?' || code || after
        ]
        else array[
            before || lead || code,
            '^ ?' || lead || bare || after,
            -- as far as the next white space or punctuation: the rest is not ours to keep
            '^ ?' || lead || beginning || '[^[:space:][:punct:]]' || no_longer || '[[:punct:]]?'
        ]
    end) || ')',
    case
        when shortest < 3 then null
        when grammar ->> 'sign' = 'after'
            then '(^ ?' || lead || '([[:alpha:]]' || nearly_as_long || ') ?' || sign || ')'
        when grammar ->> 'sign' = 'before'
            then '(' || lead || sign || '?([[:alpha:]]' || nearly_as_long || ')' || after || ')'
        else '(^ ?' || lead || '([^[:space:]]' || nearly_as_long || ')' || after || ')'
    end
]
from parts;
$$;
