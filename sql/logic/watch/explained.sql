-- watch.explained: what became of each booking and why, without the text of any.
--
-- One row per booking of a calendar in use, as it stands now. `because` says why it gives
-- nothing; that its time is past or too far ahead is for absence.outcomes_within to say.

create view watch.explained with (security_barrier) as
select
    customers.customer_key,
    users.user_key,
    explained.booking_key,
    explained.held_from as booking_since,
    explained.starts_at,
    explained.ends_at,
    explained.is_all_day,
    explained.show_as,
    explained.code,
    explained.rule_set_version,
    explained.decided_by,
    explained.reason,
    explained.kind,
    explained.is_weakened,
    explained.merged_with,
    explained.suppressed_by,
    explained.because
from absence.explained
inner join customer.visible_customers as customers
    on explained.customer_id = customers.customer_id
inner join roster.users
    on explained.customer_id = users.customer_id and explained.user_id = users.user_id;
comment on view watch.explained is
'What each booking gives, what decided that, beside whom it stands, and why it gives nothing.';
