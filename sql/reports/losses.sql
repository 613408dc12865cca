-- What of wanted absences the telephone system could not express, and how often.
--
--   psql --no-psqlrc --set from=2026-11-01 --file sql/reports/losses.sql

\ir defaults.psql

select
    changes.customer_key,
    losses.loss,
    count(*) as changes,
    count(distinct changes.user_key) as users,
    max(changes.planned_at) as last
from watch.changes
cross join lateral unnest(changes.losses) as losses (loss)
where
    changes.customer_key like :'customer'
    and changes.planned_at >= :'from'::timestamptz
    and changes.planned_at <= :'until'::timestamptz
group by changes.customer_key, losses.loss
order by changes.customer_key asc, changes desc;
