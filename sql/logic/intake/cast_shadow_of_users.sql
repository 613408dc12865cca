-- intake.cast_shadow_of_users: the users of a shadow with all that is theirs, as it stood at an
-- instant. The second half of cast_shadow.

create function intake.cast_shadow_of_users(
    customer_id bigint, shadow_id bigint, as_of timestamptz, user_ids bigint[]
)
returns void
language plpgsql as $$
#variable_conflict use_column
declare
    shadow jsonb := jsonb_build_object('customer_id', shadow_id);
    part text;
begin
    insert into roster.users (
        customer_id, user_id, user_key, name, extension, time_zone, language, has_calendar,
        has_diversion, is_active, held_from
    )
    select shadow_id, known.*
    from (
        select
            user_id, user_key, name, extension, time_zone, language, has_calendar,
            has_diversion, is_active, held_from
        from roster.users
        where users.customer_id = cast_shadow_of_users.customer_id and held_from <= as_of
        union all
        select
            user_id, user_key, name, extension, time_zone, language, has_calendar,
            has_diversion, is_active, lower(held_during)
        from roster.user_versions
        where user_versions.customer_id = cast_shadow_of_users.customer_id
            and held_during @> as_of
    ) as known
    where user_ids is null or known.user_id = any(user_ids);

    -- Preferences as they are now, where they already were so then; else the earlier ones.
    foreach part in array array[
        'preferences', 'show_as_preferences', 'announced_reasons', 'targets'
    ] loop
        execute format(
            'insert into roster.%1$I
            select (jsonb_populate_record(original, $1)).*
            from roster.%1$I as original
            inner join roster.users
                on users.customer_id = $2 and original.user_id = users.user_id
            inner join roster.preference_versions as versions
                on original.customer_id = versions.customer_id
                and original.user_id = versions.user_id
                and versions.held_during @> $4
                and upper_inf(versions.held_during)
            where original.customer_id = $3',
            part
        )
        using shadow, shadow_id, cast_shadow_of_users.customer_id, as_of;
    end loop;
    perform intake.take_in_preferences(shadow_id, users.user_id, versions.settings, as_of)
    from roster.preference_versions as versions
    inner join roster.users
        on users.customer_id = shadow_id and versions.user_id = users.user_id
    where versions.customer_id = cast_shadow_of_users.customer_id
        and versions.held_during @> as_of
        and not upper_inf(versions.held_during);

    insert into roster.calendars
    select (jsonb_populate_record(original, shadow || jsonb_build_object('is_active', coalesce(
        versions.is_active,
        original.is_active and original.held_from <= as_of
    )))).*
    from roster.calendars as original
    inner join roster.users
        on users.customer_id = shadow_id and original.user_id = users.user_id
    left join roster.calendar_versions as versions
        on original.customer_id = versions.customer_id
        and original.user_id = versions.user_id
        and original.calendar_id = versions.calendar_id
        and versions.held_during @> as_of
        and as_of < original.held_from
    where original.customer_id = cast_shadow_of_users.customer_id;
    insert into calendar.cursors
    select (jsonb_populate_record(original, shadow || jsonb_build_object(
        'whole_at', case when original.first_whole_at <= as_of then original.whole_at end
    ))).*
    from calendar.cursors as original
    inner join roster.users
        on users.customer_id = shadow_id and original.user_id = users.user_id
    where original.customer_id = cast_shadow_of_users.customer_id;

    insert into calendar.bookings (
        customer_id, user_id, calendar_id, booking_key, resource_key, starts_at, ends_at,
        start_date, end_date, show_as, sensitivity, response, is_cancelled, code, code_reason,
        code_kind, near_miss, shown_text, is_choice, is_choice_skip, choice_reason, choice_kind,
        mark, rule_set_version, load_id, held_from
    )
    select
        shadow_id, stood.user_id, stood.calendar_id, stood.booking_key, stood.resource_key,
        stood.starts_at, stood.ends_at, stood.start_date, stood.end_date, stood.show_as,
        stood.sensitivity, stood.response, stood.is_cancelled, stood.code, stood.code_reason,
        stood.code_kind, stood.near_miss, stood.shown_text, stood.is_choice,
        stood.is_choice_skip, stood.choice_reason, stood.choice_kind, stood.mark,
        stood.rule_set_version, stood.load_id, stood.held_from
    from intake.bookings_at(cast_shadow_of_users.customer_id, as_of, user_ids) as stood
    inner join roster.users on users.customer_id = shadow_id and stood.user_id = users.user_id;
end
$$;
