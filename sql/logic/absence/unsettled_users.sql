-- absence.unsettled_users: users with changes whose outcome was never written down.
--
-- One row per user and extension that the changes name: what must be observed before anything
-- else is planned for the user (design principle 7).

create view absence.unsettled_users as
select distinct
    changes.customer_id,
    changes.user_id,
    sides.extension
from audit.changes
cross join
    unnest(
        array[changes.before ->> 'extension', changes.after ->> 'extension']
    ) as sides (extension)
where
    changes.outcome is null
    and changes.held_because is null
    and sides.extension is not null;
