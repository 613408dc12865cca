-- intake.near_patterns_of: what looks like a code and is none (domain P-24), through
-- intake.minimised.

begin;
\ir ../fixtures/makers.sql
select plan(9);

-- The subject, the code found in it, and what looks like one.
create function pg_temp.found(subjects text[])
returns table (subject text, code text, near_miss text)
language sql as $$
    delete from staging.bookings;
    select pg_temp.book(
        place::text, '2026-11-23 09:00+01', '2026-11-23 10:00+01', subject => subjects[place]
    )
    from generate_subscripts(subjects, 1) as place;
    select subjects[booking_key::integer], code, near_miss
    from intake.minimised(1, 1, array[1])
    order by booking_key::integer;
$$;

select pg_temp.anna(system => 'trio');
select results_eq(
    $$ select * from pg_temp.found(array[
        'SAM: budget', 'SAM budget', 'sam', 'SÄM: x', 'SV: SAM: x', 'Budget SAM:', 'SAM : x',
        'SAMM: x', 'OBS: x', 'SAMBA', 'Samtal: x', 'Lunch 12:00', 'Re: budget', 'TJA; x', '', null
    ]) $$,
    $$ values
        ('SAM: budget', 'sam', null), ('SAM budget', null, 'sam'), ('sam', null, 'sam'),
        ('SÄM: x', null, 'säm:'), ('SV: SAM: x', null, 'sam:'), ('Budget SAM:', null, 'sam:'),
        ('SAM : x', null, 'sam :'), ('SAMM: x', null, 'samm:'), ('OBS: x', null, 'obs:'),
        ('SAMBA', null, null), ('Samtal: x', null, null), ('Lunch 12:00', null, null),
        ('Re: budget', null, null), ('TJA; x', null, 'tja;'), ('', null, null),
        (null, null, null)
    $$,
    'trio: a code without its sign, in the wrong place, or an unknown one of three letters'
);

select pg_temp.customer('cmg');
select results_eq(
    $$ select * from pg_temp.found(array[
        'NP/M: x', 'NP/X: x', 'NP/M:budget', 'NP/M budget', 'SV: NP/M: x', 'NP/möte x', 'NPM: x',
        'N/M: x', 'NP', 'Npx x', 'Budget'
    ]) $$,
    $$ values
        ('NP/M: x', 'np/m:', null), ('NP/X: x', null, 'np/x:'), ('NP/M:budget', null, 'np/m:'),
        ('NP/M budget', null, 'np/m'), ('SV: NP/M: x', null, 'np/m:'),
        ('NP/möte x', null, 'np/möte'), ('NPM: x', null, 'npm:'), ('N/M: x', null, 'n/m:'),
        ('NP', null, null), ('Npx x', null, null), ('Budget', null, null)
    $$,
    'cmg: whatever begins as codes do, or is one letter away from one'
);

select pg_temp.customer('kalender-push');
select results_eq(
    $$ select * from pg_temp.found(array[
        '&Ferie', 'Drift&Eksport', 'Møte & Ferie', '&Førie', 'Hansen & Co', 'R&D', 'Møte Ole &Per',
        '&Per', 'Møte &+Per', '&Møteplan', 'Advokat &Johansson', '&Fer', 'Hansen & Person'
    ]) $$,
    $$ values
        ('&Ferie', 'ferie', null), ('Drift&Eksport', null, '&eks'), ('Møte & Ferie', null,
        '& ferie'),
        ('&Førie', null, '&førie'), ('Hansen & Co', null, null), ('R&D', null, null),
        ('Møte Ole &Per', 'per', '&per'), ('&Per', 'per', null), ('Møte &+Per', 'per', null),
        ('&Møteplan', null, '&møte'), ('Advokat &Johansson', null, null), ('&Fer', null, '&fer'),
        ('Hansen & Person', null, null)
    $$,
    'kalender-push: codes run together with other words, and a code that is also a name'
);

-- What is not searched.
select pg_temp.customer('trio');
delete from staging.bookings;
select pg_temp.book(
    'p', '2026-11-23 09:00+01', '2026-11-23 10:00+01', sensitivity => 'private',
    subject => 'SAM budget'
);
select pg_temp.book(
    'c', '2026-11-23 09:00+01', '2026-11-23 10:00+01', is_cancelled => true,
    subject => 'SAM budget'
);
select pg_temp.book(
    'd', '2026-11-23 09:00+01', '2026-11-23 10:00+01', response => 'declined',
    subject => 'SAM budget'
);
select is_empty(
    'select booking_key from intake.minimised(1, 1, array[1]) where near_miss is not null',
    'private, cancelled and declined bookings are not searched'
);
select pg_temp.customer('cmg');
select intake.take_in_preferences(1, 1, '{"private": true}', '2026-11-20 08:00+01');
select is_empty(
    'select booking_key from intake.minimised(1, 1, array[1]) where near_miss is not null',
    'nor private ones that the user lets through'
);
select pg_temp.customer('one-x');
select is_empty(
    'select booking_key from intake.minimised(1, 1, array[1]) where near_miss is not null',
    'nor any where nobody uses codes'
);

-- Two grammars at once, and one of the customer's own.
select pg_temp.customer('trio', '{"grammars": {"cmg": "template"}}');
select results_eq(
    $$ select * from pg_temp.found(array['NP/M x', 'SAM x', 'NP/M: x', 'SAM: x']) $$,
    $$ values ('NP/M x', null, 'np/m'), ('SAM x', null, 'sam'), ('NP/M: x', 'np/m:', null),
        ('SAM: x', 'sam', null) $$,
    'two grammars are searched side by side'
);
select pg_temp.customer('one-x', '{"sync": "codes_first",
    "grammars": {"soluno": {"stands": "first", "lead": "", "sign": "after",
        "signs": {":": "direct"}, "then": "anything"}},
    "codes": [{"code": "m", "reason": "meeting"}, {"code": "h", "reason": "time_off"}]}');
select results_eq(
    $$ select * from pg_temp.found(array['m: x', 'h:', 'x: y', 'm x', 'mx: y', 'Re: m: y']) $$,
    $$ values ('m: x', 'm', null), ('h:', 'h', null), ('x: y', null, 'x:'), ('m x', null, 'm'),
        ('mx: y', null, null), ('Re: m: y', null, 'm:') $$,
    'a grammar of the customer''s own is rows, with codes of one letter as well'
);

-- Kept of the subject: the near miss alone, where it stands.
select pg_temp.customer('trio');
delete from staging.bookings;
select pg_temp.book('n', '2026-11-23 09:00+01', '2026-11-23 10:00+01', subject => 'SAM hemligt');
select pg_temp.take_in();
select is(near_miss, 'sam', 'the near miss is kept, and no other word of the subject')
from calendar.bookings;

select * from finish();
rollback;
