-- intake.pattern_of: where codes stand in a subject (domain P-6), through intake.minimised.

begin;
\ir ../fixtures/makers.sql
select plan(4);

-- The subject, and the code, reason and kind found in it.
create function pg_temp.found(subjects text[])
returns table (subject text, code text, code_reason text, code_kind text)
language sql as $$
    delete from staging.bookings;
    select pg_temp.book(
        place::text, '2026-11-23 09:00+01', '2026-11-23 10:00+01', subject => subjects[place]
    )
    from generate_subscripts(subjects, 1) as place;
    select subjects[booking_key::integer], code, code_reason, code_kind::text
    from intake.minimised(1, 1, array[1])
    order by booking_key::integer;
$$;

select pg_temp.anna(system => 'trio');
select results_eq(
    $$ select * from pg_temp.found(array[
        'SAM: budget', 'sam;budget', E'\u00a0 TJÄ:', E'TJA\u0308:', 'Budget SAM:', 'SAM budget',
        'SAMT: x', 'ABC: x', '', null
    ]) $$,
    $$ values
        ('SAM: budget', 'sam', 'meeting', 'direct'), ('sam;budget', 'sam', 'meeting',
        'information'),
        (E'\u00a0 TJÄ:', 'tjä', 'errand', 'direct'), (E'TJA\u0308:', 'tjä', 'errand', 'direct'),
        ('Budget SAM:', null, null, null), ('SAM budget', null, null, null),
        ('SAMT: x', null, null, null), ('ABC: x', null, null, null), ('', null, null, null),
        (null, null, null, null)
    $$,
    'trio: first, then a colon or a semicolon, in any case and form'
);

select pg_temp.customer('cmg');
select results_eq(
    $$ select * from pg_temp.found(array[
        'NP/M: budget', 'np/tr:', 'NP/T:budget', 'x NP/M: y', 'NP/TR: Oslo', 'NPXM: y'
    ]) $$,
    $$ values
        ('NP/M: budget', 'np/m:', 'meeting', 'direct'),
        ('np/tr:', 'np/tr:', 'business_trip', 'direct'),
        ('NP/T:budget', null, null, null), ('x NP/M: y', null, null, null),
        ('NP/TR: Oslo', 'np/tr:', 'business_trip', 'direct'), ('NPXM: y', null, null, null)
    $$,
    'cmg: first, then a space or the end; punctuation in a code means itself'
);

select pg_temp.customer('kalender-push');
select results_eq(
    $$ select * from pg_temp.found(array[
        'Salgsmøte i Tyskland &For', '&+ferie', '(&-Ferie)', 'Møte &Ute til lunch, kl 12',
        'Møte & lunch', 'R&For', '&Forr', 'Viktig &Ferie &+', '&+ i dag', '&Per &Syk', '&-xyz'
    ]) $$,
    $$ values
        ('Salgsmøte i Tyskland &For', 'for', 'business_trip', null),
        ('&+ferie', 'ferie', 'vacation', 'direct'), ('(&-Ferie)', 'ferie', 'vacation',
        'information'),
        ('Møte &Ute til lunch, kl 12', 'ute til lunch', 'lunch', null),
        ('Møte & lunch', null, null, null), ('R&For', null, null, null), ('&Forr', null, null,
        null),
        ('Viktig &Ferie &+', 'ferie', 'vacation', 'direct'), ('&+ i dag', '', null, 'direct'),
        ('&Per &Syk', 'per', 'leave', null), ('&-xyz', null, null, null)
    $$,
    'kalender-push: anywhere after space or a bracket, the longest code, the first code and sign'
);

select pg_temp.customer('trio', '{"codes": [{"code": "A.B", "reason": "course"},
    {"code": "sam", "reason": "lunch"}]}');
select results_eq(
    $$ select * from pg_temp.found(array['a.b: x', 'axb: x', 'SAM: x']) $$,
    $$ values
        ('a.b: x', 'a.b', 'course', 'direct'), ('axb: x', null, null, null),
        ('SAM: x', 'sam', 'lunch', 'direct')
    $$,
    'a customer''s own codes are added, and win over the template''s'
);

select * from finish();
rollback;
