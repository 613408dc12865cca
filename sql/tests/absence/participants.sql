-- absence.participants: users with the rules that count for them (domain P-1, P-16).

begin;
\ir ../fixtures/makers.sql
select plan(8);

select pg_temp.customer('one-x');
select pg_temp.stage_user('anna', '101');
select pg_temp.stage_user('bo', '102', has_calendar => false);
select pg_temp.stage_user('cia', '103');
select pg_temp.stage_user('dan', '104', has_calendar => false);
select pg_temp.take_in_roster();
select intake.take_in_preferences(1, 3, '{"enabled": false}', '2026-11-02 08:00+01');
select intake.take_in_preferences(1, 4, '{"enabled": true}', '2026-11-02 08:00+01');

select results_eq(
    'select user_id, why_not from absence.participants order by user_id',
    $$ values
        (1::bigint, null::text),
        (2::bigint, 'user_without_service'),
        (3::bigint, 'user_disabled'),
        (4::bigint, 'user_without_service')
    $$,
    'the service lets a user in, a wish alone does not, and whoever switched off stays out'
);

select pg_temp.customer('one-x', '{"enabled_by_default": true}', at => '2026-11-03 08:00+01');

select results_eq(
    'select user_id, why_not from absence.participants order by user_id',
    $$ values
        (1::bigint, null::text), (2::bigint, null), (3::bigint, 'user_disabled'),
        (4::bigint, null)
    $$,
    'where everybody is in, only those who switched off are not'
);

select pg_temp.stage_user('anna', '101');
select pg_temp.take_in_roster('2026-11-04 08:00+01');

select set_eq(
    $$ select user_id from absence.participants where why_not = 'user_without_service' $$,
    array[2, 3, 4]::bigint[],
    'whoever left the roster has no service'
);

select intake.take_in_preferences(
    1,
    1,
    '{"default_reason": "errand", "no_diversion": true, "free": true, "tentative": true,
    "private": true, "codes_only": true, "text": ["subject"], "language": "no"}',
    '2026-11-05 08:00+01'
);

select results_eq(
    $$ select default_reason, has_no_diversion, uses_free, uses_tentative, uses_private,
        is_codes_only, language
       from absence.participants where user_id = 1 $$,
    $$ values ('errand', true, true, true, false, true, 'no') $$,
    'a user''s own rules count, but for private bookings where the customer never uses them'
);
select
    ok(
        not shows_text,
        'a user does not choose the text where the administrator does'
    )
from absence.participants where user_id = 1;

select pg_temp.customer('one-x', '{"private": "user_choice", "text_chosen_by": "user"}');

select results_eq(
    'select uses_private, shows_text from absence.participants where user_id = 1',
    $$ values (true, true) $$,
    'private bookings and text are a user''s choice where the customer says so'
);

select pg_temp.customer('one-x', '{"private": "user_choice", "text_chosen_by": "user",
    "user_rules": false}');

select results_eq(
    $$ select default_reason, has_no_diversion, uses_free, uses_tentative, uses_private,
        is_codes_only, shows_text, language
       from absence.participants where user_id = 1 $$,
    $$ values ('meeting', false, false, false, false, false, false, 'no') $$,
    'without user rules only the language of them counts'
);

select intake.take_in_preferences(1, 1, '{"enabled": false}', '2026-11-06 08:00+01');

select
    is(
        why_not, 'user_disabled', 'switching off counts also without user rules'
    )
from absence.participants where user_id = 1;

select * from finish();
rollback;
