-- absence.presence_within: what colleagues are to see of each extension at an instant.

begin;
\ir ../fixtures/makers.sql
select plan(7);

select pg_temp.customer('one-x', '{"announce_as": {"sick": "away"}}');
select pg_temp.stage_user('anna', '101');
select pg_temp.stage_user('bo', '102', language => 'en');
select pg_temp.take_in_roster();

create function pg_temp.placed(
    from_time text, to_time text, kind customer.kind, reason text, announced text default null,
    user_id bigint default 1
)
returns void
language sql as $$
    insert into telephony.placed (
        customer_id, user_id, absence_key, extension, kind, reason, announced_reason, starts_at,
        ends_at, back_at, shown_text, target, ring_seconds, booking_keys, booking_marks,
        acknowledged_at
    )
    select
        1, placed.user_id, gen_random_uuid(), (100 + placed.user_id)::text, placed.kind,
        placed.reason, coalesce(placed.announced, placed.reason),
        ('2026-11-23 ' || placed.from_time || '+01')::timestamptz, ends.at, ends.at,
        'secret meeting', 'announcement', 15, '{}', '{}', '2026-11-20 09:00+01'
    from (values (('2026-11-23 ' || placed.to_time || '+01')::timestamptz)) as ends (at)
$$;

create function pg_temp.own(from_time text, to_time text, kind customer.kind, reason text)
returns void
language sql as $$
    insert into telephony.shown (
        customer_id, user_id, entry_key, extension, origin, kind, reason, starts_at, ends_at,
        seen_at
    )
    values (
        1, 1, own.from_time || own.kind, '101', 'person', own.kind, own.reason,
        ('2026-11-23 ' || own.from_time || '+01')::timestamptz,
        ('2026-11-23 ' || own.to_time || '+01')::timestamptz, '2026-11-20 09:00+01'
    )
$$;

create function pg_temp.seen(at_time text)
returns text[]
language sql as $$
    select array_agg(
        concat_ws(' ', extension, kind, reason, label, to_char(
            ends_at at time zone 'Europe/Stockholm', 'HH24:MI'
        )) order by extension
    )
    from absence.presence_within(1, ('2026-11-23 ' || at_time || '+01')::timestamptz)
$$;

select pg_temp.placed('09:00', '10:00', 'direct', 'meeting');
select pg_temp.placed('09:00', '12:00', 'information', 'lunch', user_id => 2);

select is(pg_temp.seen('08:59'), null, 'nobody before it starts');
select is(
    pg_temp.seen('09:00'),
    array['101 direct meeting Möte 10:00', '102 information lunch Lunch 12:00'],
    'what is in force, in each person''s language'
);
select is(
    pg_temp.seen('10:00'), array['102 information lunch Lunch 12:00'],
    'it is over at its end'
);

select pg_temp.placed('13:00', '14:00', 'direct', 'sick', 'away');
select is(
    pg_temp.seen('13:30'), array['101 direct away Frånvarande 14:00'],
    'the reason that may be told'
);

select pg_temp.own('13:15', '13:45', 'information', 'lunch');
select is(
    pg_temp.seen('13:30'), array['101 information lunch Lunch 13:45'],
    'a person''s own comes first'
);
select pg_temp.own('13:20', '13:40', 'direct', 'meeting');
select is(
    pg_temp.seen('13:30'), array['101 direct meeting Möte 13:40'], 'then the stricter kind'
);

select is(
    (
        select count(*)
        from absence.presence_within(1, '2026-11-23 13:30+01') as seen
        where seen::text like '%secret%'
    ),
    0::bigint,
    'no text of a booking'
);

select * from finish();
rollback;
