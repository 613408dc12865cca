-- watch.stale_users: users whom no pass has found right for 26 hours, or who have been waiting
-- for a quarter of an hour.
--
-- One row per user. A night verifies everybody, so whoever was left out of one shows here.

create view watch.stale_users with (security_barrier) as
with

waiting as (
    select
        touched.customer_id,
        touched.user_id,
        min(touched.since) as since,
        array_agg(touched.cause order by touched.cause) as causes
    from calendar.touched
    group by touched.customer_id, touched.user_id
)

select
    customers.customer_key,
    users.user_key,
    verified.verified_at,
    waiting.since as waiting_since,
    coalesce(waiting.causes, '{}') as waiting_for,
    coalesce(verified.verified_at, users.held_from)
    < watch.as_of() - interval '26 hours' as is_unverified,
    coalesce(
        verified.verified_at, greatest(users.held_from, customers.created_at)
    ) as unverified_since
from roster.users
inner join customer.visible_customers as customers
    on users.customer_id = customers.customer_id and customers.is_active
left join telephony.verified
    on users.customer_id = verified.customer_id and users.user_id = verified.user_id
left join waiting
    on users.customer_id = waiting.customer_id and users.user_id = waiting.user_id
where
    users.is_active
    and (
        coalesce(verified.verified_at, users.held_from) < watch.as_of() - interval '26 hours'
        or waiting.since < watch.as_of() - interval '15 minutes'
    );
comment on view watch.stale_users is
'Users whom no pass has found right for 26 hours, or who have been waiting for 15 minutes.';
comment on column watch.stale_users.verified_at is
'When a pass last compared them and left nothing to do; null where none did.';
comment on column watch.stale_users.waiting_since is
'Since when they have been marked as to be looked at; null where they are not.';
comment on column watch.stale_users.waiting_for is 'The marks, as in calendar.touched.';
comment on column watch.stale_users.is_unverified is
'Whether it is 26 hours; else they only wait.';
comment on column watch.stale_users.unverified_since is
'When a pass last verified them, or since when they are known.';
