-- privacy.persons: by what each user is known outside the tables that carry the user.
--
-- One row per user, active or not. An extension that another has now is no longer the user's.

create view privacy.persons as
select
    users.customer_id,
    users.user_id,
    users.user_key,
    users.is_active,
    customers.customer_key,
    users.mail_addresses,
    array(
        select users.extension
        union
        select user_versions.extension
        from roster.user_versions
        where
            user_versions.customer_id = users.customer_id
            and user_versions.user_id = users.user_id
        except
        select others.extension
        from roster.users as others
        where
            others.customer_id = users.customer_id
            and others.user_id <> users.user_id
            and others.is_active
    ) as extensions
from roster.users
inner join customer.customers on users.customer_id = customers.customer_id;
