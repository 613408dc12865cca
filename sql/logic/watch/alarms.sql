-- watch.alarms: everything that somebody should look at now, and how soon.
--
-- One row per alarm and what it is about; what is about many users is one row a customer, and the
-- view that detail names has them all. A warning can wait until tomorrow; a critical one is of
-- phones that tell callers something wrong, or soon will.

create view watch.alarms with (security_barrier) as
with

-- Each with the instant from which on it is critical; infinity for never.
raised (customer_key, alarm, about, since, detail, critical_from) as (
    select
        stale_users.customer_key,
        'stale_users',
        'users: ' || count(*),
        min(least(stale_users.waiting_since, stale_users.verified_at)),
        'not verified for 26 hours: ' || count(*) filter (where stale_users.is_unverified)
        || ', waiting for 15 minutes: '
        || count(*) filter (where not stale_users.is_unverified)
        || '; see watch.stale_users',
        least(
            min(stale_users.unverified_since) filter (where stale_users.is_unverified)
            + interval '50 hours',
            min(stale_users.waiting_since) + interval '1 hour'
        )
    from watch.stale_users
    group by stale_users.customer_key

    union all

    select
        stuck_loads.customer_key,
        'stuck_loads',
        'source ' || stuck_loads.source,
        stuck_loads.since,
        'loads begun since and none ended: ' || stuck_loads.load_count
        || '; see audit.loads and the journal',
        stuck_loads.since + case
            when stuck_loads.is_full then interval '12 hours' else interval '1 hour'
        end
    from watch.stuck_loads

    union all

    select
        skipped_runs.customer_key,
        'skipped_runs',
        skipped_runs.work,
        skipped_runs.taken_at,
        skipped_runs.taken_by || ' has the work, runs that left: ' || skipped_runs.run_count
        || '; where it hangs, end its session with pg_terminate_backend',
        skipped_runs.taken_at + case
            when skipped_runs.work like 'load %' then interval '12 hours' else interval '1 hour'
        end
    from watch.skipped_runs

    union all

    select
        failed_changes.customer_key,
        'failed_changes',
        'users: ' || count(*),
        min(failed_changes.since),
        'the telephone side did not take their changes; see watch.failed_changes',
        min(failed_changes.since) + interval '1 hour'
    from watch.failed_changes
    group by failed_changes.customer_key

    union all

    select
        unknown_changes.customer_key,
        'unknown_changes',
        'changes: ' || count(*),
        min(unknown_changes.started_at),
        'nobody knows whether they were carried out; see watch.unknown_changes',
        min(unknown_changes.started_at) + interval '1 hour'
    from watch.unknown_changes
    group by unknown_changes.customer_key

    union all

    select
        open_runs.customer_key,
        'open_runs',
        'run ' || open_runs.last_run_id,
        open_runs.since,
        'passes begun since and none ended: ' || open_runs.run_count || ', the last by '
        || open_runs.taken_by || '; see its journal',
        open_runs.since + interval '1 hour'
    from watch.open_runs

    union all

    select
        refused_plans.customer_key,
        'refused_plans',
        'users: ' || refused_plans.user_count,
        refused_plans.since,
        'changes that the limits hold back: ' || refused_plans.change_count || '; look at '
        || 'kalenderkoppling reconcile, and let them through with --approve '
        || left(refused_plans.digest, 12),
        'infinity'
    from watch.refused_plans

    union all

    select
        outages.customer_key,
        'outages',
        'telephone system',
        outages.began_at,
        'it does not answer; passes that found it so: ' || outages.try_count || ', users who wait: '
        || outages.waiting_user_count || '; see watch.outages',
        outages.began_at + interval '10 minutes'
    from watch.outages

    union all

    select
        clock_skew.customer_key,
        'clock_skew',
        'host ' || clock_skew.host,
        clock_skew.seen_at,
        'its clock is ' || round(abs(extract(epoch from clock_skew.clock_ahead))) || ' s '
        || case when clock_skew.clock_ahead > interval '0' then 'ahead of' else 'behind' end
        || ' the database''s; set it right',
        case
            when abs(extract(epoch from clock_skew.clock_ahead)) >= 60 then '-infinity'
            else 'infinity'
        end::timestamptz
    from watch.clock_skew

    union all

    select
        missed_runs.customer_key,
        'missed_runs',
        'jobs/' || missed_runs.job,
        missed_runs.since,
        'no pass has come to its end for too long; look whether a host runs its timers',
        case
            when missed_runs.job = 'minutely' then missed_runs.since + interval '30 minutes'
            else missed_runs.since + interval '50 hours'
        end
    from watch.missed_runs

    union all

    select
        failed_calendars.customer_key,
        'failed_calendars',
        'source ' || failed_calendars.source,
        coalesce(
            min(failed_calendars.loaded_at) filter (where isfinite(failed_calendars.loaded_at)),
            min(failed_calendars.failed_at)
        ),
        'calendars that did not answer, or not whole: ' || count(*)
        || '; see watch.failed_calendars',
        'infinity'
    from watch.failed_calendars
    group by failed_calendars.customer_key, failed_calendars.source

    union all

    select
        failed_groups.customer_key,
        'failed_groups',
        'group ' || failed_groups.group_key,
        failed_groups.failed_at,
        'it did not tell its members; see watch.failed_groups',
        'infinity'
    from watch.failed_groups

    union all

    select
        drift.customer_key,
        'drift',
        'absences: ' || count(*),
        drift.checked_at,
        'wanted, carried out and shown do not agree; see watch.drift',
        'infinity'
    from watch.drift
    group by drift.customer_key, drift.checked_at

    union all

    select
        unbalanced.customer_key,
        'unbalanced',
        'runs: ' || count(*),
        min(unbalanced.balanced_at),
        'booking versions that are in no account: ' || sum(unbalanced.unaccounted_count)
        || '; see watch.unbalanced and sql/reports/conservation.sql',
        '-infinity'
    from watch.unbalanced
    group by unbalanced.customer_key

    union all

    select
        restored.customer_key,
        'restored',
        'users: ' || restored.waiting_user_count,
        restored.began_at,
        'the database was restored, and they wait until all their calendars were loaded since; '
        || 'see watch.restored',
        restored.began_at + interval '1 hour'
    from watch.restored

    union all

    select
        null,
        'near_full_months',
        'tables: ' || count(*),
        null,
        'tables that have no month for the time in two weeks: '
        || count(*) filter (where not near_full_months.has_strays)
        || ', rows in no month: ' || count(*) filter (where near_full_months.has_strays)
        || '; look whether the nightly prune runs, and at watch.near_full_months',
        min(near_full_months.ends_at)
    from watch.near_full_months
    having count(*) > 0
)

select
    raised.customer_key,
    raised.alarm,
    case
        when raised.critical_from <= watch.as_of() then 'critical' else 'warning'
    end as severity,
    raised.about,
    raised.since,
    raised.detail
from raised;
comment on view watch.alarms is
'Everything that somebody should look at now; no rows where all is well.';
comment on column watch.alarms.customer_key is 'Whose; null for what is about the database.';
comment on column watch.alarms.alarm is 'The view of watch that says more.';
comment on column watch.alarms.severity is 'warning or critical.';
comment on column watch.alarms.about is 'What it is about.';
comment on column watch.alarms.since is 'Since when; null where that is not known.';
comment on column watch.alarms.detail is 'What is wrong, in a sentence, and what to do.';
