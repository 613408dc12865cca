-- intake.judged_settings: which changes of rules need text that was not kept (domain P-20).

begin;
\ir ../fixtures/makers.sql
select plan(8);

create function pg_temp.not_judged(settings jsonb, system text default 'cmg')
returns text
language sql as $$
    select array_to_string(not_judged, ' ')
    from intake.judged_settings(1, not_judged.system, settings);
$$;

select pg_temp.anna(system => 'cmg');
select is(pg_temp.not_judged('{}'), '', 'the same rules can be judged');
select is(
    pg_temp.not_judged('{"merge_gap": 300, "show_as": {"busy": "skip"}, "sync": "codes_only",
        "private": "never", "user_rules": false, "announce_as": {"sick": "away"}}'),
    '', 'so can rules that need less of a booking, or nothing of its text'
);
select is(
    pg_temp.not_judged('{"text": ["subject"], "text_chosen_by": "administrator",
        "codes": [{"code": "NP/U:", "reason": "course"}]}'),
    'codes text text_chosen_by', 'more text, and other codes, need what was not kept'
);
select results_eq(
    $$ select judged from intake.judged_settings(1, 'cmg',
        '{"text": ["subject"], "merge_gap": 300}') $$,
    $$ values ('{"text": [], "merge_gap": 300}'::jsonb) $$,
    'what cannot be judged stays as it is in force'
);
select is(
    pg_temp.not_judged('{}', 'trio'), 'codes grammars text_chosen_by',
    'another system has other codes'
);

select pg_temp.customer('trio', '{"sync": "show_as", "text": ["subject", "body"]}');
select is(
    pg_temp.not_judged('{"text": []}', 'trio'), 'sync', 'no text at all can be judged, codes not'
);
select is(
    pg_temp.not_judged(
        '{"sync": "show_as", "private": "user_choice", "user_rules": true,
        "text": ["subject", "body"]}', 'trio'
    ),
    'private user_rules', 'nor private bookings that nobody used'
);
select results_eq(
    $$ select key, old_value, new_value from intake.setting_changes(1, 1, 2) $$,
    $$ values
        ('sync', null, '"show_as"'), ('system', '"cmg"', '"trio"'),
        ('text', null, '["subject", "body"]') $$,
    'two versions differ key by key'
);

select * from finish();
rollback;
