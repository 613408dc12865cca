-- intake.plain_text: a text in Unicode form C, with every run of white space made one space.
--
-- The zero-width characters U+200B, U+2060 and U+FEFF count as space (domain P-6). So do control
-- characters: what a stranger writes into an invitation is shown on displays and terminals.

create function intake.plain_text(raw text)
returns text
language sql immutable parallel safe
return regexp_replace(
    normalize(raw, nfc) collate "und-x-icu", '[[:space:][:cntrl:]\u200B\u2060\uFEFF]+', ' ', 'g'
);
