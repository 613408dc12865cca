-- intake.setting_changes: how two versions of a customer's rules differ, key by key.
--
-- One row per key, or per member of a key that is a map (show_as.busy); null is a value that the
-- customer does not set and the template gives.

create function intake.setting_changes(
    customer_id bigint, old_version integer, new_version integer
)
returns table (key text, old_value text, new_value text)
language sql stable
as $$
    with

    settings as (
        select
            rule_sets.rule_set_version,
            entry.key,
            entry.value
        from customer.rule_sets
        cross join lateral
            jsonb_each(
                rule_sets.settings || jsonb_build_object('system', rule_sets.system)
            ) as entry
        where
            rule_sets.customer_id = setting_changes.customer_id
            and rule_sets.rule_set_version in (
                setting_changes.old_version, setting_changes.new_version
            )
    ),

    flat as (
        select
            settings.rule_set_version,
            settings.key || '.' || member.key as key,
            member.value::text as value
        from settings
        cross join lateral jsonb_each(
            case jsonb_typeof(settings.value) when 'object' then settings.value else '{}' end
        ) as member
        union all
        select
            settings.rule_set_version,
            settings.key,
            settings.value::text as value
        from settings
        where jsonb_typeof(settings.value) <> 'object' or settings.value = '{}'
    )

    select
        coalesce(old.key, new.key) as key,
        old.value,
        new.value
    from (select * from flat where rule_set_version = setting_changes.old_version) as old
    full join (select * from flat where rule_set_version = setting_changes.new_version) as new
        on old.key = new.key
    where old.value is distinct from new.value
    order by 1;
$$;
