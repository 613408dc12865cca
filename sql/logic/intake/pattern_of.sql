-- intake.pattern_of: the regular expression of a grammar for codes in subjects (domain P-6).
--
-- The grammar says where a code stands ("first", "anywhere"), what leads it, where its sign
-- stands ("before", "after", "none") and what may follow ("anything", "space", "word_end").
-- Groups: with the sign before, 1 is the sign and 2 or 3 the code; with the sign after, 1 is
-- the code and 2 the sign. The subject that it is held against is in lower case and form C.

create function intake.pattern_of(grammar jsonb, codes text[])
returns text
language sql immutable
as $$
with

parts as (
    select
        -- longest first is not needed: the longest match wins
        '(' || (
            select string_agg(intake.literal(code), '|') from unnest(codes) as code
        ) || ')' as code,
        '([' || (
            select string_agg('\' || sign, '')
            from jsonb_object_keys(grammar -> 'signs') as sign
        ) || '])' as sign,
        intake.literal(grammar ->> 'lead') as lead
)

select
    case grammar ->> 'stands'
        when 'first' then '^ ?'
        else '(?:^|(?<=[ (\[{]))'
    end
    || lead
    || case grammar ->> 'sign'
        when 'before' then '(?:' || sign || code || '?|' || code || ')'
        when 'after' then code || sign
        else code
    end
    || case grammar ->> 'then'
        when 'anything' then ''
        when 'space' then '(?= |$)'
        else '(?=[[:space:][:punct:]]|$)'
    end
from parts;
$$;
