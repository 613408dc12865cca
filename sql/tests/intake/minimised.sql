-- intake.minimised: what is kept of a booking (domain P-19, P-20).

begin;
\ir ../fixtures/makers.sql
select plan(14);

-- Every word of text that any column of any table holds.
create function pg_temp.places_of(word text)
returns text
language plpgsql as $$
declare
    place text;
    is_there boolean;
    places text[] := '{}';
begin
    for place in
        select format('%I.%I', schemaname, tablename) from pg_tables
        where schemaname in (
            'customer', 'roster', 'staging', 'calendar', 'telephony', 'audit', 'switchboard'
        )
        order by 1
    loop
        execute format(
            'select exists (select from %s as kept where kept::text ilike %L)',
            place, '%' || word || '%'
        ) into is_there;
        if is_there then
            places := places || place;
        end if;
    end loop;
    return array_to_string(places, ' ');
end
$$;

select pg_temp.anna('{"text": ["subject", "location", "body"]}');
select pg_temp.book(
    'private', '2026-11-23 09:00+01', '2026-11-23 10:00+01',
    sensitivity => 'private', subject => 'Hemlig', location => 'Hemlig', body => 'Hemlig',
    choice => '{"reason": "errand"}'
);
select pg_temp.book(
    'personal', '2026-11-23 10:00+01', '2026-11-23 11:00+01',
    sensitivity => 'personal', subject => 'Tandläkare'
);
select pg_temp.take_in();

select is(pg_temp.places_of('hemlig'), '', 'no text of a private booking is kept anywhere');
select is(
    pg_temp.places_of('tandläkare'), 'calendar.bookings', 'text that the rules show is kept once'
);
select results_eq(
    $$ select show_as, response, is_choice, choice_reason, code, shown_text, starts_at
       from calendar.bookings where booking_key = 'private' $$,
    $$ values (null::customer.show_as, null::customer.response, false, null::text, null::text,
        null::text, timestamptz '2026-11-23 09:00+01') $$,
    'of a private booking that is not used only its id and its times are kept'
);

-- Text that no rule shows.
select pg_temp.customer('one-x', '{"text": ["location"]}');
delete from calendar.bookings;
delete from calendar.booking_versions;
select pg_temp.book(
    'a', '2026-11-23 09:00+01', '2026-11-23 10:00+01', subject => 'Ämnesord',
    location => ' Rum  4 ', body => 'Brödtext'
);
select pg_temp.take_in();
select is(
    pg_temp.places_of('ämnesord') || pg_temp.places_of('brödtext'), '',
    'text that no rule shows is kept nowhere'
);
select is(shown_text, 'Rum 4', 'text that one shows is kept, its white space collapsed')
from calendar.bookings;

-- The same rows again, with other text that is not shown.
select pg_temp.book(
    'a', '2026-11-23 09:00+01', '2026-11-23 10:00+01', subject => 'Annat',
    location => 'Rum 4', body => 'Annan'
);
select is(
    pg_temp.take_in('2026-11-20 09:00+01'), '{0,0,0}',
    'a change of what is not kept is no change'
);

-- Private ones that the user lets through: a code, a reason, and no text.
select pg_temp.customer('cmg', '{"text": ["subject"], "text_chosen_by": "administrator"}');
select intake.take_in_preferences(1, 1, '{"private": true}', '2026-11-20 08:00+01');
delete from calendar.bookings;
select pg_temp.book(
    'p', '2026-11-23 09:00+01', '2026-11-23 10:00+01', 'free', 'private',
    subject => 'NP/S: Hemlig'
);
select pg_temp.take_in();
select results_eq(
    'select code, code_reason, shown_text, show_as::text from calendar.bookings',
    $$ values ('np/s:', 'vacation', null, 'free') $$,
    'the subject of a private booking serves to find a code and is never shown'
);
select is(pg_temp.places_of('hemlig'), '', 'nor kept');

-- The subject is shown without its code.
select pg_temp.customer('trio', '{"text": ["subject"]}');
delete from calendar.bookings;
select pg_temp.book(
    't', '2026-11-23 09:00+01', '2026-11-23 10:00+01', subject => E'TJA\u0308:  hos kund'
);
select pg_temp.book('only', '2026-11-23 10:00+01', '2026-11-23 11:00+01', subject => 'SAM:');
select pg_temp.take_in();
select results_eq(
    'select shown_text from calendar.bookings order by starts_at',
    $$ values ('hos kund'), (null) $$,
    'the subject is shown without its code, and not at all where nothing is left'
);

-- What the user chose, and may not choose.
select pg_temp.customer('cmg');
select intake.take_in_preferences(1, 1, '{"text": ["location"]}', '2026-11-20 09:00+01');
delete from calendar.bookings;
select pg_temp.book(
    'u', '2026-11-23 09:00+01', '2026-11-23 10:00+01', subject => 'Ämne',
    location => 'Rum 4'
);
select pg_temp.take_in();
select is(shown_text, 'Rum 4', 'the user chooses the text where the rules let them')
from calendar.bookings;
select pg_temp.customer('one-x');
delete from calendar.bookings;
select pg_temp.book(
    'u', '2026-11-23 09:00+01', '2026-11-23 10:00+01', subject => 'Ämne',
    location => 'Rum 4'
);
select pg_temp.take_in();
select is(shown_text, null, 'and not where the administrator does') from calendar.bookings;

-- Whole seconds; days by the user's wall.
select pg_temp.stage_user('anna', '101', time_zone => 'America/New_York');
select pg_temp.take_in_roster('2026-11-20 10:00+01');
select pg_temp.book('s', '2026-11-23 09:00:00.7+01', '2026-11-23 10:00:00.2+01');
select pg_temp.book_days('d', '2026-11-24', '2026-11-25');
select results_eq(
    'select starts_at, ends_at from intake.minimised(1, 1, array[1]) order by starts_at',
    $$ values
        (timestamptz '2026-11-23 09:00+01', timestamptz '2026-11-23 10:00+01'),
        (timestamptz '2026-11-24 00:00-05', timestamptz '2026-11-25 00:00-05')
    $$,
    'times are kept in whole seconds, days as the user''s local days'
);
select pg_temp.take_in();
select
    is(
        count(distinct mark), 2::bigint, 'each with a mark of what is kept'
    )
from calendar.bookings where booking_key in ('s', 'd');

-- Nobody uses private bookings here, and codes are looked for.
select pg_temp.customer('trio', '{}', 7);
select pg_temp.stage_user('gro', '701', customer_id => 7);
select pg_temp.take_in_roster(customer_id => 7);
select pg_temp.book(
    'private', '2026-11-23 09:00+01', '2026-11-23 10:00+01', sensitivity => 'private',
    subject => 'SAM: a', customer_id => 7
);
select pg_temp.book(
    'two', '2026-11-23 10:00+01', '2026-11-23 11:00+01', subject => 'SAM: TJÄ: b',
    customer_id => 7
);

select results_eq(
    $$ select booking_key, code collate "C" from intake.minimised(7, 1, array[1])
       order by code $$,
    $$ values ('two', 'sam' collate "C"), ('private', null) $$,
    'no code of a private booking that is not used is kept'
);

select * from finish();
rollback;
