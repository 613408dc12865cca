-- intake.extractions: what may be kept of a user's bookings (domain P-19, P-20).

begin;
\ir ../fixtures/makers.sql
select plan(2);

select pg_temp.anna('{"private": "user_choice", "text_chosen_by": "user"}');
select intake.take_in_preferences(
    1, 1, '{"private": true, "codes_only": true, "text": ["subject"]}', '2026-11-05 08:00+01'
);
select results_eq(
    'select finds_codes, uses_private, text_fields::text[] from intake.extractions',
    $$ values (true, true, '{subject}'::text[]) $$,
    'what the user chose, where users have rules'
);

select pg_temp.customer(
    'one-x', '{"private": "user_choice", "text_chosen_by": "user", "user_rules": false}',
    at => '2026-11-06 08:00+01'
);
select results_eq(
    'select finds_codes, uses_private, text_fields::text[] from intake.extractions',
    $$ values (false, false, '{}'::text[]) $$,
    'and nothing of that where they have none'
);

select * from finish();
rollback;
