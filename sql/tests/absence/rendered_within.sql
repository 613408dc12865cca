-- absence.rendered_within: what a telephone system cannot express becomes the nearest thing.

begin;
\ir ../fixtures/makers.sql
select plan(22);

select pg_temp.anna(
    '{"text": ["subject"], "ring_seconds": 20, "return_time": "leave_end",
      "show_as": {"busy": {"reason": "meeting", "kind": "open"},
                  "out_of_office": {"reason": "away", "kind": "direct"}}}'
);
select pg_temp.book(
    'open', '2026-11-23 09:00:30+01', '2026-11-23 10:00:30+01', subject => 'Budget'
);
select pg_temp.book(
    'direct', '2026-11-23 10:00:30+01', '2026-11-23 11:00+01', 'out_of_office'
);
select pg_temp.take_in();
insert into roster.preferences (customer_id, user_id) values (1, 1);
insert into roster.targets (customer_id, user_id, reason, target_type)
values (1, 1, 'away', 'voicemail');

-- A system that can express everything but what is named.
create function pg_temp.learn(
    kinds customer.kind[] default '{information,open,direct}',
    targets text[] default '{announcement,voicemail,number}',
    has_future_start boolean default true,
    end_reach text default 'any',
    entries_per_user integer default null,
    time_grain integer default 1,
    text_length integer default null,
    has_ring_seconds boolean default true,
    has_return_time boolean default true,
    reasons text[] default null,
    default_reason text default null
)
returns void
language sql as $$
    select intake.take_in_capabilities(
        1, kinds, targets, has_future_start, true, end_reach, entries_per_user, time_grain,
        text_length, has_ring_seconds, has_return_time, reasons, default_reason, true,
        '2026-11-20 08:00+01'
    );
$$;

create function pg_temp.rendered(as_of timestamptz default '2026-11-23 08:00+01')
returns text
language sql as $$
    select string_agg(
        concat_ws(
            ' ', to_char(starts_at at time zone 'Europe/Stockholm', 'HH24:MI:SS'),
            to_char(ends_at at time zone 'Europe/Stockholm', 'HH24:MI:SS'), kind, reason,
            ring_seconds, target, shown_text, '-' || nullif(array_to_string(losses, ' -'), ''),
            '!' || withheld_because
        ),
        ', ' order by starts_at
    )
    from absence.rendered_within(1, rendered.as_of);
$$;

select is(
    pg_temp.rendered(),
    '09:00:30 10:00:30 open meeting 20 announcement Budget, '
    '10:00:30 11:00:00 direct away 20 voicemail',
    'of a system that has told nothing yet, all is taken to be possible'
);
select pg_temp.learn();
select is(
    pg_temp.rendered(),
    '09:00:30 10:00:30 open meeting 20 announcement Budget, '
    '10:00:30 11:00:00 direct away 20 voicemail',
    'and so it is of one that can express everything'
);
select pg_temp.learn(kinds => '{information,direct}');
select matches(
    pg_temp.rendered(), '^09:00:30 10:00:30 information meeting 20 announcement Budget -kind,',
    'a kind that is not known becomes the next weaker one'
);
select pg_temp.learn(kinds => '{direct}');
select matches(
    pg_temp.rendered(), 'Budget -kind !kind, 10:00:30 11:00:00 direct away 20 voicemail$',
    'never a stronger one: it is not placed'
);
select pg_temp.learn(targets => '{announcement}');
select matches(
    pg_temp.rendered(), 'direct away 20 announcement -target$',
    'what cannot go to voicemail hears the announcement'
);
select pg_temp.learn(targets => '{voicemail}');
select matches(
    pg_temp.rendered(), 'open meeting 20 voicemail Budget -target, .* 20 voicemail$',
    'and the voicemail where nothing is announced'
);
select pg_temp.learn(targets => '{number}');
select matches(
    pg_temp.rendered(), 'information meeting 20 announcement Budget -kind, .* information away',
    'a caller who can be sent nowhere gets through'
);
select pg_temp.learn(text_length => 3);
select matches(pg_temp.rendered(), 'announcement Bud -text,', 'a long text is cut');
select pg_temp.learn(text_length => 0);
select matches(pg_temp.rendered(), 'announcement -text,', 'and left out where none is shown');
select pg_temp.learn(has_ring_seconds => false);
select is(
    pg_temp.rendered(),
    '09:00:30 10:00:30 open meeting 15 announcement Budget -ring_seconds, '
    '10:00:30 11:00:00 direct away 15 voicemail',
    'the system''s own time of ringing is a loss for what rings'
);
select pg_temp.learn(reasons => '{meeting}', default_reason => 'meeting');
select matches(
    pg_temp.rendered(), 'direct meeting 20 voicemail -reason$',
    'a reason that it does not know becomes its default'
);
select pg_temp.learn(time_grain => 60);
select is(
    pg_temp.rendered(),
    '09:00:00 10:00:00 open meeting 20 announcement Budget -time, '
    '10:00:00 11:00:00 direct away 20 voicemail -time',
    'starts and ends go down to the minute together, so that nothing overlaps'
);
select pg_temp.learn(time_grain => 3600);
select matches(
    pg_temp.rendered('2026-11-23 09:59+01'),
    '^09:00:00 10:00:00 open .*, 10:00:00 11:00:00 direct',
    'however large the step is'
);
select matches(
    pg_temp.rendered('2026-11-23 10:00:10+01'),
    '^09:00:00 10:00:00 open [^!]* !time, 10:00:00 11:00:00 direct [^!]*$',
    'and what has ended by that is over'
);
select pg_temp.learn(entries_per_user => 1);
select matches(
    pg_temp.rendered(), 'voicemail !entries$', 'of two the first has the one place'
);
select matches(
    pg_temp.rendered('2026-11-23 10:30+01'), '^10:00:30 11:00:00 direct away 20 voicemail$',
    'and the second when the first is over'
);
select pg_temp.learn(has_future_start => false);
select is(
    pg_temp.rendered('2026-11-23 09:30+01'),
    '09:00:30 10:00:30 open meeting 20 announcement Budget, '
    '10:00:30 11:00:00 direct away 20 voicemail !not_yet',
    'what begins later waits where there is only now'
);

select pg_temp.book('days', '2026-11-24 15:00+01', '2026-11-27 09:00+01', 'out_of_office');
select pg_temp.take_in();
select pg_temp.learn(has_future_start => false, end_reach => 'today', has_return_time => false);
select is(
    pg_temp.rendered('2026-11-25 08:00+01'),
    '00:00:00 00:00:00 direct away 20 voicemail -time -return_time',
    'where an end is a time of day, days are placed one by one'
);
select is(
    pg_temp.rendered('2026-11-27 08:00+01'),
    '00:00:00 09:00:00 direct away 20 voicemail -time',
    'and the last to its end'
);
select pg_temp.learn(end_reach => 'today', has_return_time => false);
select matches(
    pg_temp.rendered('2026-11-23 08:00+01'), ' !not_yet$',
    'also where a start can be told ahead, an absence waits for its day'
);
select is(
    pg_temp.rendered('2026-11-24 00:00+01'),
    '15:00:00 00:00:00 direct away 20 voicemail -time -return_time',
    'and is placed as soon as that begins'
);

select results_eq(
    $$ select cause, times from calendar.touched where cause = 'exchange' $$,
    $$ values ('exchange', 15::bigint) $$,
    'each time it can express more or less, everybody is looked at again'
);

select * from finish();
rollback;
