-- intake.settle_unknown: changes whose outcome was never written down (design principle 7).

begin;
\ir ../fixtures/makers.sql
select plan(9);

select pg_temp.customer();
select pg_temp.stage_user('user' || number, (100 + number)::text)
from generate_series(1, 10) as number;
select pg_temp.take_in_roster();

-- One change for each user, and what stands on the telephone side.
create function pg_temp.key_of(user_id bigint)
returns uuid
language sql as $$
    select ('00000000-0000-0000-0000-0000000000' || lpad(key_of.user_id::text, 2, '0'))::uuid;
$$;
create function pg_temp.content(user_id bigint, ends_at text, shown_text text default null)
returns jsonb
language sql as $$
    select jsonb_build_object(
        'extension', (100 + content.user_id)::text, 'kind', 'information', 'reason', 'meeting',
        'announced_reason', 'meeting', 'starts_at', '2026-11-23T08:00:00Z', 'ends_at',
        content.ends_at, 'back_at', content.ends_at, 'shown_text', content.shown_text,
        'target', 'announcement', 'ring_seconds', 15
    );
$$;
create function pg_temp.stands(user_id bigint, ends_at text, origin text default 'calendar')
returns void
language sql as $$
    insert into telephony.shown (
        customer_id, user_id, entry_key, absence_key, extension, origin, kind, reason, starts_at,
        ends_at, version_tag, seen_at
    )
    values (
        1, stands.user_id, 'e', pg_temp.key_of(stands.user_id), (100 + stands.user_id)::text,
        stands.origin, 'information', 'meeting', '2026-11-23 09:00+01', stands.ends_at::timestamptz,
        '3', '2026-11-20 12:10+01'
    );
$$;
create function pg_temp.planned(
    user_id bigint, action audit.action, before text, after text, run_id bigint default 1,
    shown_text text default null
)
returns void
language sql as $$
    insert into audit.changes (
        customer_id, user_id, run_id, planned_at, absence_key, action, before, after,
        booking_keys, booking_marks, is_guarded, outcome, ended_at
    )
    values (
        1, planned.user_id, planned.run_id, '2026-11-20 12:00+01',
        pg_temp.key_of(planned.user_id), planned.action,
        case when planned.before is not null then pg_temp.content(planned.user_id,
        planned.before) end,
        case when planned.after is not null
            then pg_temp.content(planned.user_id, planned.after, planned.shown_text)
        end,
        '{b}', '{m}', false,
        case planned.run_id when 3 then 'not_carried_out' end::audit.outcome,
        case planned.run_id when 3 then timestamptz '2026-11-20 12:00+01' end
    );
    insert into telephony.placed (
        customer_id, user_id, absence_key, extension, kind, reason, announced_reason, starts_at,
        ends_at, back_at, target, ring_seconds, booking_keys, booking_marks, acknowledged_at
    )
    select 1, planned.user_id, pg_temp.key_of(planned.user_id), (100 + planned.user_id)::text,
        'information', 'meeting', 'meeting', '2026-11-23 09:00+01', planned.before::timestamptz,
        planned.before::timestamptz, 'announcement', 15, '{old}', '{old}', '2026-11-20 11:00+01'
    where planned.before is not null
    on conflict (customer_id, user_id, absence_key) do nothing;
$$;

insert into audit.runs (customer_id, run_id, mode, scope, as_of, started_at, touched_count)
select 1, run_id, mode, 'touched', '2026-11-20 12:00+01', '2026-11-20 12:00+01', 1
from (values (1, 'apply'), (2, 'apply'), (3, 'dry_run')) as given (run_id, mode);

select pg_temp.planned(1, 'create', null, '2026-11-23 10:00+01');
select pg_temp.stands(1, '2026-11-23 10:00+01');
select pg_temp.planned(2, 'create', null, '2026-11-23 10:00+01');
select pg_temp.planned(3, 'update', '2026-11-23 10:00+01', '2026-11-23 11:00+01');
select pg_temp.stands(3, '2026-11-23 11:00+01');
select pg_temp.planned(4, 'update', '2026-11-23 10:00+01', '2026-11-23 11:00+01');
select pg_temp.stands(4, '2026-11-23 10:00+01');
select pg_temp.planned(5, 'withdraw', '2026-11-23 10:00+01', null);
select pg_temp.planned(6, 'withdraw', '2026-11-23 10:00+01', null);
select pg_temp.stands(6, '2026-11-23 10:00+01');
-- other text, of which the telephone side shows none
select pg_temp.planned(
    7, 'update', '2026-11-23 10:00+01', '2026-11-23 10:00+01', shown_text => 'x'
);
select pg_temp.stands(7, '2026-11-23 10:00+01');
-- created, moved in a later run, and moved there
select pg_temp.planned(8, 'create', null, '2026-11-23 10:00+01');
select pg_temp.planned(8, 'update', '2026-11-23 10:00+01', '2026-11-23 11:00+01', run_id => 2);
select pg_temp.stands(8, '2026-11-23 11:00+01');
-- taken over by a person meanwhile
select pg_temp.planned(9, 'update', '2026-11-23 10:00+01', '2026-11-23 11:00+01');
select pg_temp.stands(9, '2026-11-23 11:00+01', 'person');
-- only planned
select pg_temp.planned(10, 'update', '2026-11-23 10:00+01', '2026-11-23 11:00+01', run_id => 3);

select is(
    intake.settle_unknown(1, array(select generate_series(1, 8)), '2026-11-20 12:10+01'), 9::bigint,
    'every open change of the users looked at is ended'
);
select results_eq(
    $$ select user_id, run_id, outcome::text, ended_at from audit.changes
       where user_id <= 8 order by user_id, run_id $$,
    $$ select user_id, run_id, outcome, timestamptz '2026-11-20 12:10+01'
       from (
           values
               (1::bigint, 1::bigint, 'found_done'), (2, 1, 'found_undone'), (3, 1, 'found_done'),
               (4, 1, 'found_undone'), (5, 1, 'found_done'), (6, 1, 'found_undone'),
               (7, 1, 'found_undone'), (8, 1, 'found_undone'), (8, 2, 'found_done')
       ) as expected (user_id, run_id, outcome)
       order by user_id, run_id $$,
    'by what stands: created, moved, gone, or not'
);
select results_eq(
    $$ select user_id, ends_at, version_tag, acknowledged_at, seen_at from telephony.placed
       where user_id <= 8 order by user_id $$,
    $$ select user_id, ends_at::timestamptz, '3', timestamptz '2026-11-20 12:10+01',
        timestamptz '2026-11-20 12:10+01'
       from (
           values
               (1::bigint, '2026-11-23 10:00+01'), (3, '2026-11-23 11:00+01'),
               (4, '2026-11-23 10:00+01'), (6, '2026-11-23 10:00+01'), (7, '2026-11-23 10:00+01'),
               (8, '2026-11-23 11:00+01')
       ) as expected (user_id, ends_at) $$,
    'what stands is what is placed now'
);
select is(outcome, null, 'others are not ended') from audit.changes where user_id = 9;
select is(
    intake.settle_unknown(1, '{9,10}', '2026-11-20 12:11+01'), 1::bigint,
    'a dry run has nothing to end'
);
select is(outcome::text, 'found_undone', 'what a person took over is not what was planned')
from audit.changes where user_id = 9;
select is(count(*), 0::bigint, 'and is ours no more') from telephony.placed where user_id = 9;
select is(ends_at, timestamptz '2026-11-23 10:00+01', 'what was only planned stays as it is placed')
from telephony.placed where user_id = 10;
select is(
    intake.settle_unknown(1, '{1,2,3}', '2026-11-20 12:12+01'), 0::bigint,
    'an outcome is written once'
);

select * from finish();
rollback;
