-- intake.take_in_groups: makes what groups were asked for those who are in them.
--
-- A group that failed, told of no member, or told of members of whom the roster knows none, keeps
-- those that it had: nobody is switched off by it. Returns a row for each group that was asked.

create function intake.take_in_groups(
    customer_id bigint, staged_count bigint, at timestamptz, read_by text
)
returns table (
    source text, group_key text, service text, member_count integer, unknown_count integer,
    joined_count integer, left_count integer, failure text
)
language plpgsql as $$
#variable_conflict use_column
begin
    -- One at a time, and none beside a roster.
    perform from customer.customers
    where customers.customer_id = take_in_groups.customer_id
    for no key update;

    if take_in_groups.staged_count <> (
        select count(*) from staging.group_answers as answers
        where answers.customer_id = take_in_groups.customer_id
    ) + (
        select count(*) from staging.group_members as members
        where members.customer_id = take_in_groups.customer_id
    ) then
        raise exception 'staging does not hold what was sent; the groups are taken back'
            using errcode = 'KK002';
    end if;

    -- Those that the customer file names still.
    create temporary table asked_groups on commit drop as
    with

    told as (
        select
            members.group_id,
            members.member_key,
            coalesce(nullif(members.mail_addresses, '{}'), known.mail_addresses) as mail_addresses
        from staging.group_members as members
        left join roster.group_members as known
            on members.customer_id = known.customer_id
            and members.group_id = known.group_id
            and members.member_key = known.member_key
        where members.customer_id = take_in_groups.customer_id
    ),

    names as (
        select named.name
        from roster.users
        cross join
            lateral unnest(array_append(users.mail_addresses, lower(users.user_key)))
                as named (name)
        where users.customer_id = take_in_groups.customer_id and users.is_active
    ),

    found as materialized (
        select distinct told.group_id
        from told
        cross join lateral unnest(told.mail_addresses) as named (name)
        inner join names on named.name = names.name
    )

    select
        named.group_id,
        coalesce(answers.failure, case
            when not exists (select from told where told.group_id = answers.group_id)
                then 'the group told of no member; nobody was switched off'
            when exists (select from names)
                and not exists (select from found where found.group_id = answers.group_id)
                then 'of the ' || (
                    select count(distinct told.member_key) from told
                    where told.group_id = answers.group_id
                ) || ' members that the group told the roster knows none: do the mail addresses '
                || 'of the two agree? nobody was switched off'
        end) as failure
    from staging.group_answers as answers
    inner join intake.groups_to_read as named
        on answers.customer_id = named.customer_id and answers.group_id = named.group_id
    where answers.customer_id = take_in_groups.customer_id;

    update roster.groups
    set
        answered_at = case when asked.failure is null then at else answered_at end,
        failed_at = case when asked.failure is not null then at end,
        failure = asked.failure
    from asked_groups as asked
    where groups.customer_id = take_in_groups.customer_id and groups.group_id = asked.group_id;

    delete from roster.group_members as members
    using asked_groups as asked
    where members.customer_id = take_in_groups.customer_id
        and members.group_id = asked.group_id
        and asked.failure is null
        and not exists (
            select from staging.group_members as told
            where told.customer_id = members.customer_id
                and told.group_id = members.group_id
                and told.member_key = members.member_key
        );

    insert into roster.group_members as known
    select distinct on (told.group_id, told.member_key)
        told.customer_id, told.group_id, told.member_key, told.mail_addresses
    from staging.group_members as told
    inner join asked_groups as asked on told.group_id = asked.group_id
    where told.customer_id = take_in_groups.customer_id and asked.failure is null
    order by told.group_id, told.member_key, told.mail_addresses desc
    on conflict (customer_id, group_id, member_key) do update set
        mail_addresses = excluded.mail_addresses
    -- A member who comes without addresses, hidden or replicated in part, is still the same.
    where known.mail_addresses <> excluded.mail_addresses and excluded.mail_addresses <> '{}';

    perform intake.settle_groups(
        take_in_groups.customer_id, at, take_in_groups.read_by
    );

    insert into audit.group_reads
    select
        groups.customer_id, groups.group_id, take_in_groups.at, take_in_groups.read_by,
        groups.source, groups.group_key, groups.service,
        (
            select count(*) from roster.group_members as members
            where members.customer_id = groups.customer_id and members.group_id = groups.group_id
        ),
        count(*) filter (where changes.change = 'joined'),
        count(*) filter (where changes.change = 'left'),
        asked.failure
    from asked_groups as asked
    inner join roster.groups
        on groups.customer_id = take_in_groups.customer_id and groups.group_id = asked.group_id
    left join audit.group_changes as changes
        on changes.customer_id = groups.customer_id
        and changes.changed_at = take_in_groups.at
        and changes.source = groups.source
        and changes.group_key = groups.group_key
        and changes.service = groups.service
    group by groups.customer_id, groups.group_id, asked.failure;

    return query
    select
        reads.source, reads.group_key, reads.service, reads.member_count,
        reads.member_count - (
            select count(distinct matches.member_key)::integer
            from intake.group_matches as matches
            where matches.customer_id = reads.customer_id
                and matches.group_id = reads.group_id
                and not matches.is_staged
        ),
        reads.joined_count, reads.left_count, reads.failure
    from audit.group_reads as reads
    where reads.customer_id = take_in_groups.customer_id and reads.read_at = take_in_groups.at
    order by reads.source, reads.group_key, reads.service;

    drop table asked_groups;
    delete from staging.group_answers as answers
    where answers.customer_id = take_in_groups.customer_id;
    delete from staging.group_members as members
    where members.customer_id = take_in_groups.customer_id;
end
$$;
