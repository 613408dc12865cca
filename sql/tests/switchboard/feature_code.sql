-- switchboard.feature_code: absences that are dialled, in the manner of MX-ONE.

begin;
\ir ../fixtures/makers.sql
\ir ../fixtures/batches.sql
select plan(28);

reset role;
insert into switchboard.settings (customer_key, sip_domain, announcement)
values ('c', 'pbx.example', '192.0.2.1:5080');
insert into switchboard.extensions (customer_key, extension, display_name, language, is_attendant)
values ('c', '102', 'Bo', 'en', false), ('c', '900', 'Växeln', 'no', true),
('d', '901', 'Dan', 'sv', true);
set local role kk_job;
select pg_temp.apply(
    pg_temp.change('create', 1, '2026-11-23 09:00+01', '2026-11-23 12:00+01')
);

create function pg_temp.dial(
    dialled text, caller text default '101', at timestamptz default '2026-11-23 10:00:30+01'
)
returns text
language sql as $$
    select done from switchboard.feature_code('c', dial.caller, dial.dialled, dial.at);
$$;
-- What people set, as it stands.
create view pg_temp.dialled as
select
    concat_ws(
        ' ', extension, kind, reason, announced_reason, origin, set_by,
        to_char(starts_at at time zone 'Europe/Stockholm', 'MM-DD HH24:MI:SS'), 'to',
        coalesce(to_char(ends_at at time zone 'Europe/Stockholm', 'YYYY-MM-DD HH24:MI'), 'ever')
    ) as told
from switchboard.absences
where origin <> 'calendar';
grant select on pg_temp.dialled to kk_pbx;
create function pg_temp.ends() returns text
language sql as $$
    select string_agg(right(told, 16), ', ' order by told) from pg_temp.dialled;
$$;

set local role kk_pbx;
select is(pg_temp.dial('*23*3*1430#'), 'away', 'away until half past two');
set local role kk_job;
select results_eq(
    'select told from pg_temp.dialled',
    $$ values ('101 direct meeting meeting person 101 11-23 10:00:30 to 2026-11-23 14:30') $$,
    'a person''s own, set by who dialled'
);
select is(back_at, ends_at, 'that is when callers are told to call again')
from switchboard.absences where origin = 'person';
set local role kk_pbx;
select is(pg_temp.dial('*23*0%23'), 'away', 'the hash may come escaped, the time may be missing');
set local role kk_job;
select results_eq(
    'select told from pg_temp.dialled',
    $$ values ('101 direct lunch lunch person 101 11-23 10:00:30 to ever') $$,
    'it takes the place of the one before, and lasts until it is taken away'
);
select is(count(*), 1::bigint, 'the calendar''s is left alone')
from switchboard.absences where origin = 'calendar';

set local role kk_pbx;
select pg_temp.dial('*23*2*0900#');
set local role kk_job;
select is(pg_temp.ends(), '2026-11-24 09:00', 'a time that has passed is tomorrow''s');
set local role kk_pbx;
select pg_temp.dial('*23*2*0230#', at => '2027-03-27 23:00+01');
set local role kk_job;
select is(
    pg_temp.ends(), '2027-03-28 03:30, 2026-11-24 09:00',
    'also where the clock skips that time'
);
delete from switchboard.absences where origin = 'person';
set local role kk_pbx;
select is(pg_temp.dial('*23*6*2359#'), 'away', '23:59 is a time of day');
select is(pg_temp.dial('*23*6*2360#'), null, '23:60 is none');
select is(pg_temp.dial('*23*6*2400#'), null, 'nor is 24:00');
select is(pg_temp.dial('*23*3*12#'), null, 'times have four digits');

-- The digits.
reset role;
insert into switchboard.feature_reasons (customer_key, digit, reason)
values ('c', '7', 'time_off'), ('d', '6', 'leave');
set local role kk_pbx;
select pg_temp.dial('*23*7#');
set local role kk_job;
select matches(string_agg(told, ''), '^101 direct time_off', 'a customer''s own digits count first')
from pg_temp.dialled;
set local role kk_pbx;
select pg_temp.dial('*23*6#');
set local role kk_job;
select matches(string_agg(told, ''), '^101 direct vacation', 'another customer''s do not count')
from pg_temp.dialled;
reset role;
delete from switchboard.feature_reasons where customer_key = '' and digit = '9';
set local role kk_pbx;
select is(pg_temp.dial('*23*9#'), null, 'a digit without a reason is refused');

-- Back again.
select is(pg_temp.dial('#23#'), 'back', 'back');
set local role kk_job;
select is_empty(
    $$ select * from switchboard.absences where '2026-11-23 10:00:30+01' < ends_at $$,
    'nothing holds any more, of whoever'
);
set local role kk_pbx;
select is(pg_temp.dial('%2323%23'), 'back', 'and may be said again');

-- For somebody else.
select is(pg_temp.dial('*230*102*5*1200#', '900'), 'away', 'an attendant sets it for another');
set local role kk_job;
select results_eq(
    'select told from pg_temp.dialled',
    $$ values ('102 direct course course attendant 900 11-23 10:00:30 to 2026-11-23 12:00') $$,
    'and it is told who did'
);
set local role kk_pbx;
select is(pg_temp.dial('*230*101*5#', '102'), null, 'nobody else may');
select is(pg_temp.dial('#230*102#', '101'), null, 'nor take it away');
select is(pg_temp.dial('*230*102*5#', '901'), null, 'nor another customer''s attendant');
select is(pg_temp.dial('*230*199*5#', '900'), null, 'an extension that is none is refused');
select is(pg_temp.dial('*23*5#', '199'), null, 'of the caller as well');
select is(pg_temp.dial('#230*102#', '900'), 'back', 'the attendant takes it away');
select
    is(
        target, 'sip:annc@192.0.2.1:5080;play=confirm;locale=en_GB;param1=away',
        'what confirms it, in the language of who dialled'
    )
from switchboard.feature_code('c', '102', '*23*3#');
select
    is(
        target,
        'sip:annc@192.0.2.1:5080;play=confirm;locale=en_GB;param1=back',
        'and that it is gone'
    )
from switchboard.feature_code('c', '102', '#23#');

select * from finish();
rollback;
