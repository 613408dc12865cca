-- absence.reasons: the reasons that a customer's rules know.

begin;
\ir ../fixtures/makers.sql
select plan(3);

select pg_temp.customer('one-x');
select pg_temp.customer('one-x', '{"reasons": {
    "meeting": {"sv": "Sammanträde", "no": "Møte", "en": "Meeting", "phone_code": "9"},
    "parental": {"sv": "Föräldraledig", "no": "Foreldreperm", "en": "Parental leave"}
}}', at => '2026-11-02 08:00+01');

select results_eq(
    $$ select reason, phone_code, label_sv from absence.reasons
       where reason in ('meeting', 'parental', 'business_trip') order by reason $$,
    $$ values
        ('business_trip', 'Tjänsteresa', 'Tjänsteresa'), ('meeting', '9', 'Sammanträde'),
        ('parental', null, 'Föräldraledig')
    $$,
    'the customer''s own are added to the template''s, and replace those of the same name'
);
select is(count(*), 18::bigint, 'each once, of the version in force') from absence.reasons;

-- The telephone sides that have codes of one digit.
select pg_temp.customer('cmg', '{}', 2);
select pg_temp.customer('trio', '{}', 3);
select results_eq(
    $$ select customer_id, string_agg(phone_code || ' ' || reason, ', ' order by phone_code)
       from absence.reasons where customer_id > 1 group by customer_id order by customer_id $$,
    $$ values
        (2::bigint, '0 lunch, 1 gone_for_the_day, 2 errand, 3 meeting, 4 business_trip, '
        '5 course, 6 vacation, 7 sick_child, 8 busy, 9 sick'),
        (3, '2 errand, 3 meeting, 6 vacation, 7 time_off')
    $$,
    'the codes that a telephone side has for reasons'
);

select * from finish();
rollback;
