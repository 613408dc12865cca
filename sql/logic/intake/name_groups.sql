-- intake.name_groups: makes the groups that a customer file names those that count.
--
-- One that it names no longer is forgotten with its members. Where no group is left for a
-- service, everybody keeps what they have until the next roster.

create function intake.name_groups(
    customer_id bigint, groups jsonb, at timestamptz, changed_by text default null
)
returns void
language plpgsql as $$
#variable_conflict use_column
begin
    create temporary table named_groups on commit drop as
    select given.calendar as source, given."group" as group_key, given.service
    from jsonb_to_recordset(name_groups.groups)
        as given (calendar text, "group" text, service text);

    delete from roster.group_members as members
    using roster.groups as known
    where members.customer_id = name_groups.customer_id
        and known.customer_id = name_groups.customer_id
        and known.group_id = members.group_id
        and (known.source, known.group_key, known.service) not in (table named_groups);

    update roster.groups as known
    set is_active = false, answered_at = null, failed_at = null, failure = null
    where known.customer_id = name_groups.customer_id
        and known.is_active
        and (known.source, known.group_key, known.service) not in (table named_groups);

    insert into roster.groups as known (customer_id, group_id, source, group_key, service)
    select
        name_groups.customer_id,
        coalesce((
            select max(before.group_id) from roster.groups as before
            where before.customer_id = name_groups.customer_id
        ), 0) + row_number() over (order by source, group_key, service),
        source, group_key, service
    from named_groups
    on conflict (customer_id, source, group_key, service) do update set is_active = true;

    drop table named_groups;
    perform intake.settle_groups(name_groups.customer_id, at, name_groups.changed_by);
end
$$;
