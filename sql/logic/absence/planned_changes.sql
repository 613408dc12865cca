-- absence.planned_changes: every change that was planned to be carried out, with its run.
--
-- One row per change, with the stretch of time that it concerns.

create view absence.planned_changes as
select
    changes.customer_id,
    changes.user_id,
    changes.run_id,
    changes.planned_at,
    changes.absence_key,
    changes.action,
    changes.held_because,
    changes.withdrawn_because,
    changes.outcome,
    changes.ended_at,
    changes.booking_keys,
    least(
        (changes.before ->> 'starts_at')::timestamptz,
        (changes.after ->> 'starts_at')::timestamptz
    ) as starts_at,
    greatest(
        (changes.before ->> 'ends_at')::timestamptz,
        (changes.after ->> 'ends_at')::timestamptz
    ) as ends_at
from audit.changes
inner join audit.runs
    on changes.customer_id = runs.customer_id
    and changes.run_id = runs.run_id
    and changes.planned_at = runs.started_at
where runs.mode <> 'dry_run';
