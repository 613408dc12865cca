-- intake.settle_groups: makes it so that users are members and have the services as the groups
-- have it. Writes down who joined and who left; whoever gains or loses a service is touched.

create function intake.settle_groups(
    customer_id bigint, at timestamptz, changed_by text
)
returns void
language plpgsql as $$
#variable_conflict use_column
declare
    changed_users bigint[];
begin
    with

    known as (
        select distinct users.user_id, matches.group_id
        from intake.group_matches as matches
        inner join roster.users
            on matches.customer_id = users.customer_id and matches.user_key = users.user_key
        inner join intake.groups_to_read as named
            on matches.customer_id = named.customer_id and matches.group_id = named.group_id
        where matches.customer_id = settle_groups.customer_id and not matches.is_staged
    ),

    gone as (
        delete from roster.memberships
        where memberships.customer_id = settle_groups.customer_id
            and not exists (
                select from known
                where known.user_id = memberships.user_id
                    and known.group_id = memberships.group_id
            )
        returning user_id, group_id
    ),

    come as (
        insert into roster.memberships
        select settle_groups.customer_id, known.user_id, known.group_id, settle_groups.at
        from known
        on conflict do nothing
        returning user_id, group_id
    )

    insert into audit.group_changes
    select
        settle_groups.customer_id, changes.user_id, settle_groups.at, groups.source,
        groups.group_key, groups.service, changes.change
    from (
        select user_id, group_id, 'joined' as change from come
        union all
        select user_id, group_id, 'left' from gone
    ) as changes
    inner join roster.groups
        on groups.customer_id = settle_groups.customer_id
        and groups.group_id = changes.group_id;

    with

    changed as (
        select
            users.user_id,
            coalesce(given.has_calendar, users.has_calendar) as has_calendar,
            coalesce(given.has_diversion, users.has_diversion) as has_diversion
        from roster.users
        inner join intake.services_by_group as given
            on users.customer_id = given.customer_id and users.user_key = given.user_key
        where users.customer_id = settle_groups.customer_id
            and users.is_active
            and not given.is_staged
            and (
                given.has_calendar <> users.has_calendar
                or given.has_diversion <> users.has_diversion
            )
    ),

    kept as (
        insert into roster.user_versions
        select
            users.customer_id, users.user_id, tstzrange(users.held_from, at), users.user_key,
            users.name, users.extension, users.time_zone, users.language, users.has_calendar,
            users.has_diversion, users.is_active, users.mail_addresses, settle_groups.changed_by
        from roster.users
        inner join changed using (user_id)
        where users.customer_id = settle_groups.customer_id and users.held_from < at
    ),

    written as (
        update roster.users
        set
            has_calendar = changed.has_calendar,
            has_diversion = changed.has_diversion,
            held_from = greatest(settle_groups.at, users.held_from)
        from changed
        where users.customer_id = settle_groups.customer_id and users.user_id = changed.user_id
        returning users.user_id
    )

    select array_agg(user_id) into changed_users from written;

    if changed_users is not null then
        perform intake.touch(settle_groups.customer_id, changed_users, 'groups', at);
    end if;
end
$$;
