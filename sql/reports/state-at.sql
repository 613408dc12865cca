-- What was wanted for a user at an instant, what was believed to stand on the phone, and what the
-- last read-back up to then had shown.
--
--   psql --no-psqlrc --set customer=sundsvall --set user=anna \
--       --set at='2026-11-23 14:05 Europe/Stockholm' --file sql/reports/state-at.sql
--
-- One line per absence that had not ended; wanted, placed and shown are the three. Run as a job:
-- it asks a shadow of the customer, which it takes back.

\ir defaults.psql
\if :{?at} \else \set at :until \endif

select
    users.user_key as user,
    state.state,
    case when state.is_running then 'now' else 'ahead' end as "when",
    state.origin,
    state.extension,
    state.kind,
    absence.told_reason(state.reason) as reason,
    state.starts_at,
    state.ends_at,
    state.known_from,
    state.run_id as run,
    state.booking_keys as bookings
from roster.users
inner join customer.customers on users.customer_id = customers.customer_id
cross join
    lateral absence.state_at(users.customer_id, users.user_id, :'at'::timestamptz) as state
where customers.customer_key like :'customer' and users.user_key like :'user'
order by users.user_key, state.state, state.starts_at
limit :rows;
