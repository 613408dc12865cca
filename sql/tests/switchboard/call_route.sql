-- switchboard.call_route: what a SIP telephone system asks for each call.

begin;
\ir ../fixtures/makers.sql
\ir ../fixtures/batches.sql
select plan(26);

reset role;
insert into switchboard.settings (customer_key, sip_domain, announcement, voicemail)
values ('c', 'pbx.example', '192.0.2.1:5080', '192.0.2.2:5085');
set local role kk_job;
select pg_temp.apply(
    pg_temp.change('create', 1, '2026-11-23 09:00+01', '2026-11-23 12:00+01', kind => 'open')
);
update switchboard.extensions set display_name = 'Åsa "A" Öberg;x=1';
update switchboard.absences set shown_text = 'Budget: 3 > 2';
insert into switchboard.extensions (customer_key, extension, display_name, is_attendant)
values ('c', '900', 'Växeln', true), ('c', '102', 'Bo', false), ('d', '101', 'Dan', false);

create function pg_temp.route(at timestamptz, caller text default '', called text default '101')
returns text
language sql as $$
    select concat_ws(' ', kind, reason, until, ring_ms, shown_text, proxy_mode)
    from switchboard.call_route('c', route.called, route.caller, route.at);
$$;
create function pg_temp.target(at timestamptz default '2026-11-23 10:00+01')
returns text
language sql as $$
    select target from switchboard.call_route('c', '101', '', target.at);
$$;
create function pg_temp.until(at timestamptz default '2026-11-23 10:00+01')
returns text
language sql as $$
    select until from switchboard.call_route('c', '101', '', until.at);
$$;
-- One more of the calendar's, beside those that are there.
create function pg_temp.add(
    number integer, starts_at text, ends_at text, kind text default 'direct'
)
returns text
language sql as $$
    select pg_temp.apply(
        pg_temp.change('create', add.number, add.starts_at, add.ends_at, kind => add.kind)
    );
$$;
set local role kk_pbx;

-- Before, during and after.
select is(pg_temp.route('2026-11-23 08:59:59+01'), null, 'before it starts, calls ring');
select is(
    pg_temp.route('2026-11-23 09:00+01'), 'open busy 2026-11-23T11:00:00Z 15000  forward',
    'from its start: kind, announced reason, return, how long to ring'
);
select is(
    pg_temp.route('2026-11-23 11:59:59+01'), pg_temp.route('2026-11-23 09:00+01'), 'to its end'
);
select is(pg_temp.route('2026-11-23 12:00+01'), null, 'and not after, with nothing written');
select is(pg_temp.route('2026-11-23 10:00+01', called => '102'), null, 'nobody else is away');

-- Who hears what.
select is(
    pg_temp.route('2026-11-23 10:00+01', '900'),
    'information busy 2026-11-23T11:00:00Z 15000 Budget%3A%203%20%3E%202 forward',
    'an attendant rings through and is told what'
);
select is(
    pg_temp.route('2026-11-23 10:00+01', '102'),
    'open busy 2026-11-23T11:00:00Z 15000 Budget%3A%203%20%3E%202 forward',
    'a colleague is told the text, in a form that breaks no header'
);
select is(
    pg_temp.route('2026-11-23 10:00+01', '0701234567'), pg_temp.route('2026-11-23 10:00+01'),
    'another caller is not'
);

-- Where the call goes.
select is(
    pg_temp.target(),
    'sip:annc@192.0.2.1:5080;play=absence;locale=sv_SE;param1=busy;param2=20261123T1200'
    ';param3=%C3%85sa%20%22A%22%20%C3%96berg%3Bx%3D1',
    'to the announcement: language, reason, return in local time, name'
);
set local role kk_job;
update switchboard.extensions set language = 'no', time_zone = 'Europe/London'
where extension = '101' and customer_key = 'c';
update switchboard.absences set announced_reason = 'sick_child';
set local role kk_pbx;
select matches(
    pg_temp.target(), ';locale=nb_NO;param1=unavailable;param2=20261123T1100;',
    'in the person''s language and zone; sick leave is not told as such'
);
set local role kk_job;
update switchboard.absences set target = 'voicemail';
set local role kk_pbx;
select is(pg_temp.target(), 'sip:101@192.0.2.2:5085', 'to the voicemail');
set local role kk_job;
update switchboard.absences set target = 'number:102';
set local role kk_pbx;
select is(pg_temp.target(), 'sip:102@pbx.example', 'to another extension');
set local role kk_job;
update switchboard.absences set target = 'number:+46701234567';
set local role kk_pbx;
select is(pg_temp.target(), 'sip:+46701234567@pbx.example', 'to a number');
reset role;
update switchboard.settings set trunk = 'gw.example:5060', proxy_mode = 'redirect';
set local role kk_pbx;
select is(pg_temp.target(), 'sip:+46701234567@gw.example:5060', 'by the trunk, where there is one');
select matches(pg_temp.route('2026-11-23 10:00+01'), ' redirect$', 'the mode is told');

-- The return time.
set local role kk_job;
select pg_temp.add(2, '2026-11-23 12:00+01', '2026-11-23 13:00+01');
select pg_temp.add(3, '2026-11-23 13:01+01', '2026-11-23 14:00+01');
set local role kk_pbx;
select
    is(pg_temp.until(), '2026-11-23T12:00:00Z', 'of a meeting with lunch after it: lunch''s end');
select is(pg_temp.until('2026-11-23 13:30+01'), '2026-11-23T13:00:00Z', 'a gap ends the run');
set local role kk_job;
update switchboard.absences set back_at = '2026-11-25 08:00+01'
where absence_key = pg_temp.key_of(2);
set local role kk_pbx;
select is(
    pg_temp.until(), '2026-11-25T07:00:00Z', 'a later return that one of the run tells counts'
);
set local role kk_job;
update switchboard.absences set back_at = ends_at, kind = 'information'
where absence_key = pg_temp.key_of(2);
set local role kk_pbx;
select is(pg_temp.until(), '2026-11-23T11:00:00Z', 'information is no diversion: the run ends');
select is(
    pg_temp.until('2026-11-23 12:30+01'), '2026-11-23T12:00:00Z', 'information has its own end'
);
set local role kk_job;
update switchboard.absences set kind = 'direct' where absence_key = pg_temp.key_of(2);
select pg_temp.own(7, '2026-11-23 12:30+01', '2026-11-23 13:30+01', kind => 'information');
set local role kk_pbx;
select is(
    pg_temp.until(), '2026-11-23T11:30:00Z',
    'a person''s own information ends a run of the calendar''s'
);
select matches(
    pg_temp.route('2026-11-23 12:45+01'), '^information errand', 'for a person''s own wins'
);
set local role kk_job;
delete from switchboard.absences where origin = 'person';
select pg_temp.own(8, '2026-11-23 10:00+01', 'infinity', 'attendant');
set local role kk_pbx;
select is(
    pg_temp.route('2026-11-23 10:00+01'), 'direct errand  15000  redirect',
    'one without an end tells none'
);
select matches(pg_temp.target(), ';param1=errand;param3=', 'nor does its announcement');
select is_empty(
    $q$ select target
        from switchboard.call_route('c', $$1'||'01$$, $$') or true--$$, '2026-11-23 10:00+01') $q$,
    'what is no number finds nothing'
);
select throws_ok(
    'select * from switchboard.settings', '42501', null, 'a PBX reads no table'
);

select * from finish();
rollback;
