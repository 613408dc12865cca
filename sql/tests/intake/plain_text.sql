-- intake.plain_text: Unicode form C, white space made plain (domain P-6).

begin;
\ir ../fixtures/makers.sql
select plan(4);

select is(
    intake.plain_text(E'TJA\u0308: hos\tkund'), 'TJÄ: hos kund',
    'composed and decomposed are the same'
);
select is(
    intake.plain_text(E'a\u00a0\u2003\u200b\u2060\ufeff b\r\n\u3000c'), 'a b c',
    'every white space of Unicode, and the zero-width ones, count as space'
);
select is(intake.plain_text(''), '', 'an empty text stays empty');
select is(intake.plain_text(null), null, 'no text stays none');

select * from finish();
rollback;
