-- absence.wanted_at: the absences that were wanted at an instant, neither ended nor too far ahead
-- then: of the named users, or of everybody.
--
-- As absence.desired_within would have answered then, by the bookings, rules, users, preferences
-- and calendars that held; for an instant ahead by what holds now. The text of bookings that have
-- changed since is not kept. It asks a shadow of the customer, which is taken back before this
-- returns; so it needs a transaction that may write.

create function absence.wanted_at(
    customer_id bigint, as_of timestamptz, user_ids bigint[] default null
)
returns setof absence.desired
language plpgsql as $$
declare
    shadow_id bigint;
    wanted absence.desired[];
begin
    begin
        shadow_id := intake.cast_shadow(
            wanted_at.customer_id, wanted_at.as_of, wanted_at.user_ids
        );
        wanted := array(
            select desired
            from absence.desired_within(
                shadow_id, wanted_at.as_of, wanted_at.user_ids
            ) as desired
        );
        raise exception 'the shadow goes' using errcode = 'KK003';
    exception
        when sqlstate 'KK003' then null;
    end;
    return query
    select (jsonb_populate_record(
        desired, jsonb_build_object('customer_id', wanted_at.customer_id)
    )).*
    from unnest(wanted) as desired;
end
$$;
