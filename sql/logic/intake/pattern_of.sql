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
        -- every opening bracket that Unicode has
        else '(?:^|(?<=[ (\[{'
            || '\u0F3A\u0F3C\u169B\u2045\u207D\u208D\u2308\u230A\u2329\u2768\u276A\u276C'
            || '\u276E\u2770\u2772\u2774\u27C5\u27E6\u27E8\u27EA\u27EC\u27EE\u2983\u2985'
            || '\u2987\u2989\u298B\u298D\u298F\u2991\u2993\u2995\u2997\u29D8\u29DA\u29FC'
            || '\u2E22\u2E24\u2E26\u2E28\u2E55\u2E57\u2E59\u2E5B\u3008\u300A\u300C\u300E'
            || '\u3010\u3014\u3016\u3018\u301A\uFE59\uFE5B\uFE5D\uFF08\uFF3B\uFF5B\uFF5F'
            || '\uFF62'
            || ']))'
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
