-- absence.reasons: the reasons that a customer's rules know.

begin;
\ir ../fixtures/makers.sql
select plan(2);

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

select * from finish();
rollback;
