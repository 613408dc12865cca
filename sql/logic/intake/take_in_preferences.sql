-- intake.take_in_preferences: makes a user's own rules those that count from now on.
--
-- Returns whether anything changed. Where what is kept of a booking changes, the user's
-- calendars are loaded afresh (domain P-20).

create function intake.take_in_preferences(
    customer_id bigint,
    user_id bigint,
    settings jsonb,
    at timestamptz,
    applied_by text default null
)
returns boolean
language plpgsql as $$
#variable_conflict use_column
declare
    before jsonb;
begin
    select preferences.settings into before
    from roster.preferences
    where preferences.customer_id = take_in_preferences.customer_id
        and preferences.user_id = take_in_preferences.user_id;
    if before = take_in_preferences.settings then
        return false;
    end if;

    -- A second change at the same instant takes the place of the first.
    update roster.preference_versions
    set held_during = tstzrange(lower(held_during), at)
    where preference_versions.customer_id = take_in_preferences.customer_id
        and preference_versions.user_id = take_in_preferences.user_id
        and upper_inf(held_during)
        and lower(held_during) < at;
    insert into roster.preference_versions
    select
        take_in_preferences.customer_id,
        take_in_preferences.user_id,
        tstzrange(
            greatest(at, max(lower(held_during)) filter (where upper_inf(held_during))), null
        ),
        take_in_preferences.settings,
        take_in_preferences.applied_by
    from roster.preference_versions
    where preference_versions.customer_id = take_in_preferences.customer_id
        and preference_versions.user_id = take_in_preferences.user_id
    on conflict (customer_id, user_id, held_during) do update set
        settings = excluded.settings, applied_by = excluded.applied_by;

    delete from roster.show_as_preferences as own
    where own.customer_id = take_in_preferences.customer_id
        and own.user_id = take_in_preferences.user_id;
    delete from roster.announced_reasons as own
    where own.customer_id = take_in_preferences.customer_id
        and own.user_id = take_in_preferences.user_id;
    delete from roster.targets as own
    where own.customer_id = take_in_preferences.customer_id
        and own.user_id = take_in_preferences.user_id;

    insert into roster.preferences values (
        take_in_preferences.customer_id,
        take_in_preferences.user_id,
        (settings ->> 'enabled')::boolean,
        (settings ->> 'codes_only')::boolean,
        settings ->> 'default_reason',
        (settings ->> 'no_diversion')::boolean,
        case
            when settings ? 'text' then array(select jsonb_array_elements_text(settings -> 'text'))
        end,
        (settings ->> 'private')::boolean,
        (settings ->> 'free')::boolean,
        (settings ->> 'tentative')::boolean,
        settings
    )
    on conflict (customer_id, user_id) do update set
        is_enabled = excluded.is_enabled,
        is_codes_only = excluded.is_codes_only,
        default_reason = excluded.default_reason,
        has_no_diversion = excluded.has_no_diversion,
        text_fields = excluded.text_fields,
        uses_private = excluded.uses_private,
        uses_free = excluded.uses_free,
        uses_tentative = excluded.uses_tentative,
        settings = excluded.settings;

    insert into roster.show_as_preferences
    select
        take_in_preferences.customer_id,
        take_in_preferences.user_id,
        given.key::customer.show_as,
        given.value = '"skip"',
        given.value ->> 'reason',
        (given.value ->> 'kind')::customer.kind
    from jsonb_each(settings -> 'show_as') as given;

    insert into roster.announced_reasons
    select
        take_in_preferences.customer_id,
        take_in_preferences.user_id,
        announced.key,
        announced.value
    from jsonb_each_text(settings -> 'announce_as') as announced;

    insert into roster.targets
    select
        take_in_preferences.customer_id,
        take_in_preferences.user_id,
        target.key,
        (target.value ->> 'type')::customer.target_type,
        target.value ->> 'number'
    from jsonb_each(settings -> 'targets') as target;

    if (before -> 'text', before -> 'private', coalesce(before -> 'codes_only', 'false'))
        is distinct from
        (settings -> 'text', settings -> 'private', coalesce(settings -> 'codes_only', 'false'))
    then
        perform intake.load_afresh(
            take_in_preferences.customer_id, array[take_in_preferences.user_id]
        );
    end if;
    perform intake.touch(
        take_in_preferences.customer_id, array[take_in_preferences.user_id], 'preferences', at
    );
    return true;
end
$$;
