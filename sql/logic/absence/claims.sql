-- absence.claims: what each booking wants, or why it wants nothing.
--
-- One row per booking of a calendar in use. The order of `because` is that in which the
-- reasons are tested (domain P-1); null means that the booking wants an absence.

create view absence.claims as

with

facts as (
    select
        -- Of the participant, so that where users are named only theirs are read.
        participants.customer_id,
        participants.user_id,
        bookings.calendar_id,
        bookings.resource_key,
        bookings.booking_key,
        bookings.mark,
        bookings.show_as,
        case when participants.shows_text then bookings.shown_text end as shown_text,
        bookings.code,
        bookings.held_from,
        bookings.load_id,
        bookings.account,
        bookings.account_because,
        bookings.start_date is not null as is_all_day,
        bookings.start_date,
        bookings.end_date,
        case
            when bookings.start_date is null then bookings.starts_at
            else intake.instant_of(bookings.start_date::timestamp, participants.time_zone)
        end as starts_at,
        case
            when bookings.end_date is null then bookings.ends_at
            else intake.instant_of(bookings.end_date::timestamp, participants.time_zone)
        end as ends_at,
        participants.extension,
        participants.time_zone,
        participants.rule_set_version,
        participants.all_day,
        participants.is_office_hours_only,
        participants.merge_gap,
        participants.days_ahead,
        participants.has_user_rules and bookings.is_choice as is_chosen,
        bookings.choice_reason,
        bookings.choice_kind,
        (participants.sync <> 'show_as' or participants.is_codes_only)
        and bookings.code is not null
        and bookings.response <> 'not_responded' as is_coded,
        bookings.code_reason,
        bookings.code_kind,
        participants.has_no_diversion,
        participants.is_diversion_service_required and not participants.has_diversion
            as lacks_diversion,
        participants.default_reason,
        participants.default_kind,
        own_rules.show_as is not null as has_own_rule,
        own_rules.is_skipped as own_is_skipped,
        own_rules.reason as own_reason,
        own_rules.kind as own_kind,
        coalesce(show_as_rules.is_skipped, true) as set_is_skipped,
        show_as_rules.reason as set_reason,
        show_as_rules.kind as set_kind,
        show_as_rules.decided_by as set_decided_by,
        coalesce(own_busy_rules.is_skipped, busy_rules.is_skipped) as busy_is_skipped,
        case
            when own_busy_rules.show_as is null then busy_rules.reason
            else own_busy_rules.reason
        end as busy_reason,
        case
            when own_busy_rules.show_as is null then busy_rules.kind
            else own_busy_rules.kind
        end as busy_kind,
        -- The user asked for free or tentative ones, where the administrator skips them.
        show_as_rules.is_skipped
        and (
            (bookings.show_as = 'free' and participants.uses_free)
            or (bookings.show_as = 'tentative' and participants.uses_tentative)
        ) as is_as_busy,
        participants.is_codes_only,
        coalesce(
            case
                when bookings.is_cancelled then 'cancelled'
                when bookings.response = 'declined' then 'declined'
                when bookings.starts_at >= bookings.ends_at then 'no_time'
            end,
            participants.why_not,
            case
                when
                    bookings.sensitivity in ('private', 'confidential')
                    and not participants.uses_private
                    then 'private'
                when participants.has_user_rules and bookings.is_choice_skip
                    then 'booking_override'
            end
        ) as barred_because
    from calendar.bookings
    inner join absence.participants
        on bookings.customer_id = participants.customer_id
        and bookings.user_id = participants.user_id
    inner join intake.calendars_in_use
        on bookings.customer_id = calendars_in_use.customer_id
        and bookings.user_id = calendars_in_use.user_id
        and bookings.calendar_id = calendars_in_use.calendar_id
    left join customer.show_as_rules
        on participants.customer_id = show_as_rules.customer_id
        and participants.rule_set_version = show_as_rules.rule_set_version
        and bookings.show_as = show_as_rules.show_as
    left join roster.show_as_preferences as own_rules
        on bookings.customer_id = own_rules.customer_id
        and bookings.user_id = own_rules.user_id
        and bookings.show_as = own_rules.show_as
        and participants.has_user_rules
    left join customer.show_as_rules as busy_rules
        on participants.customer_id = busy_rules.customer_id
        and participants.rule_set_version = busy_rules.rule_set_version
        and busy_rules.show_as = 'busy'
    left join roster.show_as_preferences as own_busy_rules
        on bookings.customer_id = own_busy_rules.customer_id
        and bookings.user_id = own_busy_rules.user_id
        and own_busy_rules.show_as = 'busy'
        and participants.has_user_rules
),

-- The user's own row; else the administrator's, or the busy row, the user's own before the
-- administrator's, where the user asked for that.
ruled as (
    select
        *,
        case
            when has_own_rule then own_is_skipped
            when is_as_busy then busy_is_skipped
            else set_is_skipped
        end as is_skipped,
        case
            when has_own_rule then own_reason
            when is_as_busy then busy_reason
            else set_reason
        end as table_reason,
        case
            when has_own_rule then own_kind
            when is_as_busy then busy_kind
            else set_kind
        end as table_kind,
        case when has_own_rule or is_as_busy then 'user' else set_decided_by end
            as table_decided_by
    from facts
),

given as (
    select
        *,
        case
            when is_coded then coalesce(code_reason, default_reason)
            when is_codes_only or is_skipped then default_reason
            else coalesce(table_reason, default_reason)
        end as given_reason,
        case
            when has_no_diversion then 'information'
            when is_coded then coalesce(code_kind, default_kind)
            when is_codes_only or is_skipped then 'information'
            else coalesce(table_kind, default_kind)
        end as given_kind
    from ruled
),

judged as (
    select
        *,
        -- Each part once: a view's columns are computed where they are read, each time anew.
        coalesce(
            barred_because,
            case
                when is_chosen then null
                when is_all_day and all_day = 'skip' then 'all_day'
                when is_coded then null
                when is_codes_only and code is not null then 'not_answered'
                when is_codes_only then 'no_code'
                when is_skipped then 'show_as'
            end
        ) as because
    from given
)

select
    customer_id,
    user_id,
    calendar_id,
    resource_key,
    booking_key,
    mark,
    starts_at,
    ends_at,
    start_date,
    end_date,
    extension,
    time_zone,
    rule_set_version,
    merge_gap,
    show_as,
    shown_text,
    code,
    held_from,
    case when is_chosen then 3 when is_coded then 2 else 1 end as origin,
    case
        when is_chosen then 'choice'
        when is_coded then 'code'
        else table_decided_by
    end as decided_by,
    case when is_chosen then coalesce(choice_reason, given_reason) else given_reason end
        as reason,
    case
        when lacks_diversion then 'information'
        when is_chosen then coalesce(choice_kind, given_kind)
        else given_kind
    end as kind,
    lacks_diversion
    and case when is_chosen then coalesce(choice_kind, given_kind) else given_kind end
    <> 'information' as is_weakened,
    is_all_day and all_day = 'office_hours' or is_office_hours_only as is_clipped,
    -- Of the rules alone: where they clip nothing, no booking is read to see which are clipped.
    all_day = 'office_hours' or is_office_hours_only as may_be_clipped,
    because,
    -- A case, for the planner takes `because is null` to be rare.
    case when because is null then true else false end as is_used, -- noqa: ST02
    code_reason,
    days_ahead,
    load_id,
    account,
    account_because
from judged;
