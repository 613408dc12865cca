-- intake.take_in_roster: makes a staged roster the users of a customer.
--
-- Users who are not in it any more become inactive: their absences are withdrawn by the next
-- pass, their rows stay. Whoever's mail address, time zone or calendar changed is loaded afresh.
-- Where groups decide who has a service, they do here as well; while those named for it are
-- undecided, users keep what they have, and what the roster says counts for new ones alone.

create function intake.take_in_roster(
    customer_id bigint, staged_count bigint, at timestamptz, imported_by text
)
returns table (added_count bigint, changed_count bigint, left_count bigint)
language plpgsql as $$
#variable_conflict use_column
declare
    changed_users bigint[];
    reread_users bigint[];
begin
    -- One import at a time, so that numbers are minted once.
    perform from customer.customers
    where customers.customer_id = take_in_roster.customer_id
    for no key update;

    if take_in_roster.staged_count <> (
        select count(*) from staging.roster
        where roster.customer_id = take_in_roster.customer_id
    ) then
        raise exception 'staging does not hold what was sent; the roster is taken back'
            using errcode = 'KK002';
    end if;

    -- Whoever is to be changed, with what the roster says: null where nothing does any more.
    create temporary table wanted_users on commit drop as
    select
        coalesce(users.user_id, (
            select coalesce(max(known.user_id), 0) from roster.users as known
            where known.customer_id = take_in_roster.customer_id
        ) + row_number() over (partition by users.user_id is null order by wanted.row_number))
        as user_id,
        users.user_id is null as is_new,
        wanted.user_key is null as has_left,
        coalesce(wanted.user_key, users.user_key) as user_key,
        coalesce(wanted.name, users.name) as name,
        coalesce(wanted.extension, users.extension) as extension,
        coalesce(wanted.time_zone, users.time_zone) as time_zone,
        coalesce(wanted.language, users.language) as language,
        coalesce(wanted.mail_addresses, users.mail_addresses) as mail_addresses,
        coalesce(wanted.has_calendar, users.has_calendar) as has_calendar,
        coalesce(wanted.has_diversion, users.has_diversion) as has_diversion,
        (wanted.time_zone, wanted.mail_addresses, true)
            is distinct from (users.time_zone, users.mail_addresses, users.is_active)
        as is_reread
    from (
        select
            roster.row_number, roster.user_key, roster.name, roster.extension,
            roster.time_zone, roster.language, roster.mail_addresses,
            coalesce(
                given.has_calendar,
                case when given.is_calendar_named then present.has_calendar end,
                roster.has_calendar
            ) as has_calendar,
            coalesce(
                given.has_diversion,
                case when given.is_diversion_named then present.has_diversion end,
                roster.has_diversion
            ) as has_diversion
        from staging.roster
        left join intake.services_by_group as given
            on roster.customer_id = given.customer_id
            and roster.user_key = given.user_key
            and given.is_staged
        left join roster.users as present
            on roster.customer_id = present.customer_id
            and roster.user_key = present.user_key
            and present.is_active
        where roster.customer_id = take_in_roster.customer_id
    ) as wanted
    full join (
        select * from roster.users where users.customer_id = take_in_roster.customer_id
    ) as users
        on wanted.user_key = users.user_key
    where (
        wanted.user_key, wanted.name, wanted.extension, wanted.time_zone, wanted.language,
        wanted.mail_addresses, wanted.has_calendar, wanted.has_diversion, true
    ) is distinct from (
        users.user_key, users.name, users.extension, users.time_zone, users.language,
        users.mail_addresses, users.has_calendar, users.has_diversion, users.is_active
    ) and (wanted.user_key is not null or users.is_active);

    insert into roster.user_versions
    select
        users.customer_id, users.user_id, tstzrange(users.held_from, at), users.user_key,
        users.name, users.extension, users.time_zone, users.language, users.has_calendar,
        users.has_diversion, users.is_active, users.mail_addresses, take_in_roster.imported_by
    from roster.users
    inner join wanted_users using (user_id)
    where users.customer_id = take_in_roster.customer_id and users.held_from < at;

    insert into roster.users as known (
        customer_id, user_id, user_key, name, extension, time_zone, language, mail_addresses,
        has_calendar, has_diversion, is_active, held_from
    )
    select
        take_in_roster.customer_id, user_id, user_key, name, extension, time_zone, language,
        mail_addresses, has_calendar, has_diversion, not has_left, take_in_roster.at
    from wanted_users
    on conflict (customer_id, user_id) do update set
        name = excluded.name,
        extension = excluded.extension,
        time_zone = excluded.time_zone,
        language = excluded.language,
        mail_addresses = excluded.mail_addresses,
        has_calendar = excluded.has_calendar,
        has_diversion = excluded.has_diversion,
        is_active = excluded.is_active,
        held_from = greatest(excluded.held_from, known.held_from);

    reread_users := array(
        select user_id from wanted_users where is_reread and not has_left
        union
        select * from intake.take_in_calendars(take_in_roster.customer_id, at)
    );
    changed_users := array(select user_id from wanted_users) || reread_users;
    perform intake.load_afresh(take_in_roster.customer_id, reread_users);
    perform intake.touch(take_in_roster.customer_id, changed_users, 'roster', at);

    -- Whose calendars alone changed has changed as well.
    insert into wanted_users (user_id, is_new, has_left)
    select user_id, false, false
    from unnest(reread_users) as reread (user_id)
    where not exists (
        select from wanted_users where wanted_users.user_id = reread.user_id
    );

    return query
    select
        count(*) filter (where is_new), count(*) filter (where not is_new and not has_left),
        count(*) filter (where has_left)
    from wanted_users;

    insert into audit.rosters
    select
        take_in_roster.customer_id, take_in_roster.at, take_in_roster.imported_by,
        take_in_roster.staged_count, count(*) filter (where is_new),
        count(*) filter (where not is_new and not has_left), count(*) filter (where has_left)
    from wanted_users;

    drop table wanted_users;
    perform intake.settle_groups(
        take_in_roster.customer_id, at, take_in_roster.imported_by
    );
    delete from staging.roster where roster.customer_id = take_in_roster.customer_id;
end
$$;
