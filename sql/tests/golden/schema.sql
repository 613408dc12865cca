--
-- PostgreSQL database dump
--

\restrict golden


SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: absence; Type: SCHEMA; Schema: -; Owner: -
--

CREATE SCHEMA absence;


--
-- Name: SCHEMA absence; Type: COMMENT; Schema: -; Owner: -
--

COMMENT ON SCHEMA absence IS 'From bookings to wanted absences, and how these differ from what stands.';


--
-- Name: audit; Type: SCHEMA; Schema: -; Owner: -
--

CREATE SCHEMA audit;


--
-- Name: SCHEMA audit; Type: COMMENT; Schema: -; Owner: -
--

COMMENT ON SCHEMA audit IS 'What was loaded, planned and done, in the words of the domain.';


--
-- Name: audit_months; Type: SCHEMA; Schema: -; Owner: -
--

CREATE SCHEMA audit_months;


--
-- Name: SCHEMA audit_months; Type: COMMENT; Schema: -; Owner: -
--

COMMENT ON SCHEMA audit_months IS 'The months of the tables in audit, by UTC; made ahead and dropped by the nightly job. Ask audit.';


--
-- Name: billing; Type: SCHEMA; Schema: -; Owner: -
--

CREATE SCHEMA billing;


--
-- Name: SCHEMA billing; Type: COMMENT; Schema: -; Owner: -
--

COMMENT ON SCHEMA billing IS 'From days with the service to invoices, and how they come about.';


--
-- Name: calendar; Type: SCHEMA; Schema: -; Owner: -
--

CREATE SCHEMA calendar;


--
-- Name: SCHEMA calendar; Type: COMMENT; Schema: -; Owner: -
--

COMMENT ON SCHEMA calendar IS 'Bookings as they stand and stood, without text that no rule shows.';


--
-- Name: customer; Type: SCHEMA; Schema: -; Owner: -
--

CREATE SCHEMA customer;


--
-- Name: SCHEMA customer; Type: COMMENT; Schema: -; Owner: -
--

COMMENT ON SCHEMA customer IS 'Customers and the rules that they chose, every version of them.';


--
-- Name: intake; Type: SCHEMA; Schema: -; Owner: -
--

CREATE SCHEMA intake;


--
-- Name: SCHEMA intake; Type: COMMENT; Schema: -; Owner: -
--

COMMENT ON SCHEMA intake IS 'How loads, rosters, rules and read-backs are taken in.';


--
-- Name: ledger; Type: SCHEMA; Schema: -; Owner: -
--

CREATE SCHEMA ledger;


--
-- Name: SCHEMA ledger; Type: COMMENT; Schema: -; Owner: -
--

COMMENT ON SCHEMA ledger IS 'What is billed and why: evidence, contracts and closed invoices.';


--
-- Name: privacy; Type: SCHEMA; Schema: -; Owner: -
--

CREATE SCHEMA privacy;


--
-- Name: SCHEMA privacy; Type: COMMENT; Schema: -; Owner: -
--

COMMENT ON SCHEMA privacy IS 'What is held about a person, what for, and how it is erased.';


--
-- Name: roster; Type: SCHEMA; Schema: -; Owner: -
--

CREATE SCHEMA roster;


--
-- Name: SCHEMA roster; Type: COMMENT; Schema: -; Owner: -
--

COMMENT ON SCHEMA roster IS 'Who takes part: users, their calendars and their own preferences.';


--
-- Name: staging; Type: SCHEMA; Schema: -; Owner: -
--

CREATE SCHEMA staging;


--
-- Name: SCHEMA staging; Type: COMMENT; Schema: -; Owner: -
--

COMMENT ON SCHEMA staging IS 'What a load brings; rows live for one transaction.';


--
-- Name: switchboard; Type: SCHEMA; Schema: -; Owner: -
--

CREATE SCHEMA switchboard;


--
-- Name: SCHEMA switchboard; Type: COMMENT; Schema: -; Owner: -
--

COMMENT ON SCHEMA switchboard IS 'What the telephone system reads: who is away, why and until when.';


--
-- Name: telephony; Type: SCHEMA; Schema: -; Owner: -
--

CREATE SCHEMA telephony;


--
-- Name: SCHEMA telephony; Type: COMMENT; Schema: -; Owner: -
--

COMMENT ON SCHEMA telephony IS 'What was placed on the telephone side, and what was seen there.';


--
-- Name: watch; Type: SCHEMA; Schema: -; Owner: -
--

CREATE SCHEMA watch;


--
-- Name: SCHEMA watch; Type: COMMENT; Schema: -; Owner: -
--

COMMENT ON SCHEMA watch IS 'Rows only where somebody should look.';


--
-- Name: btree_gin; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS btree_gin WITH SCHEMA public;


--
-- Name: EXTENSION btree_gin; Type: COMMENT; Schema: -; Owner: -
--

COMMENT ON EXTENSION btree_gin IS 'support for indexing common datatypes in GIN';


--
-- Name: btree_gist; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;


--
-- Name: EXTENSION btree_gist; Type: COMMENT; Schema: -; Owner: -
--

COMMENT ON EXTENSION btree_gist IS 'support for indexing common datatypes in GiST';


--
-- Name: fuzzystrmatch; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS fuzzystrmatch WITH SCHEMA public;


--
-- Name: EXTENSION fuzzystrmatch; Type: COMMENT; Schema: -; Owner: -
--

COMMENT ON EXTENSION fuzzystrmatch IS 'determine similarities and distance between strings';


--
-- Name: accounted; Type: TYPE; Schema: absence; Owner: -
--

CREATE TYPE absence.accounted AS (
	user_id bigint,
	calendar_id integer,
	resource_key text,
	booking_key text,
	load_id bigint,
	held_from timestamp with time zone,
	account text,
	because text
);


--
-- Name: kind; Type: TYPE; Schema: customer; Owner: -
--

CREATE TYPE customer.kind AS ENUM (
    'information',
    'open',
    'direct'
);


--
-- Name: desired; Type: TYPE; Schema: absence; Owner: -
--

CREATE TYPE absence.desired AS (
	customer_id bigint,
	user_id bigint,
	extension text,
	starts_at timestamp with time zone,
	ends_at timestamp with time zone,
	kind customer.kind,
	reason text,
	announced_reason text,
	back_at timestamp with time zone,
	shown_text text,
	target text,
	ring_seconds integer,
	decided_by text,
	is_weakened boolean,
	booking_keys text[],
	booking_marks text[],
	days_ahead integer
);


--
-- Name: weighed; Type: TYPE; Schema: absence; Owner: -
--

CREATE TYPE absence.weighed AS (
	user_id bigint,
	calendar_id integer,
	resource_key text,
	booking_key text,
	load_id bigint,
	held_from timestamp with time zone,
	starts_at timestamp with time zone,
	ends_at timestamp with time zone,
	mark bytea,
	is_clipped boolean,
	is_known_late boolean,
	is_over boolean,
	verdict text[]
);


--
-- Name: action; Type: TYPE; Schema: audit; Owner: -
--

CREATE TYPE audit.action AS ENUM (
    'create',
    'update',
    'withdraw'
);


--
-- Name: outcome; Type: TYPE; Schema: audit; Owner: -
--

CREATE TYPE audit.outcome AS ENUM (
    'done',
    'unchanged',
    'failed',
    'conflict',
    'found_done',
    'found_undone',
    'not_carried_out'
);


--
-- Name: response; Type: TYPE; Schema: customer; Owner: -
--

CREATE TYPE customer.response AS ENUM (
    'organizer',
    'accepted',
    'tentative',
    'not_responded',
    'declined'
);


--
-- Name: sensitivity; Type: TYPE; Schema: customer; Owner: -
--

CREATE TYPE customer.sensitivity AS ENUM (
    'normal',
    'personal',
    'private',
    'confidential'
);


--
-- Name: show_as; Type: TYPE; Schema: customer; Owner: -
--

CREATE TYPE customer.show_as AS ENUM (
    'free',
    'working_elsewhere',
    'tentative',
    'busy',
    'out_of_office'
);


--
-- Name: target_type; Type: TYPE; Schema: customer; Owner: -
--

CREATE TYPE customer.target_type AS ENUM (
    'announcement',
    'voicemail',
    'number'
);


--
-- Name: kind; Type: TYPE; Schema: switchboard; Owner: -
--

CREATE TYPE switchboard.kind AS ENUM (
    'information',
    'open',
    'direct'
);


--
-- Name: origin; Type: TYPE; Schema: switchboard; Owner: -
--

CREATE TYPE switchboard.origin AS ENUM (
    'calendar',
    'person',
    'attendant'
);


--
-- Name: account_counts(bigint, timestamp with time zone, bigint[], tstzrange, int8range); Type: FUNCTION; Schema: absence; Owner: -
--

CREATE FUNCTION absence.account_counts(customer_id bigint, as_of timestamp with time zone, user_ids bigint[] DEFAULT NULL::bigint[], loaded tstzrange DEFAULT NULL::tstzrange, users int8range DEFAULT '(,)'::int8range) RETURNS TABLE(applied_count bigint, suppressed_count bigint, superseded_count bigint, pending_count bigint, failed_count bigint, unaccounted_count bigint)
    LANGUAGE plpgsql STABLE
    SET enable_mergejoin TO 'off'
    SET plan_cache_mode TO 'force_custom_plan'
    AS $$
begin
    return query
    with

    -- Counted as they come: only the few that are to be judged are kept.
    weighed as materialized (
        select
            count(*) filter (where verdict[1] = 'applied') as applied_count,
            count(*) filter (where verdict[1] = 'suppressed') as suppressed_count,
            count(*) filter (where verdict[1] = 'pending') as pending_count,
            count(*) filter (where verdict[1] = 'failed') as failed_count,
            array_agg(row(bookings.*)::absence.weighed) filter (where verdict is null) as open
        from (
            -- Its columns are read several times and computed once.
            select *
            from absence.weighed_within(
                account_counts.customer_id, account_counts.as_of, account_counts.user_ids,
                account_counts.loaded, account_counts.users
            )
            offset 0
        ) as bookings
    ),

    others as materialized (
        select
            count(*) filter (where accounts.account = 'applied') as applied_count,
            count(*) filter (where accounts.account = 'suppressed') as suppressed_count,
            count(*) filter (where accounts.account = 'superseded') as superseded_count,
            count(*) filter (where accounts.account = 'pending') as pending_count,
            count(*) filter (where accounts.account = 'failed') as failed_count,
            count(*) filter (where accounts.account is null) as unaccounted_count
        from (
            select judged.account
            from weighed
            cross join lateral absence.judged_within(
                account_counts.customer_id, account_counts.as_of, account_counts.user_ids,
                account_counts.users, weighed.open
            ) as judged

            union all

            select former.account
            from absence.former_accounts_within(
                account_counts.customer_id, account_counts.user_ids, account_counts.loaded,
                account_counts.users
            ) as former
        ) as accounts
    )

    select
        weighed.applied_count + others.applied_count,
        weighed.suppressed_count + others.suppressed_count,
        others.superseded_count,
        weighed.pending_count + others.pending_count,
        weighed.failed_count + others.failed_count,
        others.unaccounted_count
    from weighed
    cross join others;
end
$$;


--
-- Name: accounts_within(bigint, timestamp with time zone, bigint[], tstzrange, int8range); Type: FUNCTION; Schema: absence; Owner: -
--

CREATE FUNCTION absence.accounts_within(customer_id bigint, as_of timestamp with time zone, user_ids bigint[] DEFAULT NULL::bigint[], loaded tstzrange DEFAULT NULL::tstzrange, users int8range DEFAULT '(,)'::int8range) RETURNS SETOF absence.accounted
    LANGUAGE sql STABLE
    AS $$
    with

    weighed as materialized (
        select *
        from absence.weighed_within(
            accounts_within.customer_id, accounts_within.as_of, accounts_within.user_ids,
            accounts_within.loaded, accounts_within.users
        )
    )

    select
        weighed.user_id,
        weighed.calendar_id,
        weighed.resource_key,
        weighed.booking_key,
        weighed.load_id,
        weighed.held_from,
        weighed.verdict[1],
        weighed.verdict[2]
    from weighed
    where weighed.verdict is not null

    union all

    select judged.*
    from absence.judged_within(
        accounts_within.customer_id, accounts_within.as_of, accounts_within.user_ids,
        accounts_within.users,
        array(select row(weighed.*)::absence.weighed from weighed where verdict is null)
    ) as judged

    union all

    select former.*
    from absence.former_accounts_within(
        accounts_within.customer_id, accounts_within.user_ids, accounts_within.loaded,
        accounts_within.users
    ) as former;
$$;


--
-- Name: balance_within(bigint, timestamp with time zone, tstzrange); Type: FUNCTION; Schema: absence; Owner: -
--

CREATE FUNCTION absence.balance_within(customer_id bigint, as_of timestamp with time zone, loaded tstzrange DEFAULT '(,)'::tstzrange) RETURNS TABLE(load_count bigint, taken_in_count bigint, applied_count bigint, suppressed_count bigint, superseded_count bigint, pending_count bigint, failed_count bigint, unaccounted_count bigint, is_balanced boolean)
    LANGUAGE sql STABLE
    AS $$
    with

    loads as (
        select
            count(*) as load_count,
            coalesce(sum(loads.added_count + loads.changed_count - forgotten.version_count), 0)
            ::bigint as taken_in_count
        from audit.loads
        cross join lateral (
            select coalesce(sum(forgotten_versions.version_count), 0) as version_count
            from audit.forgotten_versions
            where
                forgotten_versions.customer_id = loads.customer_id
                and forgotten_versions.load_id = loads.load_id
        ) as forgotten
        where
            loads.customer_id = balance_within.customer_id
            and loads.started_at <@ balance_within.loaded
    )

    select
        loads.load_count,
        loads.taken_in_count,
        accounts.applied_count,
        accounts.suppressed_count,
        accounts.superseded_count,
        accounts.pending_count,
        accounts.failed_count,
        accounts.unaccounted_count,
        accounts.unaccounted_count = 0
        and loads.taken_in_count
        = accounts.applied_count + accounts.suppressed_count + accounts.superseded_count
        + accounts.pending_count + accounts.failed_count
    from loads
    cross join absence.account_counts(
        balance_within.customer_id, balance_within.as_of, null, balance_within.loaded
    ) as accounts;
$$;


--
-- Name: closed_time_within(bigint, timestamp with time zone); Type: FUNCTION; Schema: absence; Owner: -
--

CREATE FUNCTION absence.closed_time_within(customer_id bigint, as_of timestamp with time zone) RETURNS TABLE(gained_hours double precision, lost_hours double precision)
    LANGUAGE sql STABLE
    AS $$
    with

    standing as (
        select
            placed.user_id,
            range_agg(tstzrange(placed.starts_at, placed.ends_at)) as during
        from telephony.placed
        where placed.customer_id = closed_time_within.customer_id and placed.kind = 'direct'
        group by placed.user_id
    ),

    wanted as (
        select
            desired.user_id,
            range_agg(tstzrange(desired.starts_at, desired.ends_at)) as during
        from absence.desired_within(
            closed_time_within.customer_id, closed_time_within.as_of
        ) as desired
        where desired.kind = 'direct'
        group by desired.user_id
    ),

    compared as (
        select
            coalesce(standing.during, '{}') * tstzmultirange(tstzrange(as_of, null)) as before,
            coalesce(wanted.during, '{}') * tstzmultirange(tstzrange(as_of, null)) as after
        from standing
        full join wanted on standing.user_id = wanted.user_id
    )

    select
        coalesce(sum(gained.hours), 0) as gained_hours,
        coalesce(sum(lost.hours), 0) as lost_hours
    from compared
    cross join lateral (
        select sum(extract(epoch from upper(stretch) - lower(stretch)))::double precision / 3600
            as hours
        from unnest(compared.after - compared.before) as stretch
    ) as gained
    cross join lateral (
        select sum(extract(epoch from upper(stretch) - lower(stretch)))::double precision / 3600
            as hours
        from unnest(compared.before - compared.after) as stretch
    ) as lost;
$$;


--
-- Name: desired_of(bigint, bigint[], int8range); Type: FUNCTION; Schema: absence; Owner: -
--

CREATE FUNCTION absence.desired_of(customer_id bigint, user_ids bigint[] DEFAULT NULL::bigint[], users int8range DEFAULT '(,)'::int8range) RETURNS SETOF absence.desired
    LANGUAGE sql STABLE
    AS $$
    with

    returning_at as (
        select
            decided.*,
            decided.ends_at as back_at
        from absence.decided
        where
            decided.customer_id = desired_of.customer_id
            and absence.is_among(decided.user_id, desired_of.user_ids, desired_of.users)
            and decided.return_time <> 'leave_end'

        union all

        select
            (leaves.part).*,
            leaves.back_at
        from customer.rule_sets
        cross join lateral absence.leaves_of(
            rule_sets.customer_id, desired_of.user_ids, desired_of.users
        ) as leaves
        where
            rule_sets.customer_id = desired_of.customer_id
            and upper_inf(rule_sets.held_during)
            and rule_sets.return_time = 'leave_end'
    )

    select
        desired_of.customer_id,
        returning_at.user_id,
        returning_at.extension,
        returning_at.starts_at,
        returning_at.ends_at,
        returning_at.kind,
        returning_at.reason,
        coalesce(own_announced.announced_reason, announced.announced_reason, returning_at.reason)
            as announced_reason,
        returning_at.back_at,
        returning_at.shown_text,
        case targets.target_type
            when 'number' then 'number:' || targets.target_number
            else coalesce(targets.target_type::text, 'announcement')
        end as target,
        returning_at.ring_seconds,
        returning_at.decided_by,
        returning_at.is_weakened,
        returning_at.booking_keys,
        returning_at.booking_marks,
        returning_at.days_ahead
    from returning_at
    left join roster.announced_reasons as own_announced
        on own_announced.customer_id = desired_of.customer_id
        and returning_at.user_id = own_announced.user_id
        and returning_at.reason = own_announced.reason
        and returning_at.has_user_rules
    left join customer.announced_reasons as announced
        on announced.customer_id = desired_of.customer_id
        and returning_at.rule_set_version = announced.rule_set_version
        and returning_at.reason = announced.reason
    left join roster.targets
        on targets.customer_id = desired_of.customer_id
        and returning_at.user_id = targets.user_id
        and returning_at.reason = targets.reason;
$$;


--
-- Name: desired_within(bigint, timestamp with time zone, bigint[], int8range); Type: FUNCTION; Schema: absence; Owner: -
--

CREATE FUNCTION absence.desired_within(customer_id bigint, as_of timestamp with time zone, user_ids bigint[] DEFAULT NULL::bigint[], users int8range DEFAULT '(,)'::int8range) RETURNS SETOF absence.desired
    LANGUAGE sql STABLE
    AS $$
    select desired.*
    from absence.desired_of(
        desired_within.customer_id, desired_within.user_ids, desired_within.users
    ) as desired
    where
        desired.ends_at > desired_within.as_of
        and desired.starts_at
        < desired_within.as_of + make_interval(hours => 24 * desired.days_ahead);
$$;


--
-- Name: differences_within(bigint, timestamp with time zone, bigint[], int8range); Type: FUNCTION; Schema: absence; Owner: -
--

CREATE FUNCTION absence.differences_within(customer_id bigint, as_of timestamp with time zone, user_ids bigint[] DEFAULT NULL::bigint[], users int8range DEFAULT '(,)'::int8range) RETURNS TABLE(user_id bigint, user_key text, absence_key uuid, version_tag text, before_extension text, before_starts_at timestamp with time zone, before_ends_at timestamp with time zone, before_kind customer.kind, before_reason text, before_announced_reason text, before_back_at timestamp with time zone, before_shown_text text, before_target text, before_ring_seconds integer, extension text, starts_at timestamp with time zone, ends_at timestamp with time zone, kind customer.kind, reason text, announced_reason text, back_at timestamp with time zone, shown_text text, target text, ring_seconds integer, booking_keys text[], booking_marks text[], is_for_person boolean, held_because text, losses text[], is_unconfirmed boolean, is_due boolean)
    LANGUAGE sql STABLE
    AS $$
    with
    -- What differs, both sides: on most days next to nothing, and only that is looked at any
    -- further. Of one user no two begin at one instant, so user and start name an absence.
    differing as materialized (
        select *
        from (
            select
                wanted,
                held,
                wanted.booking_marks = held.booking_marks and not held.is_unconfirmed
                    as is_settled,
                (
                    wanted.user_id, wanted.starts_at, wanted.ends_at, wanted.back_at, wanted.kind,
                    wanted.extension, wanted.reason, wanted.announced_reason, wanted.target,
                    wanted.ring_seconds, wanted.shown_text
                ) is not distinct from (
                    held.user_id, held.starts_at, held.ends_at, held.back_at, held.kind,
                    held.extension, held.reason, held.announced_reason, held.target,
                    held.ring_seconds, held.shown_text
                ) as is_alike
            from (
                select
                    rendered.*,
                    rendered.held_because is not null as is_by_hand,
                    users.user_key,
                    users.time_zone
                from absence.rendered_within(
                    differences_within.customer_id,
                    differences_within.as_of,
                    differences_within.user_ids, differences_within.users
                ) as rendered
                inner join roster.users
                    on users.customer_id = differences_within.customer_id
                    and rendered.user_id = users.user_id
                    and absence.is_among(
                        users.user_id, differences_within.user_ids, differences_within.users
                    )
                where
                    rendered.held_because is distinct from 'deleted_by_hand'
                    and rendered.withheld_because is null
            ) as wanted
            full join (
                select standing.*
                from absence.standing
                where
                    standing.customer_id = differences_within.customer_id
                    and absence.is_among(
                        standing.user_id, differences_within.user_ids, differences_within.users
                    )
                    and standing.stands_until > differences_within.as_of
            ) as held
                on wanted.user_id = held.user_id and wanted.starts_at = held.starts_at
        ) as compared
        where not compared.is_alike or not compared.is_settled
    ),

    wanted as materialized (
        select
            (differing.wanted).*,
            differing.is_alike,
            intake.series_of((differing.wanted).booking_keys[1]) as series,
            ((differing.wanted).starts_at at time zone (differing.wanted).time_zone)::date
                as local_day
        from differing
        where (differing.wanted).user_id is not null
    ),

    held as materialized (
        select
            (differing.held).*,
            differing.is_alike,
            intake.series_of((differing.held).booking_keys[1]) as series,
            ((differing.held).starts_at at time zone (differing.held).time_zone)::date
                as local_day
        from differing
        where (differing.held).user_id is not null
    ),

    -- Of the same users what is as it should be, by the booking that decides it.
    settled as materialized (
        select
            standing.user_id,
            standing.booking_keys[1] as booking_key
        from absence.standing
        where
            standing.customer_id = differences_within.customer_id
            and standing.user_id = any(array(
                select wanted.user_id from wanted
                union
                select held.user_id from held
            ))
            and standing.stands_until > differences_within.as_of
            and not exists (
                select from held
                where held.user_id = standing.user_id and held.absence_key = standing.absence_key
            )
    ),

    wanted_rest as materialized (
        select
            wanted.*,
            row_number() over (
                partition by wanted.user_id, wanted.is_by_hand, wanted.series, wanted.local_day
                order by wanted.starts_at
            ) as number_in_day
        from wanted
        where not wanted.is_alike
    ),

    held_rest as materialized (
        select
            held.*,
            row_number() over (
                partition by held.user_id, held.is_by_hand, held.series, held.local_day
                order by held.starts_at
            ) as number_in_day
        from held
        where not held.is_alike
    ),

    by_day as materialized (
        select
            wanted_rest.user_id,
            wanted_rest.starts_at,
            held_rest.absence_key
        from wanted_rest
        inner join held_rest
            on wanted_rest.user_id = held_rest.user_id
            and wanted_rest.is_by_hand = held_rest.is_by_hand
            and wanted_rest.series = held_rest.series
            and wanted_rest.local_day = held_rest.local_day
            and wanted_rest.number_in_day = held_rest.number_in_day
    ),

    wanted_left as materialized (
        select
            wanted_rest.*,
            row_number() over (
                partition by
                    wanted_rest.user_id, wanted_rest.is_by_hand, wanted_rest.booking_keys[1]
                order by wanted_rest.starts_at
            ) as number_of_booking,
            exists (
                select from held
                where
                    held.user_id = wanted_rest.user_id
                    and held.booking_keys[1] = wanted_rest.booking_keys[1]
            )
            or exists (
                select from settled
                where
                    settled.user_id = wanted_rest.user_id
                    and settled.booking_key = wanted_rest.booking_keys[1]
            ) as has_moved
        from wanted_rest
        where not exists (
            select from by_day
            where by_day.user_id = wanted_rest.user_id and by_day.starts_at = wanted_rest.starts_at
        )
    ),

    held_left as materialized (
        select
            held_rest.*,
            row_number() over (
                partition by held_rest.user_id, held_rest.is_by_hand, held_rest.booking_keys[1]
                order by held_rest.starts_at
            ) as number_of_booking,
            exists (
                select from wanted
                where
                    wanted.user_id = held_rest.user_id
                    and wanted.booking_keys[1] = held_rest.booking_keys[1]
            )
            or exists (
                select from settled
                where
                    settled.user_id = held_rest.user_id
                    and settled.booking_key = held_rest.booking_keys[1]
            ) as has_moved
        from held_rest
        where not exists (
            select from by_day
            where by_day.user_id = held_rest.user_id and by_day.absence_key = held_rest.absence_key
        )
    ),

    by_booking as materialized (
        select
            wanted_left.user_id,
            wanted_left.starts_at,
            held_left.absence_key
        from wanted_left
        inner join held_left
            on wanted_left.user_id = held_left.user_id
            and wanted_left.is_by_hand = held_left.is_by_hand
            and wanted_left.booking_keys[1] = held_left.booking_keys[1]
            and wanted_left.number_of_booking = held_left.number_of_booking
    ),

    by_nearness as (
        select
            near.user_id,
            near.starts_at,
            near.absence_key
        from (
            select
                wanted_left.user_id,
                wanted_left.starts_at,
                held_left.absence_key,
                row_number() over (
                    partition by wanted_left.user_id, wanted_left.starts_at
                    order by
                        wanted_left.booking_keys && held_left.booking_keys desc,
                        abs(extract(epoch from wanted_left.starts_at - held_left.starts_at)),
                        held_left.starts_at
                ) as rank_of_held,
                row_number() over (
                    partition by held_left.user_id, held_left.absence_key
                    order by
                        wanted_left.booking_keys && held_left.booking_keys desc,
                        abs(extract(epoch from wanted_left.starts_at - held_left.starts_at)),
                        wanted_left.starts_at
                ) as rank_of_wanted
            from wanted_left
            inner join held_left
                on wanted_left.user_id = held_left.user_id
                and wanted_left.is_by_hand = held_left.is_by_hand
                and (
                    wanted_left.booking_keys && held_left.booking_keys
                    or (
                        wanted_left.series = held_left.series
                        and wanted_left.starts_at - held_left.starts_at
                        between interval '-84 hours' and interval '84 hours'
                    )
                    or (wanted_left.has_moved and held_left.has_moved)
                )
            where
                not exists (
                    select from by_booking
                    where (by_booking.user_id, by_booking.starts_at)
                        = (wanted_left.user_id, wanted_left.starts_at)
                )
                and not exists (
                    select from by_booking
                    where by_booking.absence_key = held_left.absence_key
                )
        ) as near
        where near.rank_of_held = 1 and near.rank_of_wanted = 1
    ),

    pairs as (
        select held.user_id, held.starts_at, held.absence_key from held
        where held.is_alike
        union all
        select * from by_day
        union all
        select * from by_booking
        union all
        select * from by_nearness
    )

    select
        coalesce(paired.user_id, held.user_id),
        coalesce(paired.user_key, held.user_key),
        held.absence_key,
        held.version_tag,
        held.extension,
        held.starts_at,
        held.ends_at,
        held.kind,
        held.reason,
        held.announced_reason,
        held.back_at,
        held.shown_text,
        held.target,
        held.ring_seconds,
        paired.extension,
        paired.starts_at,
        paired.ends_at,
        paired.kind,
        paired.reason,
        paired.announced_reason,
        paired.back_at,
        paired.shown_text,
        paired.target,
        paired.ring_seconds,
        coalesce(paired.booking_keys, held.booking_keys),
        coalesce(paired.booking_marks, held.booking_marks),
        coalesce(paired.is_clipped, held.is_met_by_person),
        case when held.is_by_hand then 'changed_by_hand' else paired.held_because end,
        coalesce(paired.losses, '{}'),
        coalesce(held.is_unconfirmed, false),
        -- Asked once, so that it costs nothing where absences can be placed ahead.
        exists (
            select from telephony.exchanges
            where
                exchanges.customer_id = differences_within.customer_id
                and not exchanges.has_future_start
        )
        and absence.is_due(
            differences_within.customer_id,
            paired.user_id,
            paired.booking_marks,
            differences_within.as_of
        )
    from (
        select wanted.*, pairs.absence_key
        from wanted
        left join pairs
            on wanted.user_id = pairs.user_id and wanted.starts_at = pairs.starts_at
    ) as paired
    full join held
        on paired.user_id = held.user_id and paired.absence_key = held.absence_key
    where
        -- What a person changed and then took away has nothing placed.
        not (held.absence_key is null and paired.is_by_hand)
    order by 1, coalesce(held.starts_at, paired.starts_at), held.absence_key;
$$;


--
-- Name: drift_within(bigint, timestamp with time zone); Type: FUNCTION; Schema: absence; Owner: -
--

CREATE FUNCTION absence.drift_within(customer_id bigint, as_of timestamp with time zone) RETURNS TABLE(user_id bigint, drift text, entry_key text, extension text, starts_at timestamp with time zone, ends_at timestamp with time zone, kind customer.kind, reason text)
    LANGUAGE sql STABLE
    AS $$
    with

    last_read as (
        select max(read_backs.read_at) as read_at
        from audit.read_backs
        where
            read_backs.customer_id = drift_within.customer_id
            and read_backs.is_whole
            and read_backs.user_count is null
            and read_backs.failure is null
    ),

    placed as materialized (
        select standing.*, telephony_placed.seen_at, telephony_placed.missing_count
        from absence.standing
        inner join telephony.placed as telephony_placed
            on standing.customer_id = telephony_placed.customer_id
            and standing.user_id = telephony_placed.user_id
            and standing.absence_key = telephony_placed.absence_key
        inner join last_read on telephony_placed.acknowledged_at < last_read.read_at
        where
            standing.customer_id = drift_within.customer_id
            and standing.ends_at > drift_within.as_of
    ),

    shown as materialized (
        select *
        from telephony.shown
        where
            shown.customer_id = drift_within.customer_id
            and shown.origin = 'calendar'
            and shown.ends_at > drift_within.as_of
    )

    select
        differences.user_id,
        'not_carried_out',
        coalesce(
            differences.absence_key::text,
            to_char(differences.starts_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
        ),
        coalesce(differences.extension, differences.before_extension),
        coalesce(differences.starts_at, differences.before_starts_at),
        coalesce(differences.ends_at, differences.before_ends_at),
        coalesce(differences.kind, differences.before_kind),
        coalesce(differences.reason, differences.before_reason)
    from absence.differences_within(drift_within.customer_id, drift_within.as_of) as differences
    where
        differences.held_because is null
        -- with other bookings behind it an absence stands as it should
        and (
            differences.extension, differences.starts_at, differences.ends_at, differences.kind,
            differences.reason, differences.announced_reason, differences.back_at,
            differences.shown_text, differences.target, differences.ring_seconds
        ) is distinct from (
            differences.before_extension, differences.before_starts_at,
            differences.before_ends_at, differences.before_kind, differences.before_reason,
            differences.before_announced_reason, differences.before_back_at,
            differences.before_shown_text, differences.before_target,
            differences.before_ring_seconds
        )

    union all

    select
        placed.user_id,
        case when placed.seen_at is null then 'never_shown' else 'missing' end,
        placed.absence_key::text,
        placed.extension,
        placed.starts_at,
        placed.ends_at,
        placed.kind,
        placed.reason
    from placed
    where
        placed.missing_count = 0
        and not exists (
            select from telephony.shown as seen
            where
                seen.customer_id = drift_within.customer_id
                and seen.user_id = placed.user_id
                and seen.absence_key = placed.absence_key
        )

    union all

    select
        placed.user_id,
        'changed',
        placed.absence_key::text,
        shown.extension,
        shown.starts_at,
        shown.ends_at,
        shown.kind,
        shown.reason
    from placed
    inner join shown
        on placed.customer_id = shown.customer_id
        and placed.user_id = shown.user_id
        and placed.absence_key = shown.absence_key
    where
        not placed.is_by_hand
        and (
            placed.extension <> shown.extension
            or placed.starts_at <> shown.starts_at
            or placed.ends_at <> shown.ends_at
            or placed.kind <> shown.kind
            or placed.reason <> shown.reason
        )

    union all

    select
        shown.user_id,
        'stray',
        shown.entry_key,
        shown.extension,
        shown.starts_at,
        shown.ends_at,
        shown.kind,
        shown.reason
    from shown
    where
        not exists (
            select from telephony.placed as known
            where
                known.customer_id = drift_within.customer_id
                and known.user_id = shown.user_id
                and known.absence_key = shown.absence_key
        )
        -- what was withdrawn since it was seen is gone
        and not exists (
            select from audit.changes
            where
                changes.customer_id = drift_within.customer_id
                and changes.user_id = shown.user_id
                and changes.absence_key = shown.absence_key
                and changes.ended_at >= shown.seen_at
                and changes.outcome <> 'not_carried_out'
        )

    union all

    select
        later.user_id,
        'overlapping',
        later.entry_key,
        later.extension,
        later.starts_at,
        later.ends_at,
        later.kind,
        later.reason
    from (
        select
            shown.*,
            max(shown.ends_at) over (
                partition by shown.user_id, shown.extension
                order by shown.starts_at, shown.entry_key
                rows between unbounded preceding and 1 preceding
            ) as end_before
        from shown
    ) as later
    where later.starts_at < later.end_before;
$$;


--
-- Name: fitted_within(bigint, timestamp with time zone, bigint[], int8range); Type: FUNCTION; Schema: absence; Owner: -
--

CREATE FUNCTION absence.fitted_within(customer_id bigint, as_of timestamp with time zone, user_ids bigint[] DEFAULT NULL::bigint[], users int8range DEFAULT '(,)'::int8range) RETURNS TABLE(user_id bigint, extension text, starts_at timestamp with time zone, ends_at timestamp with time zone, kind customer.kind, reason text, announced_reason text, back_at timestamp with time zone, shown_text text, target text, ring_seconds integer, booking_keys text[], booking_marks text[], is_clipped boolean, held_because text)
    LANGUAGE sql STABLE
    AS $$
    with

    desired as materialized (
        select *
        from absence.desired_within(
            fitted_within.customer_id, fitted_within.as_of, fitted_within.user_ids,
            fitted_within.users
        )
    ),

    own as materialized (
        select
            shown.user_id,
            range_agg(tstzrange(shown.starts_at, shown.ends_at)) as during
        from telephony.shown
        where
            shown.customer_id = fitted_within.customer_id
            and absence.is_among(
                shown.user_id, fitted_within.user_ids, fitted_within.users
            )
            and shown.origin <> 'calendar'
            and shown.starts_at < shown.ends_at
        group by shown.user_id
    ),

    holds as materialized (
        select
            standing_holds.user_id,
            standing_holds.absence_key,
            standing_holds.cause,
            standing_holds.held_from,
            standing_holds.booking_marks,
            tstzrange(standing_holds.starts_at, standing_holds.ends_at) as during
        from absence.standing_holds
        where
            standing_holds.customer_id = fitted_within.customer_id
            and absence.is_among(
                standing_holds.user_id, fitted_within.user_ids, fitted_within.users
            )
    ),

    edited as (
        select
            placed.user_id,
            range_agg(tstzrange(placed.starts_at, placed.ends_at)) as during
        from telephony.placed
        where
            placed.customer_id = fitted_within.customer_id
            and (placed.user_id, placed.absence_key) in (
                select
                    holds.user_id,
                    holds.absence_key
                from holds
                where holds.cause = 'changed_by_hand'
            )
        group by placed.user_id
    ),

    -- Of most users nothing is known that they did by hand: what is desired stays as it is.
    concerned as materialized (
        select own.user_id from own
        union
        select holds.user_id from holds
    ),

    held as (
        select
            desired.user_id,
            desired.starts_at,
            range_agg(holds.during) as during
        from desired
        inner join holds
            on desired.user_id = holds.user_id
            and desired.booking_marks && holds.booking_marks
            and tstzrange(desired.starts_at, desired.ends_at) && holds.during
        group by desired.user_id, desired.starts_at
    ),

    fitted as (
        select
            desired.*,
            tstzmultirange(tstzrange(desired.starts_at, desired.ends_at))
            - coalesce(own.during, '{}') as during,
            coalesce(held.during, '{}') as held_during,
            coalesce(edited.during, '{}') as edited_during
        from desired
        inner join concerned on desired.user_id = concerned.user_id
        left join own on desired.user_id = own.user_id
        left join edited on desired.user_id = edited.user_id
        left join held
            on desired.user_id = held.user_id and desired.starts_at = held.starts_at
    )

    select
        desired.user_id,
        desired.extension,
        desired.starts_at,
        desired.ends_at,
        desired.kind,
        desired.reason,
        desired.announced_reason,
        desired.back_at,
        desired.shown_text,
        desired.target,
        desired.ring_seconds,
        desired.booking_keys,
        desired.booking_marks,
        false as is_clipped,
        null as held_because
    from desired
    where not exists (select from concerned where concerned.user_id = desired.user_id)

    union all

    select
        fitted.user_id,
        fitted.extension,
        lower(stretch.during),
        upper(stretch.during),
        fitted.kind,
        fitted.reason,
        fitted.announced_reason,
        case
            when upper(stretch.during) < fitted.ends_at then upper(stretch.during)
            else fitted.back_at
        end,
        fitted.shown_text,
        fitted.target,
        fitted.ring_seconds,
        fitted.booking_keys,
        fitted.booking_marks,
        stretch.during <> tstzrange(fitted.starts_at, fitted.ends_at),
        case
            when stretch.is_held
                then (
                    select holds.cause
                    from holds
                    where
                        holds.user_id = fitted.user_id
                        and holds.booking_marks && fitted.booking_marks
                        and holds.during && stretch.during
                    order by holds.held_from desc, holds.absence_key desc
                    limit 1
                )
        end
    from fitted
    cross join lateral (
        select
            kept.during,
            true as is_held
        from unnest(fitted.during * fitted.held_during) as kept (during)
        union all
        select
            free.during,
            false as is_held
        from unnest(fitted.during - fitted.held_during - fitted.edited_during) as free (during)
    ) as stretch
    where upper(stretch.during) > fitted_within.as_of;
$$;


--
-- Name: former_accounts_within(bigint, bigint[], tstzrange, int8range); Type: FUNCTION; Schema: absence; Owner: -
--

CREATE FUNCTION absence.former_accounts_within(customer_id bigint, user_ids bigint[], loaded tstzrange, users int8range) RETURNS SETOF absence.accounted
    LANGUAGE sql STABLE
    AS $$
    select
        booking_versions.user_id,
        booking_versions.calendar_id,
        booking_versions.resource_key,
        booking_versions.booking_key,
        booking_versions.load_id,
        lower(booking_versions.held_during),
        case
            when booking_versions.ended_by <> 'pruned' then 'superseded'
            else coalesce(booking_versions.account, 'failed')
        end,
        case
            when booking_versions.ended_by <> 'pruned' then booking_versions.ended_by
            when booking_versions.account is null then 'unknown'
            else booking_versions.account_because
        end
    from calendar.booking_versions
    where
        booking_versions.customer_id = former_accounts_within.customer_id
        and absence.is_among(
            booking_versions.user_id, former_accounts_within.user_ids, former_accounts_within.users
        )
        and (
            former_accounts_within.loaded is null
            or booking_versions.load_id in (
                select loads.load_id
                from audit.loads
                where
                    loads.customer_id = former_accounts_within.customer_id
                    and loads.started_at <@ former_accounts_within.loaded
            )
        );
$$;


--
-- Name: guarded_day(bigint, timestamp with time zone); Type: FUNCTION; Schema: absence; Owner: -
--

CREATE FUNCTION absence.guarded_day(customer_id bigint, as_of timestamp with time zone) RETURNS TABLE(standing_count bigint, user_count bigint, taken_count bigint, withdrawn_count bigint, ended_count bigint)
    LANGUAGE sql STABLE
    AS $$
    select
        (
            select count(*) from telephony.placed
            where
                placed.customer_id = guarded_day.customer_id
                and placed.ends_at > guarded_day.as_of
        ),
        (
            select count(*) from roster.users
            where users.customer_id = guarded_day.customer_id and users.is_active
        ),
        count(*),
        count(*) filter (where changes.action = 'withdraw'),
        (
            select count(*) from telephony.placed
            inner join telephony.exchanges on placed.customer_id = exchanges.customer_id
            where
                placed.customer_id = guarded_day.customer_id
                and not exchanges.has_future_start
                and placed.ends_at > guarded_day.as_of - interval '24 hours'
                and placed.ends_at <= guarded_day.as_of
        )
    from audit.changes
    where
        changes.customer_id = guarded_day.customer_id
        and changes.is_guarded
        and not changes.is_approved
        and changes.ended_at > guarded_day.as_of - interval '24 hours'
        and changes.ended_at <= guarded_day.as_of
        and changes.outcome in ('done', 'found_done');
$$;


--
-- Name: has_office_hours(bigint, integer, text, timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: absence; Owner: -
--

CREATE FUNCTION absence.has_office_hours(customer_id bigint, rule_set_version integer, time_zone text, after timestamp with time zone, before timestamp with time zone) RETURNS boolean
    LANGUAGE sql STABLE
    AS $$
    select exists (
        select
        from (
            select
                intake.instant_of(
                    days.day + office_hours.opens_at, has_office_hours.time_zone
                ) as opens_at,
                intake.instant_of(
                    days.day + office_hours.closes_at, has_office_hours.time_zone
                ) as closes_at
            from generate_series(
                date_trunc('day', has_office_hours.after at time zone has_office_hours.time_zone),
                has_office_hours.before at time zone has_office_hours.time_zone,
                interval '1 day'
            ) as days (day)
            inner join customer.office_hours
                on extract(isodow from days.day) = office_hours.weekday
            where
                office_hours.customer_id = has_office_hours.customer_id
                and office_hours.rule_set_version = has_office_hours.rule_set_version
                and not exists (
                    select from customer.holidays
                    where
                        holidays.customer_id = has_office_hours.customer_id
                        and holidays.rule_set_version = has_office_hours.rule_set_version
                        and holidays.holiday = days.day::date
                )
        ) as hours
        where
            has_office_hours.after < has_office_hours.before
            and hours.opens_at < hours.closes_at
            and hours.opens_at < has_office_hours.before
            and hours.closes_at > has_office_hours.after
    );
$$;


--
-- Name: is_among(bigint, bigint[], int8range); Type: FUNCTION; Schema: absence; Owner: -
--

CREATE FUNCTION absence.is_among(user_id bigint, user_ids bigint[], users int8range) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (((user_ids IS NULL) OR (user_id = ANY (user_ids))) AND ((lower(users) IS NULL) OR (user_id >= lower(users))) AND ((upper(users) IS NULL) OR (user_id < upper(users))));


--
-- Name: is_due(bigint, bigint, text[], timestamp with time zone); Type: FUNCTION; Schema: absence; Owner: -
--

CREATE FUNCTION absence.is_due(customer_id bigint, user_id bigint, booking_marks text[], as_of timestamp with time zone) RETURNS boolean
    LANGUAGE sql STABLE
    AS $$
    select
        not exists (
            select from calendar.bookings
            where
                bookings.customer_id = is_due.customer_id
                and bookings.user_id = is_due.user_id
                and encode(bookings.mark, 'hex') = any(is_due.booking_marks)
                and bookings.held_from > is_due.as_of - interval '24 hours'
        )
        and not exists (
            select from customer.rule_sets
            where
                rule_sets.customer_id = is_due.customer_id
                and upper_inf(rule_sets.held_during)
                and lower(rule_sets.held_during) > is_due.as_of - interval '24 hours'
        )
        and exists (
            select from roster.users
            where
                users.customer_id = is_due.customer_id
                and users.user_id = is_due.user_id
                and (
                    users.held_from <= is_due.as_of - interval '24 hours'
                    or exists (
                        select from roster.user_versions as earlier
                        where
                            earlier.customer_id = users.customer_id
                            and earlier.user_id = users.user_id
                            and earlier.held_during @> is_due.as_of - interval '24 hours'
                            and (earlier.is_active, earlier.has_calendar, earlier.has_diversion)
                            = (users.is_active, users.has_calendar, users.has_diversion)
                    )
                )
        );
$$;


--
-- Name: judged_within(bigint, timestamp with time zone, bigint[], int8range, absence.weighed[]); Type: FUNCTION; Schema: absence; Owner: -
--

CREATE FUNCTION absence.judged_within(customer_id bigint, as_of timestamp with time zone, user_ids bigint[], users int8range, open absence.weighed[]) RETURNS SETOF absence.accounted
    LANGUAGE plpgsql STABLE ROWS 100
    SET plan_cache_mode TO 'force_custom_plan'
    AS $$
#variable_conflict use_column
declare
    -- Whose absences are asked for: named to the planner, so that theirs alone are computed.
    wanting_ids bigint[];
    clipped_ids bigint[];
    -- None was planned for earlier: the months before are not planned either.
    earliest timestamptz;
begin
    select
        coalesce(array_agg(distinct user_id) filter (where not is_over), '{}'),
        coalesce(array_agg(distinct user_id) filter (where is_clipped and not is_known_late), '{}'),
        min(held_from) - interval '1 day'
    into wanting_ids, clipped_ids, earliest
    from unnest(judged_within.open);

    return query
    with

    open as materialized (
        select * from unnest(judged_within.open)
    ),

    -- Claims that have some office hours, where only these count.
    opened as materialized (
        select distinct
            stretches.user_id,
            stretches.mark
        from absence.stretches
        where
            stretches.customer_id = judged_within.customer_id
            and stretches.user_id = any(clipped_ids)
            and stretches.is_part
    ),

    desired as materialized (
        select
            desired.user_id,
            decode(member.mark, 'hex') as mark,
            bool_or(
                desired.ends_at > judged_within.as_of
                and desired.starts_at < judged_within.as_of
                + make_interval(hours => 24 * desired.days_ahead)
            ) as is_wanted,
            bool_or(desired.ends_at > judged_within.as_of) as is_ahead
        from absence.desired_of(judged_within.customer_id, wanting_ids) as desired
        cross join lateral unnest(desired.booking_marks) as member (mark)
        group by desired.user_id, decode(member.mark, 'hex')
    ),

    -- Only asked where something waits for its absence.
    rendered as materialized (
        select
            withheld.user_id,
            decode(withheld.booking_mark, 'hex') as mark,
            withheld.withheld_because
        from (
            select exists (
                select from open
                inner join desired
                    on open.user_id = desired.user_id and open.mark = desired.mark
                where desired.is_wanted
            ) as is_any
        ) as waiting
        cross join lateral absence.withheld_within(
            judged_within.customer_id, judged_within.as_of,
            judged_within.user_ids, judged_within.users
        ) as withheld
        where waiting.is_any
    ),

    held as materialized (
        select distinct
            standing_holds.user_id,
            decode(member.mark, 'hex') as mark
        from absence.standing_holds
        cross join lateral unnest(standing_holds.booking_marks) as member (mark)
        where
            standing_holds.customer_id = judged_within.customer_id
            and absence.is_among(
                standing_holds.user_id, judged_within.user_ids, judged_within.users
            )
            and standing_holds.cause = 'deleted_by_hand'
    ),

    touched as materialized (
        select
            touched.user_id,
            min(touched.cause) as cause
        from calendar.touched
        where
            touched.customer_id = judged_within.customer_id
            and absence.is_among(
                touched.user_id, judged_within.user_ids, judged_within.users
            )
        group by touched.user_id
    ),

    -- What the tables of now say; the rest is asked one by one, of the few that are left.
    judged as materialized (
        select
            open.*,
            coalesce(desired.is_wanted, false) as is_wanted,
            touched.cause as touched_because,
            case
                when open.is_known_late and held.mark is not null
                    then array['suppressed', 'deleted_by_hand']
                when open.is_known_late and desired.mark is null then null
                when desired.mark is null and opened.mark is null and open.is_clipped
                    then array['suppressed', 'outside_office_hours']
                when desired.mark is null then array['suppressed', 'covered']
                when held.mark is not null then array['suppressed', 'deleted_by_hand']
                when desired.is_ahead and not desired.is_wanted
                    then array['pending', 'beyond_horizon']
                when desired.is_wanted and rendered.mark is null
                    then array['suppressed', 'for_person']
                when rendered.withheld_because = 'not_yet' then array['pending', 'not_yet']
                when desired.is_wanted and rendered.withheld_because is not null
                    then array['suppressed', rendered.withheld_because]
            end as judged_verdict
        from open
        left join desired
            on open.user_id = desired.user_id and open.mark = desired.mark
        left join opened
            on open.user_id = opened.user_id and open.mark = opened.mark
        left join rendered
            on open.user_id = rendered.user_id and open.mark = rendered.mark
        left join held
            on open.user_id = held.user_id and open.mark = held.mark
        left join touched on open.user_id = touched.user_id
    )

    select
        judged.user_id,
        judged.calendar_id,
        judged.resource_key,
        judged.booking_key,
        judged.load_id,
        judged.held_from,
        (coalesce(judged.judged_verdict, looked.verdict))[1],
        (coalesce(judged.judged_verdict, looked.verdict))[2]
    from judged
    left join lateral (
        select
            changes.action,
            changes.outcome,
            changes.held_because,
            changes.withdrawn_because
        from audit.changes
        inner join audit.runs
            on changes.customer_id = runs.customer_id
            and changes.run_id = runs.run_id
            and changes.planned_at = runs.started_at
        where
            judged.judged_verdict is null
            and changes.customer_id = judged_within.customer_id
            and changes.user_id = judged.user_id
            and changes.booking_marks @> array[encode(judged.mark, 'hex')]
            and changes.planned_at > earliest
            -- so that only months are looked through in which it could be planned
            and changes.planned_at > judged.held_from - interval '1 day'
            and runs.mode <> 'dry_run'
        order by changes.run_id desc
        limit 1
    ) as newest on true
    left join lateral (
        select
            case
                when newest.withdrawn_because = 'by_command' and newest.outcome = 'done'
                    then array['suppressed', 'by_command']
                when newest.action is not null and newest.outcome is null
                    then array['pending', coalesce(newest.held_because, 'unknown')]
                when
                    not judged.is_wanted and exists (
                        select from telephony.placed_versions
                        where
                            placed_versions.customer_id = judged_within.customer_id
                            and placed_versions.user_id = judged.user_id
                            and placed_versions.booking_marks @> array[encode(judged.mark, 'hex')]
                    )
                    then array['applied', null]
                when
                    newest.outcome in ('failed', 'conflict', 'found_undone', 'not_carried_out')
                    then array['failed', newest.outcome::text]
                when judged.is_wanted and judged.touched_because is not null
                    then array['pending', judged.touched_because]
                when judged.is_wanted then null
                when
                    exists (
                        select from telephony.shown
                        where
                            shown.customer_id = judged_within.customer_id
                            and shown.user_id = judged.user_id
                            and shown.origin <> 'calendar'
                            and shown.starts_at < judged.ends_at
                            and shown.ends_at > judged.starts_at
                    )
                    then array['suppressed', 'for_person']
                when judged.held_from < judged.ends_at then array['failed', 'missed']
                else array['suppressed', 'past']
            end as verdict
    ) as looked on judged.judged_verdict is null;
end
$$;


--
-- Name: instant_of(timestamp without time zone, text); Type: FUNCTION; Schema: intake; Owner: -
--

CREATE FUNCTION intake.instant_of(wall timestamp without time zone, time_zone text) RETURNS timestamp with time zone
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN (wall = ((((((wall - '03:00:00'::interval) AT TIME ZONE time_zone) AT TIME ZONE 'UTC'::text) + '03:00:00'::interval) AT TIME ZONE 'UTC'::text) AT TIME ZONE time_zone)) THEN (((((wall - '03:00:00'::interval) AT TIME ZONE time_zone) AT TIME ZONE 'UTC'::text) + '03:00:00'::interval) AT TIME ZONE 'UTC'::text) ELSE (wall AT TIME ZONE time_zone) END;


--
-- Name: together(tstzmultirange); Type: AGGREGATE; Schema: absence; Owner: -
--

CREATE AGGREGATE absence.together(tstzmultirange) (
    SFUNC = multirange_union,
    STYPE = tstzmultirange,
    INITCOND = '{}'
);


SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: rule_sets; Type: TABLE; Schema: customer; Owner: -
--

CREATE TABLE customer.rule_sets (
    customer_id bigint NOT NULL,
    rule_set_version integer NOT NULL,
    system text NOT NULL,
    sync text NOT NULL,
    private text NOT NULL,
    all_day text NOT NULL,
    is_office_hours_only boolean NOT NULL,
    merge_gap interval,
    text_fields text[] NOT NULL,
    text_chosen_by text NOT NULL,
    has_user_rules boolean NOT NULL,
    is_diversion_service_required boolean NOT NULL,
    is_enabled_by_default boolean NOT NULL,
    default_reason text NOT NULL,
    default_kind customer.kind NOT NULL,
    return_time text NOT NULL,
    ring_seconds integer NOT NULL,
    days_ahead integer NOT NULL,
    extraction_digest text NOT NULL,
    resolved_digest text NOT NULL,
    settings jsonb NOT NULL,
    held_during tstzrange NOT NULL,
    applied_by text NOT NULL,
    CONSTRAINT rule_sets_all_day_check CHECK ((all_day = ANY (ARRAY['skip'::text, 'whole_day'::text, 'office_hours'::text]))),
    CONSTRAINT rule_sets_days_ahead_check CHECK (((days_ahead >= 1) AND (days_ahead <= 366))),
    CONSTRAINT rule_sets_merge_gap_check CHECK ((merge_gap >= '00:00:00'::interval)),
    CONSTRAINT rule_sets_private_check CHECK ((private = ANY (ARRAY['never'::text, 'user_choice'::text]))),
    CONSTRAINT rule_sets_return_time_check CHECK ((return_time = ANY (ARRAY['absence_end'::text, 'leave_end'::text]))),
    CONSTRAINT rule_sets_ring_seconds_check CHECK (((ring_seconds >= 1) AND (ring_seconds <= 120))),
    CONSTRAINT rule_sets_sync_check CHECK ((sync = ANY (ARRAY['show_as'::text, 'codes_first'::text, 'codes_only'::text]))),
    CONSTRAINT rule_sets_text_chosen_by_check CHECK ((text_chosen_by = ANY (ARRAY['administrator'::text, 'user'::text]))),
    CONSTRAINT rule_sets_text_fields_check CHECK ((text_fields <@ ARRAY['subject'::text, 'location'::text, 'body'::text]))
);


--
-- Name: TABLE rule_sets; Type: COMMENT; Schema: customer; Owner: -
--

COMMENT ON TABLE customer.rule_sets IS 'One row per customer and version: every rule with its value, template and overrides resolved.';


--
-- Name: COLUMN rule_sets.default_kind; Type: COMMENT; Schema: customer; Owner: -
--

COMMENT ON COLUMN customer.rule_sets.default_kind IS 'The kind where neither a code nor a table names one.';


--
-- Name: COLUMN rule_sets.extraction_digest; Type: COMMENT; Schema: customer; Owner: -
--

COMMENT ON COLUMN customer.rule_sets.extraction_digest IS 'Changes when something changes that decides what is kept of a booking (domain P-20).';


--
-- Name: COLUMN rule_sets.resolved_digest; Type: COMMENT; Schema: customer; Owner: -
--

COMMENT ON COLUMN customer.rule_sets.resolved_digest IS 'Changes when the system, its template or the customer''s own settings change.';


--
-- Name: COLUMN rule_sets.settings; Type: COMMENT; Schema: customer; Owner: -
--

COMMENT ON COLUMN customer.rule_sets.settings IS 'What the customer file said, before resolving.';


--
-- Name: COLUMN rule_sets.held_during; Type: COMMENT; Schema: customer; Owner: -
--

COMMENT ON COLUMN customer.rule_sets.held_during IS 'When this version was in force; the current one has no end.';


--
-- Name: preferences; Type: TABLE; Schema: roster; Owner: -
--

CREATE TABLE roster.preferences (
    customer_id bigint NOT NULL,
    user_id bigint NOT NULL,
    is_enabled boolean,
    is_codes_only boolean,
    default_reason text,
    has_no_diversion boolean,
    text_fields text[],
    uses_private boolean,
    uses_free boolean,
    uses_tentative boolean,
    settings jsonb DEFAULT '{}'::jsonb NOT NULL
);


--
-- Name: TABLE preferences; Type: COMMENT; Schema: roster; Owner: -
--

COMMENT ON TABLE roster.preferences IS 'A user''s own rules; null is no wish.';


--
-- Name: users; Type: TABLE; Schema: roster; Owner: -
--

CREATE TABLE roster.users (
    customer_id bigint NOT NULL,
    user_id bigint NOT NULL,
    user_key text NOT NULL,
    name text NOT NULL,
    extension text NOT NULL,
    time_zone text NOT NULL,
    language text NOT NULL,
    mail_addresses text[] DEFAULT '{}'::text[] NOT NULL,
    has_calendar boolean NOT NULL,
    has_diversion boolean NOT NULL,
    is_active boolean DEFAULT true NOT NULL,
    held_from timestamp with time zone NOT NULL,
    CONSTRAINT users_extension_is_digits_check CHECK ((extension ~ '^[0-9]{2,15}$'::text)),
    CONSTRAINT users_language_is_known_check CHECK ((language = ANY (ARRAY['sv'::text, 'no'::text, 'en'::text])))
);


--
-- Name: TABLE users; Type: COMMENT; Schema: roster; Owner: -
--

COMMENT ON TABLE roster.users IS 'One row per user of a customer, as the newest roster tells.';


--
-- Name: COLUMN users.is_active; Type: COMMENT; Schema: roster; Owner: -
--

COMMENT ON COLUMN roster.users.is_active IS 'False for a user who is no longer in the roster.';


--
-- Name: COLUMN users.held_from; Type: COMMENT; Schema: roster; Owner: -
--

COMMENT ON COLUMN roster.users.held_from IS 'Since when the row is as it is.';


--
-- Name: participants; Type: VIEW; Schema: absence; Owner: -
--

CREATE VIEW absence.participants AS
 SELECT users.customer_id,
    users.user_id,
    users.time_zone,
    users.extension,
    COALESCE((preferences.settings ->> 'language'::text), users.language) AS language,
    users.has_diversion,
    rule_sets.rule_set_version,
    rule_sets.sync,
    rule_sets.all_day,
    rule_sets.is_office_hours_only,
    rule_sets.merge_gap,
    rule_sets.has_user_rules,
    rule_sets.is_diversion_service_required,
    rule_sets.default_kind,
    rule_sets.return_time,
    rule_sets.ring_seconds,
    rule_sets.days_ahead,
        CASE
            WHEN rule_sets.has_user_rules THEN COALESCE(preferences.default_reason, rule_sets.default_reason)
            ELSE rule_sets.default_reason
        END AS default_reason,
    (rule_sets.has_user_rules AND (rule_sets.private = 'user_choice'::text) AND COALESCE(preferences.uses_private, false)) AS uses_private,
    (rule_sets.has_user_rules AND COALESCE(preferences.uses_free, false)) AS uses_free,
    (rule_sets.has_user_rules AND COALESCE(preferences.uses_tentative, false)) AS uses_tentative,
    (rule_sets.has_user_rules AND COALESCE(preferences.has_no_diversion, false)) AS has_no_diversion,
    (cardinality(
        CASE
            WHEN ((rule_sets.text_chosen_by = 'user'::text) AND rule_sets.has_user_rules) THEN COALESCE(preferences.text_fields, rule_sets.text_fields)
            ELSE rule_sets.text_fields
        END) > 0) AS shows_text,
    ((rule_sets.sync = 'codes_only'::text) OR (rule_sets.has_user_rules AND COALESCE(preferences.is_codes_only, false))) AS is_codes_only,
        CASE
            WHEN ((NOT users.is_active) OR (NOT (rule_sets.is_enabled_by_default OR users.has_calendar))) THEN 'user_without_service'::text
            WHEN (preferences.is_enabled IS FALSE) THEN 'user_disabled'::text
            ELSE NULL::text
        END AS why_not
   FROM ((roster.users
     JOIN customer.rule_sets ON (((users.customer_id = rule_sets.customer_id) AND upper_inf(rule_sets.held_during))))
     LEFT JOIN roster.preferences ON (((users.customer_id = preferences.customer_id) AND (users.user_id = preferences.user_id))));


--
-- Name: bookings; Type: TABLE; Schema: calendar; Owner: -
--

CREATE TABLE calendar.bookings (
    customer_id bigint NOT NULL,
    user_id bigint NOT NULL,
    calendar_id integer NOT NULL,
    booking_key text NOT NULL,
    resource_key text NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    start_date date,
    end_date date,
    show_as customer.show_as,
    sensitivity customer.sensitivity NOT NULL,
    response customer.response,
    is_cancelled boolean NOT NULL,
    code text,
    code_reason text,
    code_kind customer.kind,
    shown_text text,
    is_choice boolean NOT NULL,
    is_choice_skip boolean NOT NULL,
    choice_reason text,
    choice_kind customer.kind,
    mark bytea NOT NULL,
    rule_set_version integer NOT NULL,
    load_id bigint NOT NULL,
    held_from timestamp with time zone NOT NULL,
    near_miss text,
    account text,
    account_because text,
    CONSTRAINT bookings_account_check CHECK ((account = ANY (ARRAY['applied'::text, 'suppressed'::text, 'failed'::text]))),
    CONSTRAINT bookings_dates_together_check CHECK ((num_nonnulls(start_date, end_date) <> 1)),
    CONSTRAINT bookings_end_not_before_start_check CHECK ((starts_at <= ends_at))
);


--
-- Name: TABLE bookings; Type: COMMENT; Schema: calendar; Owner: -
--

COMMENT ON TABLE calendar.bookings IS 'One row per occurrence in a user''s calendar, as last seen.';


--
-- Name: COLUMN bookings.start_date; Type: COMMENT; Schema: calendar; Owner: -
--

COMMENT ON COLUMN calendar.bookings.start_date IS 'Set for all-day bookings: the user''s local date.';


--
-- Name: COLUMN bookings.code; Type: COMMENT; Schema: calendar; Owner: -
--

COMMENT ON COLUMN calendar.bookings.code IS 'The code found in the subject, with its sign.';


--
-- Name: COLUMN bookings.shown_text; Type: COMMENT; Schema: calendar; Owner: -
--

COMMENT ON COLUMN calendar.bookings.shown_text IS 'The text that the rules show; all other text was dropped.';


--
-- Name: COLUMN bookings.mark; Type: COMMENT; Schema: calendar; Owner: -
--

COMMENT ON COLUMN calendar.bookings.mark IS 'A hash of the minimised row: two loads that agree write nothing.';


--
-- Name: COLUMN bookings.near_miss; Type: COMMENT; Schema: calendar; Owner: -
--

COMMENT ON COLUMN calendar.bookings.near_miss IS 'The part of the subject that looks like a code and is none, or is a doubtful one.';


--
-- Name: COLUMN bookings.account; Type: COMMENT; Schema: calendar; Owner: -
--

COMMENT ON COLUMN calendar.bookings.account IS 'What became of it in the end; null while it may still change, see absence.accounts_within.';


--
-- Name: COLUMN bookings.account_because; Type: COMMENT; Schema: calendar; Owner: -
--

COMMENT ON COLUMN calendar.bookings.account_because IS 'Why, as absence.accounts_within says.';


--
-- Name: cursors; Type: TABLE; Schema: calendar; Owner: -
--

CREATE TABLE calendar.cursors (
    customer_id bigint NOT NULL,
    user_id bigint NOT NULL,
    calendar_id integer NOT NULL,
    cursor text,
    rule_set_version integer NOT NULL,
    loaded_at timestamp with time zone NOT NULL,
    whole_at timestamp with time zone,
    failed_at timestamp with time zone,
    failure text,
    load_id bigint,
    whole_load_id bigint,
    first_whole_at timestamp with time zone
)
WITH (fillfactor='50');


--
-- Name: TABLE cursors; Type: COMMENT; Schema: calendar; Owner: -
--

COMMENT ON TABLE calendar.cursors IS 'One row per calendar: where its next load starts and how the last one went.';


--
-- Name: COLUMN cursors.cursor; Type: COMMENT; Schema: calendar; Owner: -
--

COMMENT ON COLUMN calendar.cursors.cursor IS 'Opaque, of the source; null where only a full load can follow.';


--
-- Name: COLUMN cursors.loaded_at; Type: COMMENT; Schema: calendar; Owner: -
--

COMMENT ON COLUMN calendar.cursors.loaded_at IS 'When it last answered.';


--
-- Name: COLUMN cursors.whole_at; Type: COMMENT; Schema: calendar; Owner: -
--

COMMENT ON COLUMN calendar.cursors.whole_at IS 'When it last answered a full load whole.';


--
-- Name: COLUMN cursors.failure; Type: COMMENT; Schema: calendar; Owner: -
--

COMMENT ON COLUMN calendar.cursors.failure IS 'What went wrong last, where nothing went right since.';


--
-- Name: COLUMN cursors.load_id; Type: COMMENT; Schema: calendar; Owner: -
--

COMMENT ON COLUMN calendar.cursors.load_id IS 'The load in which it last answered.';


--
-- Name: COLUMN cursors.whole_load_id; Type: COMMENT; Schema: calendar; Owner: -
--

COMMENT ON COLUMN calendar.cursors.whole_load_id IS 'The load in which it was last read whole.';


--
-- Name: COLUMN cursors.first_whole_at; Type: COMMENT; Schema: calendar; Owner: -
--

COMMENT ON COLUMN calendar.cursors.first_whole_at IS 'When it first answered a full load whole; -infinity where that was not written down.';


--
-- Name: show_as_rules; Type: TABLE; Schema: customer; Owner: -
--

CREATE TABLE customer.show_as_rules (
    customer_id bigint NOT NULL,
    rule_set_version integer NOT NULL,
    show_as customer.show_as NOT NULL,
    is_skipped boolean NOT NULL,
    reason text,
    kind customer.kind,
    decided_by text NOT NULL,
    CONSTRAINT show_as_rules_decided_by_check CHECK ((decided_by = ANY (ARRAY['template'::text, 'administrator'::text]))),
    CONSTRAINT show_as_rules_skipped_or_used_check CHECK ((NOT (is_skipped AND (num_nonnulls(reason, kind) > 0))))
);


--
-- Name: TABLE show_as_rules; Type: COMMENT; Schema: customer; Owner: -
--

COMMENT ON TABLE customer.show_as_rules IS 'One row per value of show-as: nothing, or which reason and kind; null is the default one.';


--
-- Name: calendars; Type: TABLE; Schema: roster; Owner: -
--

CREATE TABLE roster.calendars (
    customer_id bigint NOT NULL,
    user_id bigint NOT NULL,
    calendar_id integer NOT NULL,
    source text NOT NULL,
    address text NOT NULL,
    is_active boolean DEFAULT true NOT NULL,
    generation bigint DEFAULT 0 NOT NULL,
    held_from timestamp with time zone DEFAULT '-infinity'::timestamp with time zone NOT NULL
);


--
-- Name: TABLE calendars; Type: COMMENT; Schema: roster; Owner: -
--

COMMENT ON TABLE roster.calendars IS 'One row per calendar of a user.';


--
-- Name: COLUMN calendars.source; Type: COMMENT; Schema: roster; Owner: -
--

COMMENT ON COLUMN roster.calendars.source IS 'The name of the source in the customer file.';


--
-- Name: COLUMN calendars.address; Type: COMMENT; Schema: roster; Owner: -
--

COMMENT ON COLUMN roster.calendars.address IS 'Where the source finds it, in the source''s own terms.';


--
-- Name: COLUMN calendars.generation; Type: COMMENT; Schema: roster; Owner: -
--

COMMENT ON COLUMN roster.calendars.generation IS 'Counts how often it was to be loaded afresh: a load of an earlier generation leaves no cursor.';


--
-- Name: COLUMN calendars.held_from; Type: COMMENT; Schema: roster; Owner: -
--

COMMENT ON COLUMN roster.calendars.held_from IS 'Since when the roster names it, or no longer does; -infinity where that was not written down.';


--
-- Name: calendars_in_use; Type: VIEW; Schema: intake; Owner: -
--

CREATE VIEW intake.calendars_in_use AS
 SELECT calendars.customer_id,
    calendars.user_id,
    calendars.calendar_id
   FROM roster.calendars
  WHERE (calendars.is_active OR (EXISTS ( SELECT
           FROM (roster.calendars awaited
             LEFT JOIN calendar.cursors ON (((awaited.customer_id = cursors.customer_id) AND (awaited.user_id = cursors.user_id) AND (awaited.calendar_id = cursors.calendar_id))))
          WHERE ((awaited.customer_id = calendars.customer_id) AND (awaited.user_id = calendars.user_id) AND awaited.is_active AND (cursors.whole_at IS NULL)))));


--
-- Name: show_as_preferences; Type: TABLE; Schema: roster; Owner: -
--

CREATE TABLE roster.show_as_preferences (
    customer_id bigint NOT NULL,
    user_id bigint NOT NULL,
    show_as customer.show_as NOT NULL,
    is_skipped boolean NOT NULL,
    reason text,
    kind customer.kind,
    CONSTRAINT show_as_preferences_skipped_or_used_check CHECK ((NOT (is_skipped AND (num_nonnulls(reason, kind) > 0))))
);


--
-- Name: claims; Type: VIEW; Schema: absence; Owner: -
--

CREATE VIEW absence.claims AS
 WITH facts AS (
         SELECT participants.customer_id,
            participants.user_id,
            bookings.calendar_id,
            bookings.resource_key,
            bookings.booking_key,
            bookings.mark,
            bookings.show_as,
                CASE
                    WHEN participants.shows_text THEN bookings.shown_text
                    ELSE NULL::text
                END AS shown_text,
            bookings.code,
            bookings.held_from,
            bookings.load_id,
            bookings.account,
            bookings.account_because,
            (bookings.start_date IS NOT NULL) AS is_all_day,
            bookings.start_date,
            bookings.end_date,
                CASE
                    WHEN (bookings.start_date IS NULL) THEN bookings.starts_at
                    ELSE intake.instant_of((bookings.start_date)::timestamp without time zone, participants.time_zone)
                END AS starts_at,
                CASE
                    WHEN (bookings.end_date IS NULL) THEN bookings.ends_at
                    ELSE intake.instant_of((bookings.end_date)::timestamp without time zone, participants.time_zone)
                END AS ends_at,
            participants.extension,
            participants.time_zone,
            participants.rule_set_version,
            participants.all_day,
            participants.is_office_hours_only,
            participants.merge_gap,
            participants.days_ahead,
            (participants.has_user_rules AND bookings.is_choice) AS is_chosen,
            bookings.choice_reason,
            bookings.choice_kind,
            (((participants.sync <> 'show_as'::text) OR participants.is_codes_only) AND (bookings.code IS NOT NULL) AND (bookings.response <> 'not_responded'::customer.response)) AS is_coded,
            bookings.code_reason,
            bookings.code_kind,
            participants.has_no_diversion,
            (participants.is_diversion_service_required AND (NOT participants.has_diversion)) AS lacks_diversion,
            participants.default_reason,
            participants.default_kind,
            (own_rules.show_as IS NOT NULL) AS has_own_rule,
            own_rules.is_skipped AS own_is_skipped,
            own_rules.reason AS own_reason,
            own_rules.kind AS own_kind,
            COALESCE(show_as_rules.is_skipped, true) AS set_is_skipped,
            show_as_rules.reason AS set_reason,
            show_as_rules.kind AS set_kind,
            show_as_rules.decided_by AS set_decided_by,
            COALESCE(own_busy_rules.is_skipped, busy_rules.is_skipped) AS busy_is_skipped,
                CASE
                    WHEN (own_busy_rules.show_as IS NULL) THEN busy_rules.reason
                    ELSE own_busy_rules.reason
                END AS busy_reason,
                CASE
                    WHEN (own_busy_rules.show_as IS NULL) THEN busy_rules.kind
                    ELSE own_busy_rules.kind
                END AS busy_kind,
            (show_as_rules.is_skipped AND (((bookings.show_as = 'free'::customer.show_as) AND participants.uses_free) OR ((bookings.show_as = 'tentative'::customer.show_as) AND participants.uses_tentative))) AS is_as_busy,
            participants.is_codes_only,
            COALESCE(
                CASE
                    WHEN bookings.is_cancelled THEN 'cancelled'::text
                    WHEN (bookings.response = 'declined'::customer.response) THEN 'declined'::text
                    WHEN (bookings.starts_at >= bookings.ends_at) THEN 'no_time'::text
                    ELSE NULL::text
                END, participants.why_not,
                CASE
                    WHEN ((bookings.sensitivity = ANY (ARRAY['private'::customer.sensitivity, 'confidential'::customer.sensitivity])) AND (NOT participants.uses_private)) THEN 'private'::text
                    WHEN (participants.has_user_rules AND bookings.is_choice_skip) THEN 'booking_override'::text
                    ELSE NULL::text
                END) AS barred_because
           FROM ((((((calendar.bookings
             JOIN absence.participants ON (((bookings.customer_id = participants.customer_id) AND (bookings.user_id = participants.user_id))))
             JOIN intake.calendars_in_use ON (((bookings.customer_id = calendars_in_use.customer_id) AND (bookings.user_id = calendars_in_use.user_id) AND (bookings.calendar_id = calendars_in_use.calendar_id))))
             LEFT JOIN customer.show_as_rules ON (((participants.customer_id = show_as_rules.customer_id) AND (participants.rule_set_version = show_as_rules.rule_set_version) AND (bookings.show_as = show_as_rules.show_as))))
             LEFT JOIN roster.show_as_preferences own_rules ON (((bookings.customer_id = own_rules.customer_id) AND (bookings.user_id = own_rules.user_id) AND (bookings.show_as = own_rules.show_as) AND participants.has_user_rules)))
             LEFT JOIN customer.show_as_rules busy_rules ON (((participants.customer_id = busy_rules.customer_id) AND (participants.rule_set_version = busy_rules.rule_set_version) AND (busy_rules.show_as = 'busy'::customer.show_as))))
             LEFT JOIN roster.show_as_preferences own_busy_rules ON (((bookings.customer_id = own_busy_rules.customer_id) AND (bookings.user_id = own_busy_rules.user_id) AND (own_busy_rules.show_as = 'busy'::customer.show_as) AND participants.has_user_rules)))
        ), ruled AS (
         SELECT facts.customer_id,
            facts.user_id,
            facts.calendar_id,
            facts.resource_key,
            facts.booking_key,
            facts.mark,
            facts.show_as,
            facts.shown_text,
            facts.code,
            facts.held_from,
            facts.load_id,
            facts.account,
            facts.account_because,
            facts.is_all_day,
            facts.start_date,
            facts.end_date,
            facts.starts_at,
            facts.ends_at,
            facts.extension,
            facts.time_zone,
            facts.rule_set_version,
            facts.all_day,
            facts.is_office_hours_only,
            facts.merge_gap,
            facts.days_ahead,
            facts.is_chosen,
            facts.choice_reason,
            facts.choice_kind,
            facts.is_coded,
            facts.code_reason,
            facts.code_kind,
            facts.has_no_diversion,
            facts.lacks_diversion,
            facts.default_reason,
            facts.default_kind,
            facts.has_own_rule,
            facts.own_is_skipped,
            facts.own_reason,
            facts.own_kind,
            facts.set_is_skipped,
            facts.set_reason,
            facts.set_kind,
            facts.set_decided_by,
            facts.busy_is_skipped,
            facts.busy_reason,
            facts.busy_kind,
            facts.is_as_busy,
            facts.is_codes_only,
            facts.barred_because,
                CASE
                    WHEN facts.has_own_rule THEN facts.own_is_skipped
                    WHEN facts.is_as_busy THEN facts.busy_is_skipped
                    ELSE facts.set_is_skipped
                END AS is_skipped,
                CASE
                    WHEN facts.has_own_rule THEN facts.own_reason
                    WHEN facts.is_as_busy THEN facts.busy_reason
                    ELSE facts.set_reason
                END AS table_reason,
                CASE
                    WHEN facts.has_own_rule THEN facts.own_kind
                    WHEN facts.is_as_busy THEN facts.busy_kind
                    ELSE facts.set_kind
                END AS table_kind,
                CASE
                    WHEN (facts.has_own_rule OR facts.is_as_busy) THEN 'user'::text
                    ELSE facts.set_decided_by
                END AS table_decided_by
           FROM facts
        ), given AS (
         SELECT ruled.customer_id,
            ruled.user_id,
            ruled.calendar_id,
            ruled.resource_key,
            ruled.booking_key,
            ruled.mark,
            ruled.show_as,
            ruled.shown_text,
            ruled.code,
            ruled.held_from,
            ruled.load_id,
            ruled.account,
            ruled.account_because,
            ruled.is_all_day,
            ruled.start_date,
            ruled.end_date,
            ruled.starts_at,
            ruled.ends_at,
            ruled.extension,
            ruled.time_zone,
            ruled.rule_set_version,
            ruled.all_day,
            ruled.is_office_hours_only,
            ruled.merge_gap,
            ruled.days_ahead,
            ruled.is_chosen,
            ruled.choice_reason,
            ruled.choice_kind,
            ruled.is_coded,
            ruled.code_reason,
            ruled.code_kind,
            ruled.has_no_diversion,
            ruled.lacks_diversion,
            ruled.default_reason,
            ruled.default_kind,
            ruled.has_own_rule,
            ruled.own_is_skipped,
            ruled.own_reason,
            ruled.own_kind,
            ruled.set_is_skipped,
            ruled.set_reason,
            ruled.set_kind,
            ruled.set_decided_by,
            ruled.busy_is_skipped,
            ruled.busy_reason,
            ruled.busy_kind,
            ruled.is_as_busy,
            ruled.is_codes_only,
            ruled.barred_because,
            ruled.is_skipped,
            ruled.table_reason,
            ruled.table_kind,
            ruled.table_decided_by,
                CASE
                    WHEN ruled.is_coded THEN COALESCE(ruled.code_reason, ruled.default_reason)
                    WHEN (ruled.is_codes_only OR ruled.is_skipped) THEN ruled.default_reason
                    ELSE COALESCE(ruled.table_reason, ruled.default_reason)
                END AS given_reason,
                CASE
                    WHEN ruled.has_no_diversion THEN 'information'::customer.kind
                    WHEN ruled.is_coded THEN COALESCE(ruled.code_kind, ruled.default_kind)
                    WHEN (ruled.is_codes_only OR ruled.is_skipped) THEN 'information'::customer.kind
                    ELSE COALESCE(ruled.table_kind, ruled.default_kind)
                END AS given_kind
           FROM ruled
        ), judged AS (
         SELECT given.customer_id,
            given.user_id,
            given.calendar_id,
            given.resource_key,
            given.booking_key,
            given.mark,
            given.show_as,
            given.shown_text,
            given.code,
            given.held_from,
            given.load_id,
            given.account,
            given.account_because,
            given.is_all_day,
            given.start_date,
            given.end_date,
            given.starts_at,
            given.ends_at,
            given.extension,
            given.time_zone,
            given.rule_set_version,
            given.all_day,
            given.is_office_hours_only,
            given.merge_gap,
            given.days_ahead,
            given.is_chosen,
            given.choice_reason,
            given.choice_kind,
            given.is_coded,
            given.code_reason,
            given.code_kind,
            given.has_no_diversion,
            given.lacks_diversion,
            given.default_reason,
            given.default_kind,
            given.has_own_rule,
            given.own_is_skipped,
            given.own_reason,
            given.own_kind,
            given.set_is_skipped,
            given.set_reason,
            given.set_kind,
            given.set_decided_by,
            given.busy_is_skipped,
            given.busy_reason,
            given.busy_kind,
            given.is_as_busy,
            given.is_codes_only,
            given.barred_because,
            given.is_skipped,
            given.table_reason,
            given.table_kind,
            given.table_decided_by,
            given.given_reason,
            given.given_kind,
            COALESCE(given.barred_because,
                CASE
                    WHEN given.is_chosen THEN NULL::text
                    WHEN (given.is_all_day AND (given.all_day = 'skip'::text)) THEN 'all_day'::text
                    WHEN given.is_coded THEN NULL::text
                    WHEN (given.is_codes_only AND (given.code IS NOT NULL)) THEN 'not_answered'::text
                    WHEN given.is_codes_only THEN 'no_code'::text
                    WHEN given.is_skipped THEN 'show_as'::text
                    ELSE NULL::text
                END) AS because
           FROM given
        )
 SELECT judged.customer_id,
    judged.user_id,
    judged.calendar_id,
    judged.resource_key,
    judged.booking_key,
    judged.mark,
    judged.starts_at,
    judged.ends_at,
    judged.start_date,
    judged.end_date,
    judged.extension,
    judged.time_zone,
    judged.rule_set_version,
    judged.merge_gap,
    judged.show_as,
    judged.shown_text,
    judged.code,
    judged.held_from,
        CASE
            WHEN judged.is_chosen THEN 3
            WHEN judged.is_coded THEN 2
            ELSE 1
        END AS origin,
        CASE
            WHEN judged.is_chosen THEN 'choice'::text
            WHEN judged.is_coded THEN 'code'::text
            ELSE judged.table_decided_by
        END AS decided_by,
        CASE
            WHEN judged.is_chosen THEN COALESCE(judged.choice_reason, judged.given_reason)
            ELSE judged.given_reason
        END AS reason,
        CASE
            WHEN judged.lacks_diversion THEN 'information'::customer.kind
            WHEN judged.is_chosen THEN COALESCE(judged.choice_kind, judged.given_kind)
            ELSE judged.given_kind
        END AS kind,
    (judged.lacks_diversion AND (
        CASE
            WHEN judged.is_chosen THEN COALESCE(judged.choice_kind, judged.given_kind)
            ELSE judged.given_kind
        END <> 'information'::customer.kind)) AS is_weakened,
    ((judged.is_all_day AND (judged.all_day = 'office_hours'::text)) OR judged.is_office_hours_only) AS is_clipped,
    ((judged.all_day = 'office_hours'::text) OR judged.is_office_hours_only) AS may_be_clipped,
    judged.because,
        CASE
            WHEN (judged.because IS NULL) THEN true
            ELSE false
        END AS is_used,
    judged.code_reason,
    judged.days_ahead,
    judged.load_id,
    judged.account,
    judged.account_because
   FROM judged;


--
-- Name: holidays; Type: TABLE; Schema: customer; Owner: -
--

CREATE TABLE customer.holidays (
    customer_id bigint NOT NULL,
    rule_set_version integer NOT NULL,
    holiday date NOT NULL
);


--
-- Name: office_hours; Type: TABLE; Schema: customer; Owner: -
--

CREATE TABLE customer.office_hours (
    customer_id bigint NOT NULL,
    rule_set_version integer NOT NULL,
    weekday integer NOT NULL,
    opens_at interval NOT NULL,
    closes_at interval NOT NULL,
    CONSTRAINT office_hours_opens_before_it_closes_check CHECK (((opens_at >= '00:00:00'::interval) AND (opens_at < closes_at) AND (closes_at <= '24:00:00'::interval))),
    CONSTRAINT office_hours_weekday_check CHECK (((weekday >= 1) AND (weekday <= 7)))
);


--
-- Name: TABLE office_hours; Type: COMMENT; Schema: customer; Owner: -
--

COMMENT ON TABLE customer.office_hours IS 'One row per weekday with office hours, Monday 1, on the user''s wall.';


--
-- Name: stretches; Type: VIEW; Schema: absence; Owner: -
--

CREATE VIEW absence.stretches AS
 WITH opened AS (
         SELECT claims.customer_id,
            claims.user_id,
            claims.calendar_id,
            claims.resource_key,
            claims.booking_key,
            claims.mark,
            claims.starts_at,
            claims.ends_at,
            claims.start_date,
            claims.end_date,
            claims.extension,
            claims.time_zone,
            claims.rule_set_version,
            claims.merge_gap,
            claims.show_as,
            claims.shown_text,
            claims.code,
            claims.held_from,
            claims.origin,
            claims.decided_by,
            claims.reason,
            claims.kind,
            claims.is_weakened,
            claims.is_clipped,
            claims.may_be_clipped,
            claims.because,
            claims.is_used,
            claims.code_reason,
            claims.days_ahead,
            claims.load_id,
            claims.account,
            claims.account_because,
            intake.instant_of((days.day + office_hours.opens_at), claims.time_zone) AS opens_at,
            intake.instant_of((days.day + office_hours.closes_at), claims.time_zone) AS closes_at
           FROM ((absence.claims
             CROSS JOIN LATERAL generate_series(date_trunc('day'::text, (claims.starts_at AT TIME ZONE claims.time_zone)), date_trunc('day'::text, (claims.ends_at AT TIME ZONE claims.time_zone)), '1 day'::interval) days(day))
             JOIN customer.office_hours ON (((claims.customer_id = office_hours.customer_id) AND (claims.rule_set_version = office_hours.rule_set_version) AND (EXTRACT(isodow FROM days.day) = (office_hours.weekday)::numeric))))
          WHERE (claims.is_used AND claims.may_be_clipped AND claims.is_clipped AND (NOT (EXISTS ( SELECT
                   FROM customer.holidays
                  WHERE ((holidays.customer_id = claims.customer_id) AND (holidays.rule_set_version = claims.rule_set_version) AND (holidays.holiday = (days.day)::date))))))
        ), clipped AS (
         SELECT opened.customer_id,
            opened.user_id,
            opened.extension,
            opened.time_zone,
            opened.calendar_id,
            opened.booking_key,
            opened.mark,
            opened.merge_gap,
            opened.show_as,
            opened.shown_text,
            opened.origin,
            opened.decided_by,
            opened.reason,
            opened.kind,
            opened.is_weakened,
            range_agg(tstzrange(GREATEST(opened.starts_at, opened.opens_at), LEAST(opened.ends_at, opened.closes_at))) AS during
           FROM opened
          WHERE ((opened.opens_at < opened.closes_at) AND (opened.starts_at < opened.closes_at) AND (opened.ends_at > opened.opens_at))
          GROUP BY opened.customer_id, opened.user_id, opened.extension, opened.time_zone, opened.calendar_id, opened.booking_key, opened.mark, opened.starts_at, opened.ends_at, opened.merge_gap, opened.show_as, opened.shown_text, opened.origin, opened.decided_by, opened.reason, opened.kind, opened.is_weakened
        )
 SELECT claims.customer_id,
    claims.user_id,
    claims.extension,
    claims.time_zone,
    claims.calendar_id,
    claims.booking_key,
    claims.mark,
    claims.starts_at,
    claims.ends_at,
    false AS is_part,
    claims.merge_gap,
    claims.show_as,
    claims.shown_text,
    claims.origin,
    claims.decided_by,
    claims.reason,
    claims.kind,
    claims.is_weakened
   FROM absence.claims
  WHERE (claims.is_used AND (NOT claims.is_clipped))
UNION ALL
 SELECT clipped.customer_id,
    clipped.user_id,
    clipped.extension,
    clipped.time_zone,
    clipped.calendar_id,
    clipped.booking_key,
    clipped.mark,
    lower(part.during) AS starts_at,
    upper(part.during) AS ends_at,
    true AS is_part,
    clipped.merge_gap,
    clipped.show_as,
    clipped.shown_text,
    clipped.origin,
    clipped.decided_by,
    clipped.reason,
    clipped.kind,
    clipped.is_weakened
   FROM (clipped
     CROSS JOIN LATERAL unnest(clipped.during) part(during));


--
-- Name: spells; Type: VIEW; Schema: absence; Owner: -
--

CREATE VIEW absence.spells AS
 WITH reached AS (
         SELECT stretches.customer_id,
            stretches.user_id,
            stretches.extension,
            stretches.time_zone,
            stretches.calendar_id,
            stretches.booking_key,
            stretches.mark,
            stretches.starts_at,
            stretches.ends_at,
            stretches.is_part,
            stretches.merge_gap,
            stretches.show_as,
            stretches.shown_text,
            stretches.origin,
            stretches.decided_by,
            stretches.reason,
            stretches.kind,
            stretches.is_weakened,
            max(stretches.ends_at) OVER (PARTITION BY stretches.customer_id, stretches.user_id, stretches.kind ORDER BY stretches.starts_at, stretches.ends_at DESC, stretches.booking_key, stretches.calendar_id, stretches.mark ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reached_at
           FROM absence.stretches
          WHERE (stretches.merge_gap IS NOT NULL)
        ), numbered AS (
         SELECT reached.customer_id,
            reached.user_id,
            reached.extension,
            reached.time_zone,
            reached.calendar_id,
            reached.booking_key,
            reached.mark,
            reached.starts_at,
            reached.ends_at,
            reached.is_part,
            reached.merge_gap,
            reached.show_as,
            reached.shown_text,
            reached.origin,
            reached.decided_by,
            reached.reason,
            reached.kind,
            reached.is_weakened,
            reached.reached_at,
            count(*) FILTER (WHERE COALESCE((reached.starts_at > (reached.reached_at + reached.merge_gap)), true)) OVER (PARTITION BY reached.customer_id, reached.user_id, reached.kind ORDER BY reached.starts_at, reached.ends_at DESC, reached.booking_key, reached.calendar_id, reached.mark ROWS UNBOUNDED PRECEDING) AS spell_number
           FROM reached
        ), members AS (
         SELECT numbered.customer_id,
            numbered.user_id,
            numbered.extension,
            numbered.time_zone,
            numbered.calendar_id,
            numbered.booking_key,
            numbered.mark,
            numbered.starts_at,
            numbered.ends_at,
            numbered.is_part,
            numbered.merge_gap,
            numbered.show_as,
            numbered.shown_text,
            numbered.origin,
            numbered.decided_by,
            numbered.reason,
            numbered.kind,
            numbered.is_weakened,
            numbered.reached_at,
            numbered.spell_number,
            row_number() OVER (PARTITION BY numbered.customer_id, numbered.user_id, numbered.kind, numbered.spell_number, numbered.calendar_id, numbered.booking_key, numbered.mark ORDER BY numbered.starts_at) AS part_number,
            row_number() OVER (PARTITION BY numbered.customer_id, numbered.user_id, numbered.kind, numbered.spell_number ORDER BY numbered.starts_at, numbered.ends_at DESC, numbered.booking_key, numbered.calendar_id, numbered.mark) AS place
           FROM numbered
        )
 SELECT stretches.customer_id,
    stretches.user_id,
    stretches.extension,
    stretches.time_zone,
    stretches.calendar_id,
    stretches.booking_key,
    stretches.kind,
    stretches.reason,
    stretches.shown_text,
    stretches.decided_by,
    stretches.is_weakened,
    stretches.origin,
    stretches.show_as,
    stretches.starts_at,
    stretches.ends_at,
    stretches.is_part,
    ARRAY[stretches.booking_key] AS booking_keys,
    ARRAY[encode(stretches.mark, 'hex'::text)] AS booking_marks
   FROM absence.stretches
  WHERE (stretches.merge_gap IS NULL)
UNION ALL
 SELECT members.customer_id,
    members.user_id,
    min(members.extension) AS extension,
    min(members.time_zone) AS time_zone,
    min(members.calendar_id) FILTER (WHERE (members.place = 1)) AS calendar_id,
    min(members.booking_key) FILTER (WHERE (members.place = 1)) AS booking_key,
    members.kind,
    min(members.reason) FILTER (WHERE (members.place = 1)) AS reason,
    min(members.shown_text) FILTER (WHERE (members.place = 1)) AS shown_text,
    min(members.decided_by) FILTER (WHERE (members.place = 1)) AS decided_by,
    bool_or(members.is_weakened) AS is_weakened,
    max(members.origin) AS origin,
    max(members.show_as) AS show_as,
    min(members.starts_at) AS starts_at,
    max(members.ends_at) AS ends_at,
    bool_or(members.is_part) AS is_part,
    array_agg(members.booking_key ORDER BY members.place) FILTER (WHERE (members.part_number = 1)) AS booking_keys,
    array_agg(encode(members.mark, 'hex'::text) ORDER BY members.place) FILTER (WHERE (members.part_number = 1)) AS booking_marks
   FROM members
  GROUP BY members.customer_id, members.user_id, members.kind, members.spell_number;


--
-- Name: ranked; Type: VIEW; Schema: absence; Owner: -
--

CREATE VIEW absence.ranked AS
 WITH reached AS (
         SELECT spells.customer_id,
            spells.user_id,
            spells.extension,
            spells.time_zone,
            spells.calendar_id,
            spells.booking_key,
            spells.kind,
            spells.reason,
            spells.shown_text,
            spells.decided_by,
            spells.is_weakened,
            spells.origin,
            spells.show_as,
            spells.starts_at,
            spells.ends_at,
            spells.is_part,
            spells.booking_keys,
            spells.booking_marks,
            max(spells.ends_at) OVER (PARTITION BY spells.customer_id, spells.user_id ORDER BY spells.starts_at, spells.ends_at, spells.booking_key, spells.calendar_id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reached_at
           FROM absence.spells
        ), clustered AS (
         SELECT reached.customer_id,
            reached.user_id,
            reached.extension,
            reached.time_zone,
            reached.calendar_id,
            reached.booking_key,
            reached.kind,
            reached.reason,
            reached.shown_text,
            reached.decided_by,
            reached.is_weakened,
            reached.origin,
            reached.show_as,
            reached.starts_at,
            reached.ends_at,
            reached.is_part,
            reached.booking_keys,
            reached.booking_marks,
            reached.reached_at,
            count(*) FILTER (WHERE COALESCE((reached.starts_at > reached.reached_at), true)) OVER (PARTITION BY reached.customer_id, reached.user_id ORDER BY reached.starts_at, reached.ends_at, reached.booking_key, reached.calendar_id ROWS UNBOUNDED PRECEDING) AS cluster_number
           FROM reached
        )
 SELECT clustered.customer_id,
    clustered.user_id,
    clustered.extension,
    clustered.time_zone,
    clustered.calendar_id,
    clustered.booking_key,
    clustered.kind,
    clustered.reason,
    clustered.shown_text,
    clustered.decided_by,
    clustered.is_weakened,
    clustered.starts_at,
    clustered.ends_at,
    clustered.booking_keys,
    clustered.booking_marks,
    clustered.cluster_number,
    row_number() OVER strength AS place,
    absence.together(tstzmultirange(tstzrange(clustered.starts_at, clustered.ends_at))) OVER (strength ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS taken
   FROM clustered
  WINDOW strength AS (PARTITION BY clustered.customer_id, clustered.user_id, clustered.cluster_number ORDER BY clustered.kind DESC, clustered.origin DESC, clustered.show_as DESC NULLS LAST, clustered.starts_at, clustered.booking_key, clustered.calendar_id, clustered.ends_at, clustered.booking_marks);


--
-- Name: decided; Type: VIEW; Schema: absence; Owner: -
--

CREATE VIEW absence.decided AS
 WITH left_over AS (
         SELECT ranked.customer_id,
            ranked.user_id,
            ranked.extension,
            ranked.time_zone,
            ranked.calendar_id,
            ranked.booking_key,
            ranked.kind,
            ranked.reason,
            ranked.shown_text,
            ranked.decided_by,
            ranked.is_weakened,
            ranked.starts_at,
            ranked.ends_at,
            ranked.booking_keys,
            ranked.booking_marks,
            ranked.cluster_number,
            ranked.place,
            ranked.taken,
            unnest(
                CASE
                    WHEN isempty(ranked.taken) THEN tstzmultirange(tstzrange(ranked.starts_at, ranked.ends_at))
                    ELSE (tstzmultirange(tstzrange(ranked.starts_at, ranked.ends_at)) - ranked.taken)
                END) AS during
           FROM absence.ranked
        )
 SELECT left_over.customer_id,
    left_over.user_id,
    left_over.extension,
    left_over.time_zone,
    lower(left_over.during) AS starts_at,
    upper(left_over.during) AS ends_at,
    left_over.kind,
    left_over.reason,
    left_over.shown_text,
    left_over.decided_by,
    left_over.is_weakened,
    left_over.booking_keys,
    left_over.booking_marks,
    rule_sets.return_time,
    rule_sets.ring_seconds,
    rule_sets.rule_set_version,
    rule_sets.has_user_rules,
    rule_sets.days_ahead
   FROM (left_over
     JOIN customer.rule_sets ON (((left_over.customer_id = rule_sets.customer_id) AND upper_inf(rule_sets.held_during))));


--
-- Name: leaves_of(bigint, bigint[], int8range); Type: FUNCTION; Schema: absence; Owner: -
--

CREATE FUNCTION absence.leaves_of(customer_id bigint, user_ids bigint[], users int8range) RETURNS TABLE(part absence.decided, back_at timestamp with time zone)
    LANGUAGE plpgsql STABLE
    AS $$
#variable_conflict use_column
begin
    return query
    with

    followed as (
        select
            decided as part,
            decided.*,
            lag(decided.ends_at) over (
                partition by decided.user_id, decided.reason
                order by decided.starts_at
            ) as previous_end
        from absence.decided
        where
            decided.customer_id = leaves_of.customer_id
            and absence.is_among(decided.user_id, leaves_of.user_ids, leaves_of.users)
    ),

    numbered as (
        select
            *,
            count(*) filter (
                where coalesce(
                    absence.has_office_hours(
                        customer_id, rule_set_version, time_zone, previous_end, starts_at
                    ),
                    true
                )
            ) over (
                partition by user_id, reason
                order by starts_at
                rows unbounded preceding
            ) as leave_number
        from followed
    )

    select
        part,
        max(ends_at) over (partition by user_id, reason, leave_number)
    from numbered;
end
$$;


--
-- Name: open_changes(bigint, bigint, timestamp with time zone, bigint, bigint, bigint[], bigint[]); Type: FUNCTION; Schema: absence; Owner: -
--

CREATE FUNCTION absence.open_changes(customer_id bigint, run_id bigint, planned_at timestamp with time zone, after_user_id bigint, change_count bigint, user_ids bigint[], left_ids bigint[]) RETURNS TABLE(user_id bigint, user_key text, absence_key uuid, version_tag text, is_unconfirmed boolean, before_extension text, before_starts_at timestamp with time zone, before_ends_at timestamp with time zone, before_kind customer.kind, before_reason text, before_announced_reason text, before_back_at timestamp with time zone, before_shown_text text, before_target text, before_ring_seconds integer, extension text, starts_at timestamp with time zone, ends_at timestamp with time zone, kind customer.kind, reason text, announced_reason text, back_at timestamp with time zone, shown_text text, target text, ring_seconds integer)
    LANGUAGE sql STABLE
    SET enable_seqscan TO 'off'
    SET enable_bitmapscan TO 'off'
    SET enable_hashjoin TO 'off'
    SET enable_mergejoin TO 'off'
    AS $$
    with

    changes as materialized (
        select
            changes.user_id,
            changes.absence_key,
            changes.before,
            changes.after
        from audit.changes
        where
            changes.customer_id = open_changes.customer_id
            and changes.user_id > open_changes.after_user_id
            and (
                open_changes.user_ids is null or changes.user_id = any(open_changes.user_ids)
            )
            and changes.user_id <> all(open_changes.left_ids)
            and changes.run_id = open_changes.run_id
            and changes.planned_at = open_changes.planned_at
            and changes.outcome is null
            and changes.held_because is null
        order by changes.user_id
        fetch first (open_changes.change_count) rows with ties
    )

    select
        changes.user_id,
        users.user_key,
        changes.absence_key,
        case when not placed.is_unconfirmed then placed.version_tag end,
        coalesce(placed.is_unconfirmed, false),
        before.*,
        after.*
    from changes
    inner join roster.users
        on users.customer_id = open_changes.customer_id and changes.user_id = users.user_id
    left join telephony.placed
        on placed.customer_id = open_changes.customer_id
        and changes.user_id = placed.user_id
        and changes.absence_key = placed.absence_key
    cross join lateral jsonb_to_record(coalesce(changes.before, '{}')) as before (
        extension text, starts_at timestamptz, ends_at timestamptz, kind customer.kind,
        reason text, announced_reason text, back_at timestamptz, shown_text text,
        target text, ring_seconds integer
    )
    cross join lateral jsonb_to_record(coalesce(changes.after, '{}')) as after (
        extension text, starts_at timestamptz, ends_at timestamptz, kind customer.kind,
        reason text, announced_reason text, back_at timestamptz, shown_text text,
        target text, ring_seconds integer
    )
    order by changes.user_id;
$$;


--
-- Name: told_reason(text); Type: FUNCTION; Schema: absence; Owner: -
--

CREATE FUNCTION absence.told_reason(reason text) RETURNS text
    LANGUAGE sql IMMUTABLE
    RETURN CASE WHEN (reason = ANY (ARRAY['sick'::text, 'sick_child'::text])) THEN 'unavailable'::text ELSE reason END;


--
-- Name: suppressed; Type: VIEW; Schema: absence; Owner: -
--

CREATE VIEW absence.suppressed AS
 SELECT weaker.customer_id,
    weaker.user_id,
    member.booking_key,
    member.mark,
    stronger.booking_key AS by_booking_key,
    stronger.decided_by AS by_decided_by,
    stronger.kind AS by_kind,
    stronger.reason AS by_reason,
    GREATEST(weaker.starts_at, stronger.starts_at) AS starts_at,
    LEAST(weaker.ends_at, stronger.ends_at) AS ends_at
   FROM ((absence.ranked weaker
     JOIN absence.ranked stronger ON (((weaker.customer_id = stronger.customer_id) AND (weaker.user_id = stronger.user_id) AND (weaker.cluster_number = stronger.cluster_number) AND (weaker.place > stronger.place) AND (weaker.starts_at < stronger.ends_at) AND (weaker.ends_at > stronger.starts_at))))
     CROSS JOIN LATERAL UNNEST(weaker.booking_keys, weaker.booking_marks) member(booking_key, mark));


--
-- Name: explained; Type: VIEW; Schema: absence; Owner: -
--

CREATE VIEW absence.explained AS
 WITH memberships AS (
         SELECT ranked.customer_id,
            ranked.user_id,
            member.mark,
            array_agg(DISTINCT partner.booking_key ORDER BY partner.booking_key) FILTER (WHERE (partner.mark <> member.mark)) AS merged_with
           FROM ((absence.ranked
             CROSS JOIN LATERAL unnest(ranked.booking_marks) member(mark))
             CROSS JOIN LATERAL UNNEST(ranked.booking_keys, ranked.booking_marks) partner(booking_key, mark))
          GROUP BY ranked.customer_id, ranked.user_id, member.mark
        ), deciding AS (
         SELECT decided.customer_id,
            decided.user_id,
            member.mark
           FROM (absence.decided
             CROSS JOIN LATERAL unnest(decided.booking_marks) member(mark))
          GROUP BY decided.customer_id, decided.user_id, member.mark
        ), suppressing AS (
         SELECT suppressed.customer_id,
            suppressed.user_id,
            suppressed.mark,
            array_agg(DISTINCT suppressed.by_booking_key ORDER BY suppressed.by_booking_key) AS suppressed_by
           FROM absence.suppressed
          GROUP BY suppressed.customer_id, suppressed.user_id, suppressed.mark
        )
 SELECT claims.customer_id,
    claims.user_id,
    claims.calendar_id,
    claims.booking_key,
    claims.mark,
    claims.held_from,
    claims.starts_at,
    claims.ends_at,
    (claims.start_date IS NOT NULL) AS is_all_day,
    claims.show_as,
        CASE
            WHEN COALESCE((absence.told_reason(claims.code_reason) = claims.code_reason), true) THEN claims.code
            ELSE NULL::text
        END AS code,
    claims.rule_set_version,
    claims.decided_by,
        CASE
            WHEN (claims.because IS NULL) THEN absence.told_reason(claims.reason)
            ELSE NULL::text
        END AS reason,
        CASE
            WHEN (claims.because IS NULL) THEN claims.kind
            ELSE NULL::customer.kind
        END AS kind,
    claims.is_weakened,
    COALESCE(memberships.merged_with, '{}'::text[]) AS merged_with,
    COALESCE(suppressing.suppressed_by, '{}'::text[]) AS suppressed_by,
        CASE
            WHEN (claims.because IS NOT NULL) THEN claims.because
            WHEN (memberships.mark IS NULL) THEN 'outside_office_hours'::text
            WHEN (deciding.mark IS NULL) THEN 'covered'::text
            ELSE NULL::text
        END AS because
   FROM (((absence.claims
     LEFT JOIN memberships ON (((claims.customer_id = memberships.customer_id) AND (claims.user_id = memberships.user_id) AND (encode(claims.mark, 'hex'::text) = memberships.mark))))
     LEFT JOIN deciding ON (((claims.customer_id = deciding.customer_id) AND (claims.user_id = deciding.user_id) AND (encode(claims.mark, 'hex'::text) = deciding.mark))))
     LEFT JOIN suppressing ON (((claims.customer_id = suppressing.customer_id) AND (claims.user_id = suppressing.user_id) AND (encode(claims.mark, 'hex'::text) = suppressing.mark))));


--
-- Name: outcomes_within(bigint, timestamp with time zone, bigint[]); Type: FUNCTION; Schema: absence; Owner: -
--

CREATE FUNCTION absence.outcomes_within(customer_id bigint, as_of timestamp with time zone, user_ids bigint[] DEFAULT NULL::bigint[]) RETURNS SETOF absence.explained
    LANGUAGE sql STABLE
    AS $$
    with

    -- Of the absences that a booking stands behind, at any time.
    stood as (
        select
            desired.user_id,
            marks.mark,
            bool_or(
                desired.ends_at > outcomes_within.as_of
                and desired.starts_at < outcomes_within.as_of
                + make_interval(hours => 24 * desired.days_ahead)
            ) as is_wanted,
            bool_or(desired.ends_at <= outcomes_within.as_of) as is_past
        from absence.desired_of(
            outcomes_within.customer_id, outcomes_within.user_ids, '(,)'
        ) as desired
        cross join lateral unnest(desired.booking_marks) as marks (mark)
        group by desired.user_id, marks.mark
    )

    select
        explained.customer_id,
        explained.user_id,
        explained.calendar_id,
        explained.booking_key,
        explained.mark,
        explained.held_from,
        explained.starts_at,
        explained.ends_at,
        explained.is_all_day,
        explained.show_as,
        explained.code,
        explained.rule_set_version,
        explained.decided_by,
        explained.reason,
        explained.kind,
        explained.is_weakened,
        explained.merged_with,
        explained.suppressed_by,
        case
            when explained.because is not null then explained.because
            when stood.is_wanted then null
            when stood.is_past then 'past'
            else 'beyond_horizon'
        end
    from roster.users
    -- User by user, with a fence: an equality with one user reaches every part of the view, and
    -- a list of users or a join does not.
    cross join lateral (
        select *
        from absence.explained as of_user
        where
            of_user.customer_id = outcomes_within.customer_id
            and of_user.user_id = users.user_id
        offset 0
    ) as explained
    left join stood
        on explained.user_id = stood.user_id
        and encode(explained.mark, 'hex') = stood.mark
    where
        users.customer_id = outcomes_within.customer_id
        and (
            outcomes_within.user_ids is null
            or users.user_id = any(outcomes_within.user_ids)
        )
    order by explained.user_id, explained.starts_at, explained.booking_key;
$$;


--
-- Name: placed_versions; Type: TABLE; Schema: telephony; Owner: -
--

CREATE TABLE telephony.placed_versions (
    customer_id bigint NOT NULL,
    user_id bigint NOT NULL,
    absence_key uuid NOT NULL,
    held_during tstzrange NOT NULL,
    ended_by text NOT NULL,
    extension text NOT NULL,
    kind customer.kind NOT NULL,
    reason text NOT NULL,
    announced_reason text NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    back_at timestamp with time zone NOT NULL,
    target text NOT NULL,
    ring_seconds integer NOT NULL,
    booking_keys text[] NOT NULL,
    booking_marks text[] NOT NULL,
    acknowledged_at timestamp with time zone NOT NULL,
    is_unconfirmed boolean NOT NULL,
    CONSTRAINT placed_versions_ended_by_check CHECK ((ended_by = ANY (ARRAY['changed'::text, 'bookings'::text, 'withdrawn'::text, 'changed_by_hand'::text, 'deleted_by_hand'::text, 'not_found'::text, 'lost'::text, 'expired'::text])))
);


--
-- Name: TABLE placed_versions; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON TABLE telephony.placed_versions IS 'How a placed absence stood earlier, when it was taken to stand so, and what ended that.';


--
-- Name: COLUMN placed_versions.customer_id; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON COLUMN telephony.placed_versions.customer_id IS 'Whose absence it was.';


--
-- Name: COLUMN placed_versions.user_id; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON COLUMN telephony.placed_versions.user_id IS 'On whose phone.';


--
-- Name: COLUMN placed_versions.absence_key; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON COLUMN telephony.placed_versions.absence_key IS 'As in telephony.placed.';


--
-- Name: COLUMN placed_versions.held_during; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON COLUMN telephony.placed_versions.held_during IS 'From when until when it was taken to stand so.';


--
-- Name: COLUMN placed_versions.ended_by; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON COLUMN telephony.placed_versions.ended_by IS 'changed: another content was acknowledged. bookings: the same absence, other bookings behind it. withdrawn: acknowledged. changed_by_hand, deleted_by_hand: found to be. not_found: looked for after an unknown outcome, and not there. lost: gone without a person''s doing, and placed again. expired: it had ended long ago.';


--
-- Name: COLUMN placed_versions.extension; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON COLUMN telephony.placed_versions.extension IS 'Where it stood.';


--
-- Name: COLUMN placed_versions.kind; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON COLUMN telephony.placed_versions.kind IS 'What it did to calls.';


--
-- Name: COLUMN placed_versions.reason; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON COLUMN telephony.placed_versions.reason IS 'What attendants saw.';


--
-- Name: COLUMN placed_versions.announced_reason; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON COLUMN telephony.placed_versions.announced_reason IS 'What callers heard.';


--
-- Name: COLUMN placed_versions.starts_at; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON COLUMN telephony.placed_versions.starts_at IS 'When it was to begin.';


--
-- Name: COLUMN placed_versions.ends_at; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON COLUMN telephony.placed_versions.ends_at IS 'When it was to end.';


--
-- Name: COLUMN placed_versions.back_at; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON COLUMN telephony.placed_versions.back_at IS 'When callers heard the person is back.';


--
-- Name: COLUMN placed_versions.target; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON COLUMN telephony.placed_versions.target IS 'Where diverted callers went.';


--
-- Name: COLUMN placed_versions.ring_seconds; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON COLUMN telephony.placed_versions.ring_seconds IS 'How long an open diversion rang first.';


--
-- Name: COLUMN placed_versions.booking_keys; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON COLUMN telephony.placed_versions.booking_keys IS 'The bookings behind it, the deciding one first.';


--
-- Name: COLUMN placed_versions.booking_marks; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON COLUMN telephony.placed_versions.booking_marks IS 'Their marks, in the same order.';


--
-- Name: COLUMN placed_versions.acknowledged_at; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON COLUMN telephony.placed_versions.acknowledged_at IS 'When the exchange had acknowledged it.';


--
-- Name: COLUMN placed_versions.is_unconfirmed; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON COLUMN telephony.placed_versions.is_unconfirmed IS 'Whether nobody knew if it stood, where the system cannot be read.';


--
-- Name: placed_at(bigint, timestamp with time zone, bigint[]); Type: FUNCTION; Schema: absence; Owner: -
--

CREATE FUNCTION absence.placed_at(customer_id bigint, as_of timestamp with time zone, user_ids bigint[] DEFAULT NULL::bigint[]) RETURNS SETOF telephony.placed_versions
    LANGUAGE sql STABLE
    AS $$
    select stood.*
    from (
        select version.*
        from telephony.placed
        cross join lateral intake.placed_version(placed, 'infinity', null) as version
        where
            placed.customer_id = placed_at.customer_id
            and (placed_at.user_ids is null or placed.user_id = any(placed_at.user_ids))
            and placed.held_from <= placed_at.as_of

        union all

        select placed_versions.*
        from telephony.placed_versions
        where
            placed_versions.customer_id = placed_at.customer_id
            and (placed_at.user_ids is null or placed_versions.user_id = any(placed_at.user_ids))
            and placed_versions.held_during @> placed_at.as_of
    ) as stood
    where
        stood.ends_at > placed_at.as_of
        or exists (
            select from telephony.exchanges
            where exchanges.customer_id = placed_at.customer_id and not exchanges.ends_by_itself
        );
$$;


--
-- Name: presence_within(bigint, timestamp with time zone); Type: FUNCTION; Schema: absence; Owner: -
--

CREATE FUNCTION absence.presence_within(customer_id bigint, as_of timestamp with time zone) RETURNS TABLE(user_id bigint, extension text, display_name text, reason text, label text, kind customer.kind, starts_at timestamp with time zone, ends_at timestamp with time zone, language text)
    LANGUAGE sql STABLE
    AS $$
    with

    in_force as (
        select
            placed.user_id,
            placed.extension,
            placed.announced_reason as reason,
            placed.kind,
            placed.starts_at,
            placed.ends_at,
            false as is_own
        from telephony.placed
        where
            placed.customer_id = presence_within.customer_id
            and placed.starts_at <= presence_within.as_of
            and placed.ends_at > presence_within.as_of

        union all

        select
            shown.user_id,
            shown.extension,
            coalesce(shown.announced_reason, shown.reason),
            shown.kind,
            shown.starts_at,
            shown.ends_at,
            true
        from telephony.shown
        where
            shown.customer_id = presence_within.customer_id
            and shown.origin <> 'calendar'
            and shown.starts_at <= presence_within.as_of
            and shown.ends_at > presence_within.as_of
    )

    select distinct on (in_force.user_id, in_force.extension)
        in_force.user_id,
        in_force.extension,
        phones.name,
        in_force.reason,
        case phones.language
            when 'no' then reasons.label_no
            when 'en' then reasons.label_en
            else reasons.label_sv
        end,
        in_force.kind,
        in_force.starts_at,
        in_force.ends_at,
        phones.language
    from in_force
    inner join absence.phones
        on phones.customer_id = presence_within.customer_id
        and in_force.user_id = phones.user_id
    left join absence.reasons
        on reasons.customer_id = presence_within.customer_id
        and in_force.reason = reasons.reason
    order by
        in_force.user_id asc,
        in_force.extension asc,
        in_force.is_own desc,
        in_force.kind desc,
        in_force.ends_at desc;
$$;


--
-- Name: rendered_within(bigint, timestamp with time zone, bigint[], int8range); Type: FUNCTION; Schema: absence; Owner: -
--

CREATE FUNCTION absence.rendered_within(customer_id bigint, as_of timestamp with time zone, user_ids bigint[] DEFAULT NULL::bigint[], users int8range DEFAULT '(,)'::int8range) RETURNS TABLE(user_id bigint, extension text, starts_at timestamp with time zone, ends_at timestamp with time zone, kind customer.kind, reason text, announced_reason text, back_at timestamp with time zone, shown_text text, target text, ring_seconds integer, booking_keys text[], booking_marks text[], is_clipped boolean, held_because text, losses text[], withheld_because text)
    LANGUAGE sql STABLE
    AS $$
    with

    fitted as materialized (
        select *
        from absence.fitted_within(
            rendered_within.customer_id, rendered_within.as_of, rendered_within.user_ids,
            rendered_within.users
        )
    ),

    -- No row where the system can express everything, or has not told yet.
    exchange as materialized (
        select *
        from telephony.exchanges
        where
            exchanges.customer_id = rendered_within.customer_id
            and not exchanges.is_complete
    ),

    -- Once each, for most of its columns are asked several times below.
    timed as materialized (
        select
            fitted.*,
            greatest(
                date_bin(
                    make_interval(secs => exchange.time_grain), fitted.starts_at, '2000-01-01Z'
                ),
                days.begins_at
            ) as rendered_start,
            least(
                date_bin(
                    make_interval(secs => exchange.time_grain), fitted.ends_at, '2000-01-01Z'
                ),
                days.ends_at
            ) as rendered_end,
            date_bin(
                make_interval(secs => exchange.time_grain), fitted.back_at, '2000-01-01Z'
            ) as rendered_back,
            (
                select max(known.kind)
                from unnest(exchange.kinds) as known (kind)
                where
                    known.kind <= fitted.kind
                    and (known.kind = 'information' or targets.target is not null)
            ) as rendered_kind,
            case
                when exchange.reasons is null or fitted.reason = any(exchange.reasons)
                    then fitted.reason
                else exchange.default_reason
            end as rendered_reason,
            case
                when exchange.reasons is null or fitted.announced_reason = any(exchange.reasons)
                    then fitted.announced_reason
                else exchange.default_reason
            end as rendered_announced,
            left(
                fitted.shown_text, coalesce(exchange.text_length, length(fitted.shown_text))
            ) as rendered_text,
            coalesce(targets.target, 'announcement') as rendered_target,
            exchange.has_ring_seconds,
            exchange.has_return_time,
            exchange.has_future_start,
            exchange.entries_per_user,
            days.begins_at as day_begins_at
        from fitted
        cross join exchange
        inner join roster.users
            on users.customer_id = rendered_within.customer_id
            and fitted.user_id = users.user_id
        cross join lateral (
            select
                case
                    when split_part(fitted.target, ':', 1) = any(exchange.targets)
                        then fitted.target
                    when 'announcement' = any(exchange.targets) then 'announcement'
                    when 'voicemail' = any(exchange.targets) then 'voicemail'
                end as target
        ) as targets
        -- The day that can be told of, where an end is a time of day; else null.
        cross join lateral (
            select
                intake.instant_of(local.day, users.time_zone) as begins_at,
                intake.instant_of(local.day + interval '1 day', users.time_zone) as ends_at
            from (
                select
                    case
                        when exchange.end_reach = 'today'
                            then date_trunc(
                                'day',
                                greatest(rendered_within.as_of, fitted.starts_at)
                                at time zone users.time_zone
                            )
                    end as day
            ) as local
        ) as days
        where fitted.held_because is null
    ),

    judged as (
        select
            timed.*,
            case
                when timed.rendered_kind is null then 'kind'
                when
                    timed.rendered_end <= greatest(timed.rendered_start, rendered_within.as_of)
                    then 'time'
                when
                    timed.rendered_start > rendered_within.as_of and not timed.has_future_start
                    then 'not_yet'
                when timed.day_begins_at > rendered_within.as_of then 'not_yet'
            end as unfit_because
        from timed
    )

    select
        fitted.*,
        '{}'::text[],
        null
    from fitted
    where fitted.held_because is not null or not exists (select from exchange)

    union all

    select
        judged.user_id,
        judged.extension,
        judged.rendered_start,
        judged.rendered_end,
        judged.rendered_kind,
        judged.rendered_reason,
        judged.rendered_announced,
        case
            when judged.has_return_time then greatest(judged.rendered_back, judged.rendered_end)
            else judged.rendered_end
        end,
        nullif(judged.rendered_text, ''),
        judged.rendered_target,
        case when judged.has_ring_seconds then judged.ring_seconds else 15 end,
        judged.booking_keys,
        judged.booking_marks,
        judged.is_clipped,
        judged.held_because,
        array_remove(
            array[
                case when judged.rendered_kind is distinct from judged.kind then 'kind' end,
                case
                    when
                        judged.rendered_start <> judged.starts_at
                        or judged.rendered_end not in (
                            judged.ends_at, date_trunc('minute', judged.ends_at)
                        )
                        then 'time'
                end,
                case
                    when judged.rendered_reason is distinct from judged.reason then 'reason'
                end,
                case
                    when
                        judged.rendered_kind > 'information'
                        and not judged.has_return_time
                        and judged.back_at > judged.rendered_end
                        then 'return_time'
                end,
                case
                    when judged.rendered_text is distinct from judged.shown_text then 'text'
                end,
                case
                    when
                        judged.rendered_kind > 'information'
                        and judged.rendered_target <> judged.target
                        then 'target'
                end,
                case
                    when judged.rendered_kind = 'open' and not judged.has_ring_seconds
                        then 'ring_seconds'
                end
            ],
            null
        ),
        coalesce(
            judged.unfit_because,
            case
                when
                    row_number() over (
                        partition by judged.user_id, judged.unfit_because is null
                        order by judged.rendered_start
                    ) > judged.entries_per_user
                    then 'entries'
            end
        )
    from judged;
$$;


--
-- Name: run_changes(bigint, bigint, timestamp with time zone, bigint, bigint); Type: FUNCTION; Schema: absence; Owner: -
--

CREATE FUNCTION absence.run_changes(customer_id bigint, run_id bigint, planned_at timestamp with time zone, after_user_id bigint, change_count bigint) RETURNS TABLE(user_id bigint, user_key text, absence_key uuid, version_tag text, booking_keys text[], held_because text, withdrawn_because text, outcome audit.outcome, failure text, before_extension text, before_starts_at timestamp with time zone, before_ends_at timestamp with time zone, before_kind customer.kind, before_reason text, before_announced_reason text, before_back_at timestamp with time zone, before_shown_text text, before_target text, before_ring_seconds integer, extension text, starts_at timestamp with time zone, ends_at timestamp with time zone, kind customer.kind, reason text, announced_reason text, back_at timestamp with time zone, shown_text text, target text, ring_seconds integer)
    LANGUAGE sql STABLE
    SET enable_seqscan TO 'off'
    SET enable_bitmapscan TO 'off'
    SET enable_hashjoin TO 'off'
    SET enable_mergejoin TO 'off'
    AS $$
    with

    changes as materialized (
        select *
        from audit.changes
        where
            changes.customer_id = run_changes.customer_id
            and changes.user_id > run_changes.after_user_id
            and changes.run_id = run_changes.run_id
            and changes.planned_at = run_changes.planned_at
        order by changes.user_id
        fetch first (run_changes.change_count) rows with ties
    )

    select
        changes.user_id,
        users.user_key,
        changes.absence_key,
        placed.version_tag,
        changes.booking_keys,
        changes.held_because,
        changes.withdrawn_because,
        changes.outcome,
        changes.failure,
        before.*,
        after.*
    from changes
    inner join roster.users
        on users.customer_id = run_changes.customer_id and changes.user_id = users.user_id
    left join telephony.placed
        on placed.customer_id = run_changes.customer_id
        and changes.user_id = placed.user_id
        and changes.absence_key = placed.absence_key
    cross join lateral jsonb_to_record(coalesce(changes.before, '{}')) as before (
        extension text, starts_at timestamptz, ends_at timestamptz, kind customer.kind,
        reason text, announced_reason text, back_at timestamptz, shown_text text,
        target text, ring_seconds integer
    )
    cross join lateral jsonb_to_record(coalesce(changes.after, '{}')) as after (
        extension text, starts_at timestamptz, ends_at timestamptz, kind customer.kind,
        reason text, announced_reason text, back_at timestamptz, shown_text text,
        target text, ring_seconds integer
    )
    order by changes.user_id;
$$;


--
-- Name: sharing_extensions(bigint, bigint, timestamp with time zone); Type: FUNCTION; Schema: absence; Owner: -
--

CREATE FUNCTION absence.sharing_extensions(customer_id bigint, run_id bigint, planned_at timestamp with time zone) RETURNS TABLE(user_id bigint)
    LANGUAGE sql STABLE
    AS $$
    select distinct unnest(shared.user_ids)
    from (
        select array_agg(distinct changes.user_id) as user_ids
        from audit.changes
        cross join lateral (
            values
            (changes.before ->> 'extension'),
            (changes.after ->> 'extension')
        ) as sides (extension)
        where
            changes.customer_id = sharing_extensions.customer_id
            and changes.run_id = sharing_extensions.run_id
            and changes.planned_at = sharing_extensions.planned_at
            and changes.outcome is null
            and changes.held_because is null
            and sides.extension is not null
        group by sides.extension
        having min(changes.user_id) <> max(changes.user_id)
    ) as shared;
$$;


--
-- Name: shown_versions; Type: TABLE; Schema: telephony; Owner: -
--

CREATE TABLE telephony.shown_versions (
    customer_id bigint NOT NULL,
    user_id bigint NOT NULL,
    entry_key text NOT NULL,
    held_during tstzrange NOT NULL,
    ended_by text NOT NULL,
    absence_key uuid,
    extension text NOT NULL,
    origin text NOT NULL,
    kind customer.kind NOT NULL,
    reason text NOT NULL,
    announced_reason text,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    back_at timestamp with time zone,
    target text,
    ring_seconds integer,
    set_by text,
    set_at timestamp with time zone,
    CONSTRAINT shown_versions_ended_by_check CHECK ((ended_by = ANY (ARRAY['changed'::text, 'gone'::text, 'expired'::text])))
);


--
-- Name: TABLE shown_versions; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON TABLE telephony.shown_versions IS 'How an absence was seen on the telephone side earlier, and what the read-back after found.';


--
-- Name: COLUMN shown_versions.customer_id; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON COLUMN telephony.shown_versions.customer_id IS 'Whose telephone side.';


--
-- Name: COLUMN shown_versions.user_id; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON COLUMN telephony.shown_versions.user_id IS 'On whose phone.';


--
-- Name: COLUMN shown_versions.entry_key; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON COLUMN telephony.shown_versions.entry_key IS 'As in telephony.shown.';


--
-- Name: COLUMN shown_versions.held_during; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON COLUMN telephony.shown_versions.held_during IS 'From the read-back that first showed it so, to the one that no longer did.';


--
-- Name: COLUMN shown_versions.ended_by; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON COLUMN telephony.shown_versions.ended_by IS 'changed: it looked otherwise. gone: it was missing in a whole read-back. expired: it had ended long ago.';


--
-- Name: COLUMN shown_versions.absence_key; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON COLUMN telephony.shown_versions.absence_key IS 'Our key, where it carried one.';


--
-- Name: COLUMN shown_versions.extension; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON COLUMN telephony.shown_versions.extension IS 'Where it stood.';


--
-- Name: COLUMN shown_versions.origin; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON COLUMN telephony.shown_versions.origin IS 'calendar, person or attendant.';


--
-- Name: COLUMN shown_versions.kind; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON COLUMN telephony.shown_versions.kind IS 'What it did to calls.';


--
-- Name: COLUMN shown_versions.reason; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON COLUMN telephony.shown_versions.reason IS 'What attendants saw.';


--
-- Name: COLUMN shown_versions.announced_reason; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON COLUMN telephony.shown_versions.announced_reason IS 'What callers heard, where the telephone side tells.';


--
-- Name: COLUMN shown_versions.starts_at; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON COLUMN telephony.shown_versions.starts_at IS 'When it began.';


--
-- Name: COLUMN shown_versions.ends_at; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON COLUMN telephony.shown_versions.ends_at IS 'When it was to end.';


--
-- Name: COLUMN shown_versions.back_at; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON COLUMN telephony.shown_versions.back_at IS 'When callers heard the person is back, where the telephone side tells.';


--
-- Name: COLUMN shown_versions.target; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON COLUMN telephony.shown_versions.target IS 'Where diverted callers went, where the telephone side tells.';


--
-- Name: COLUMN shown_versions.ring_seconds; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON COLUMN telephony.shown_versions.ring_seconds IS 'How long it rang first, where the telephone side tells.';


--
-- Name: COLUMN shown_versions.set_by; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON COLUMN telephony.shown_versions.set_by IS 'Who set it, where the telephone side tells.';


--
-- Name: COLUMN shown_versions.set_at; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON COLUMN telephony.shown_versions.set_at IS 'When, where the telephone side tells.';


--
-- Name: shown_at(bigint, timestamp with time zone, bigint[]); Type: FUNCTION; Schema: absence; Owner: -
--

CREATE FUNCTION absence.shown_at(customer_id bigint, as_of timestamp with time zone, user_ids bigint[] DEFAULT NULL::bigint[]) RETURNS SETOF telephony.shown_versions
    LANGUAGE sql STABLE
    AS $$
    select seen.*
    from (
        select version.*
        from telephony.shown
        cross join lateral intake.shown_version(shown, 'infinity', null) as version
        where
            shown.customer_id = shown_at.customer_id
            and (shown_at.user_ids is null or shown.user_id = any(shown_at.user_ids))
            and shown.held_from <= shown_at.as_of

        union all

        select shown_versions.*
        from telephony.shown_versions
        where
            shown_versions.customer_id = shown_at.customer_id
            and (shown_at.user_ids is null or shown_versions.user_id = any(shown_at.user_ids))
            and shown_versions.held_during @> shown_at.as_of
    ) as seen
    where seen.ends_at > shown_at.as_of;
$$;


--
-- Name: state_at(bigint, bigint, timestamp with time zone); Type: FUNCTION; Schema: absence; Owner: -
--

CREATE FUNCTION absence.state_at(customer_id bigint, user_id bigint, as_of timestamp with time zone) RETURNS TABLE(state text, is_running boolean, origin text, absence_key uuid, extension text, kind customer.kind, reason text, announced_reason text, starts_at timestamp with time zone, ends_at timestamp with time zone, back_at timestamp with time zone, target text, ring_seconds integer, booking_keys text[], booking_marks text[], losses text[], known_from timestamp with time zone, run_id bigint, planned_at timestamp with time zone, acknowledged_at timestamp with time zone, set_by text)
    LANGUAGE sql
    AS $$
    select
        'wanted',
        wanted.starts_at <= state_at.as_of,
        'calendar',
        null,
        wanted.extension,
        wanted.kind,
        wanted.reason,
        wanted.announced_reason,
        wanted.starts_at,
        wanted.ends_at,
        wanted.back_at,
        wanted.target,
        wanted.ring_seconds,
        wanted.booking_keys,
        wanted.booking_marks,
        '{}'::text[],
        null,
        null::bigint,
        null,
        null,
        null
    from absence.wanted_at(
        state_at.customer_id, state_at.as_of, array[state_at.user_id]
    ) as wanted

    union all

    select
        'placed',
        placed.starts_at <= state_at.as_of,
        'calendar',
        placed.absence_key,
        placed.extension,
        placed.kind,
        placed.reason,
        placed.announced_reason,
        placed.starts_at,
        placed.ends_at,
        placed.back_at,
        placed.target,
        placed.ring_seconds,
        placed.booking_keys,
        placed.booking_marks,
        coalesce(newest.losses, '{}'),
        lower(placed.held_during),
        newest.run_id,
        newest.planned_at,
        placed.acknowledged_at,
        edited.set_by
    from absence.placed_at(
        state_at.customer_id, state_at.as_of, array[state_at.user_id]
    ) as placed
    left join lateral (
        select
            changes.run_id,
            changes.planned_at,
            changes.losses
        from audit.changes
        where
            changes.customer_id = placed.customer_id
            and changes.user_id = placed.user_id
            and changes.absence_key = placed.absence_key
            and changes.outcome in ('done', 'unchanged', 'found_done')
            and changes.ended_at <= state_at.as_of
        order by changes.ended_at desc, changes.run_id desc
        limit 1
    ) as newest on true
    left join telephony.holds as edited
        on placed.customer_id = edited.customer_id
        and placed.user_id = edited.user_id
        and placed.absence_key = edited.absence_key
        and edited.cause = 'changed_by_hand'
        and edited.held_from = lower(placed.held_during)

    union all

    select
        'shown',
        shown.starts_at <= state_at.as_of,
        shown.origin,
        shown.absence_key,
        shown.extension,
        shown.kind,
        shown.reason,
        coalesce(shown.announced_reason, shown.reason),
        shown.starts_at,
        shown.ends_at,
        coalesce(shown.back_at, shown.ends_at),
        shown.target,
        shown.ring_seconds,
        '{}',
        '{}',
        '{}',
        lower(shown.held_during),
        null,
        null,
        shown.set_at,
        shown.set_by
    from absence.shown_at(
        state_at.customer_id, state_at.as_of, array[state_at.user_id]
    ) as shown;
$$;


--
-- Name: told_side(jsonb); Type: FUNCTION; Schema: absence; Owner: -
--

CREATE FUNCTION absence.told_side(side jsonb) RETURNS jsonb
    LANGUAGE sql IMMUTABLE
    RETURN ((side - 'shown_text'::text) || jsonb_strip_nulls(jsonb_build_object('reason', absence.told_reason((side ->> 'reason'::text)), 'announced_reason', absence.told_reason((side ->> 'announced_reason'::text)))));


--
-- Name: unbalanced_users(bigint, timestamp with time zone, bigint[]); Type: FUNCTION; Schema: absence; Owner: -
--

CREATE FUNCTION absence.unbalanced_users(customer_id bigint, as_of timestamp with time zone, user_ids bigint[] DEFAULT NULL::bigint[]) RETURNS TABLE(user_id bigint, taken_in_count bigint, found_count bigint, unaccounted_count bigint)
    LANGUAGE sql STABLE
    AS $$
    select
        coalesce(found.user_id, expected.user_id),
        coalesce(expected.taken_in_count, 0),
        coalesce(found.found_count, 0),
        coalesce(found.unaccounted_count, 0)
    from (
        select
            accounts.user_id,
            count(*) as found_count,
            count(*) filter (where accounts.account is null) as unaccounted_count
        from absence.accounts_within(
            unbalanced_users.customer_id, unbalanced_users.as_of, unbalanced_users.user_ids
        ) as accounts
        group by accounts.user_id
    ) as found
    full join (
        select
            taken_in.user_id,
            taken_in.version_count - taken_in.forgotten_count as taken_in_count
        from calendar.taken_in
        where
            taken_in.customer_id = unbalanced_users.customer_id
            and (
                unbalanced_users.user_ids is null
                or taken_in.user_id = any(unbalanced_users.user_ids)
            )
    ) as expected
        on found.user_id = expected.user_id
    where
        coalesce(found.unaccounted_count, 0) > 0
        or coalesce(found.found_count, 0) <> coalesce(expected.taken_in_count, 0);
$$;


--
-- Name: user_ranges(bigint, integer, integer); Type: FUNCTION; Schema: absence; Owner: -
--

CREATE FUNCTION absence.user_ranges(customer_id bigint, smallest integer, largest integer) RETURNS TABLE(users int8range)
    LANGUAGE sql STABLE
    AS $$
    select int8range(
        min(numbered.user_id),
        lead(min(numbered.user_id)) over (order by numbered.part)
    )
    from (
        select
            users.user_id,
            (row_number() over (order by users.user_id) - 1)
            / greatest(
                user_ranges.smallest,
                least(user_ranges.largest, (count(*) over () + 1) / 2)
            ) as part
        from roster.users
        where users.customer_id = user_ranges.customer_id
    ) as numbered
    group by numbered.part
    order by numbered.part;
$$;


--
-- Name: wanted_at(bigint, timestamp with time zone, bigint[]); Type: FUNCTION; Schema: absence; Owner: -
--

CREATE FUNCTION absence.wanted_at(customer_id bigint, as_of timestamp with time zone, user_ids bigint[] DEFAULT NULL::bigint[]) RETURNS SETOF absence.desired
    LANGUAGE plpgsql
    AS $$
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


--
-- Name: weighed_within(bigint, timestamp with time zone, bigint[], tstzrange, int8range); Type: FUNCTION; Schema: absence; Owner: -
--

CREATE FUNCTION absence.weighed_within(customer_id bigint, as_of timestamp with time zone, user_ids bigint[], loaded tstzrange, users int8range) RETURNS SETOF absence.weighed
    LANGUAGE sql STABLE
    AS $$
    with

    loads as (
        select loads.load_id
        from audit.loads
        where
            loads.customer_id = weighed_within.customer_id
            and loads.started_at <@ weighed_within.loaded
    ),

    standing as (
        select
            accountable.*,
            true as is_standing,
            accountable.ends_at <= least(accountable.held_from, weighed_within.as_of)
            as is_known_late,
            accountable.starts_at >= weighed_within.as_of
            + make_interval(hours => 24 * accountable.days_ahead) as is_beyond_horizon
        from absence.accountable
        where
            accountable.customer_id = weighed_within.customer_id
            and absence.is_among(
                accountable.user_id, weighed_within.user_ids, weighed_within.users
            )
            and (
                weighed_within.loaded is null
                or accountable.load_id in (select loads.load_id from loads)
            )
    ),

    placed as materialized (
        select distinct
            placed.user_id,
            decode(unnest(placed.booking_marks), 'hex') as mark
        from telephony.placed
        where
            placed.customer_id = weighed_within.customer_id
            and absence.is_among(
                placed.user_id, weighed_within.user_ids, weighed_within.users
            )
    )

    select
        standing.user_id,
        standing.calendar_id,
        standing.resource_key,
        standing.booking_key,
        standing.load_id,
        standing.held_from,
        standing.starts_at,
        standing.ends_at,
        standing.mark,
        standing.is_clipped,
        standing.is_known_late,
        -- Where nothing is merged, what ended is behind nothing that is still to come.
        standing.is_known_late and standing.merge_gap is null as is_over,
        case
            when standing.account is not null
                then array[standing.account, standing.account_because]
            when placed.mark is not null then array['applied', null]
            when standing.because is not null then array['suppressed', standing.because]
            when standing.is_beyond_horizon then array['pending', 'beyond_horizon']
        end as verdict
    from standing
    -- A full join is never made row by row, whatever the planner takes the two for: right after a
    -- first load it has no statistics.
    full join placed
        on standing.user_id = placed.user_id and standing.mark = placed.mark
    where coalesce(standing.is_standing, false);
$$;


--
-- Name: withdrawal_causes(bigint, timestamp with time zone, bigint[], uuid[]); Type: FUNCTION; Schema: absence; Owner: -
--

CREATE FUNCTION absence.withdrawal_causes(customer_id bigint, as_of timestamp with time zone, user_ids bigint[], absence_keys uuid[]) RETURNS TABLE(absence_key uuid, cause text)
    LANGUAGE sql STABLE
    AS $$
    with

    claims as materialized (
        select *
        from absence.claims
        where
            claims.customer_id = withdrawal_causes.customer_id
            and (
                withdrawal_causes.user_ids is null
                or claims.user_id = any(withdrawal_causes.user_ids)
            )
    ),

    open_claims as materialized (
        select distinct
            stretches.user_id,
            stretches.calendar_id,
            stretches.booking_key
        from absence.stretches
        where
            stretches.customer_id = withdrawal_causes.customer_id
            and (
                withdrawal_causes.user_ids is null
                or stretches.user_id = any(withdrawal_causes.user_ids)
            )
    ),

    named as materialized (
        select
            placed.user_id,
            placed.absence_key,
            users.is_active,
            placed.booking_keys
        from telephony.placed
        inner join roster.users
            on placed.customer_id = users.customer_id and placed.user_id = users.user_id
        where
            placed.customer_id = withdrawal_causes.customer_id
            and (
                withdrawal_causes.user_ids is null
                or placed.user_id = any(withdrawal_causes.user_ids)
            )
            -- not by any(), which looks through the whole array for each
            and placed.absence_key in (select unnest(withdrawal_causes.absence_keys))
    ),

    -- The first of its bookings that is left.
    first_left as (
        select distinct on (named.user_id, named.absence_key)
            named.user_id,
            named.absence_key,
            case
                when claims.because is not null then claims.because
                when open_claims.booking_key is null then 'outside_office_hours'
                when claims.ends_at <= withdrawal_causes.as_of then 'past'
                when
                    claims.starts_at
                    >= withdrawal_causes.as_of
                    + make_interval(hours => 24 * participants.days_ahead)
                    then 'beyond_horizon'
                else 'elsewhere'
            end as cause
        from named
        cross join lateral unnest(named.booking_keys) with ordinality as keys (booking_key, place)
        inner join claims
            on named.user_id = claims.user_id and keys.booking_key = claims.booking_key
        inner join absence.participants
            on participants.customer_id = withdrawal_causes.customer_id
            and claims.user_id = participants.user_id
        left join open_claims
            on claims.user_id = open_claims.user_id
            and claims.calendar_id = open_claims.calendar_id
            and claims.booking_key = open_claims.booking_key
        order by named.user_id, named.absence_key, keys.place, claims.calendar_id
    )

    select
        named.absence_key,
        case
            when not named.is_active then 'user_without_service'
            else coalesce(first_left.cause, 'gone_from_calendar')
        end
    from named
    left join first_left
        on named.user_id = first_left.user_id and named.absence_key = first_left.absence_key;
$$;


--
-- Name: withheld_within(bigint, timestamp with time zone, bigint[], int8range); Type: FUNCTION; Schema: absence; Owner: -
--

CREATE FUNCTION absence.withheld_within(customer_id bigint, as_of timestamp with time zone, user_ids bigint[], users int8range) RETURNS TABLE(user_id bigint, booking_mark text, withheld_because text)
    LANGUAGE plpgsql STABLE
    AS $$
#variable_conflict use_column
begin
    return query
    select
        rendered.user_id,
        member.mark,
        case
            when not bool_or(rendered.withheld_because is null)
                then max(rendered.withheld_because)
        end
    from absence.rendered_within(
        withheld_within.customer_id, withheld_within.as_of, withheld_within.user_ids,
        withheld_within.users
    ) as rendered
    cross join lateral unnest(rendered.booking_marks) as member (mark)
    group by rendered.user_id, member.mark;
end
$$;


--
-- Name: absent_within(bigint, tstzrange); Type: FUNCTION; Schema: billing; Owner: -
--

CREATE FUNCTION billing.absent_within(customer_id bigint, during tstzrange) RETURNS TABLE(user_id bigint)
    LANGUAGE sql STABLE
    AS $$
    select placed.user_id
    from telephony.placed
    where
        placed.customer_id = absent_within.customer_id
        and not placed.is_unconfirmed
        and placed.starts_at < placed.ends_at
        and not isempty(
            tstzrange(placed.starts_at, placed.ends_at) * tstzrange(placed.held_from, null)
            * absent_within.during
        )

    union

    select versions.user_id
    from telephony.placed_versions as versions
    where
        versions.customer_id = absent_within.customer_id
        and upper(versions.held_during) > lower(absent_within.during)
        and not versions.is_unconfirmed
        and versions.starts_at < versions.ends_at
        and not isempty(
            tstzrange(versions.starts_at, versions.ends_at) * versions.held_during
            * absent_within.during
        );
$$;


--
-- Name: close_invoices(bigint, text, timestamp with time zone); Type: FUNCTION; Schema: billing; Owner: -
--

CREATE FUNCTION billing.close_invoices(customer_id bigint, closed_by text, at timestamp with time zone) RETURNS SETOF integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    draft record;
    number integer;
begin
    -- One at a time, so that numbers have no gaps.
    perform pg_advisory_xact_lock(
        hashtext('ledger.invoices'), hashtext(close_invoices.customer_id::text)
    );
    loop
        select * into draft
        from billing.drafts(close_invoices.customer_id) as drafts
        where drafts.is_complete
        order by drafts.contract_number, drafts.quarter_number
        limit 1;
        exit when not found;

        select coalesce(max(invoices.invoice_number), 0) + 1 into number
        from ledger.invoices
        where invoices.customer_id = close_invoices.customer_id;
        -- In one statement, to which the lines are those of an invoice that is not there yet.
        with

        closed as (
            insert into ledger.invoices (
                customer_id, invoice_number, contract_number, quarter_number, first_date,
                last_date, currency, closed_at, closed_by
            )
            values (
                close_invoices.customer_id, number, draft.contract_number,
                draft.quarter_number, draft.first_date, draft.last_date, draft.currency,
                close_invoices.at, close_invoices.closed_by
            )
        )

        insert into ledger.invoice_lines (
            customer_id, invoice_number, line_number, contract_number, kind, month_number,
            first_date, last_date, quantity, unit_price, amount, vat_rate, evidence_hash,
            corrects_invoice_number, is_correction
        )
        select
            lines.customer_id, number, lines.line_number, lines.contract_number, lines.kind,
            lines.month_number, lines.first_date, lines.last_date, lines.quantity,
            lines.unit_price, lines.amount, lines.vat_rate, lines.evidence_hash,
            lines.corrects_invoice_number, lines.is_correction
        from billing.draft_invoice_lines(close_invoices.customer_id) as lines
        where
            lines.invoice_contract_number = draft.contract_number
            and lines.quarter_number is not distinct from draft.quarter_number;
        return next number;
    end loop;
end
$$;


--
-- Name: contracts_known(bigint, timestamp with time zone); Type: FUNCTION; Schema: billing; Owner: -
--

CREATE FUNCTION billing.contracts_known(customer_id bigint, known_at timestamp with time zone) RETURNS TABLE(customer_id bigint, contract_number integer, starts_date date, notice_date date, term text, users text, counted text, minimum_per text, periods text, first_month text, setup text, prices text, rounding text, vat_rate numeric, termination_share numeric, termination_after text, termination_users text, termination_minimum boolean, currency text, setup_price numeric, notice_months integer, term_months integer, notice_month integer, is_replaced boolean, last_month integer)
    LANGUAGE sql STABLE
    AS $$
    select
        given.customer_id,
        given.contract_number,
        given.starts_date,
        given.notice_date,
        given.term,
        given.users,
        given.counted,
        given.minimum_per,
        given.periods,
        given.first_month,
        given.setup,
        given.prices,
        given.rounding,
        given.vat_rate,
        given.termination_share,
        given.termination_after,
        given.termination_users,
        given.termination_minimum,
        listed.currency,
        listed.setup_price,
        listed.notice_months,
        terms.month_count,
        billing.month_of(given.starts_date, given.periods, given.notice_date),
        coalesce(followed.last_month <= ends.last_month, followed.last_month is not null),
        least(ends.last_month, followed.last_month)
    from (
        select
            contracts.customer_id,
            contracts.contract_number,
            contracts.starts_date,
            contracts.notice_date,
            contracts.settings ->> 'term' as term,
            coalesce(contracts.settings ->> 'users', 'enabled') as users,
            coalesce(contracts.settings ->> 'counted', 'any_day') as counted,
            coalesce(contracts.settings ->> 'minimum_per', 'month') as minimum_per,
            coalesce(contracts.settings ->> 'periods', 'contract') as periods,
            coalesce(contracts.settings ->> 'first_month', 'whole') as first_month,
            coalesce(contracts.settings ->> 'setup', 'first_invoice') as setup,
            coalesce(contracts.settings ->> 'prices', 'at_start') as prices,
            coalesce(contracts.settings ->> 'renewal', 'notice') as renewal,
            coalesce(contracts.settings ->> 'notice_from', 'day') as notice_from,
            coalesce(contracts.settings ->> 'rounding', 'half_up') as rounding,
            (contracts.settings ->> 'vat_rate')::numeric as vat_rate,
            coalesce((contracts.settings ->> 'termination_share')::numeric, 0.6)
                as termination_share,
            coalesce(contracts.settings ->> 'termination_after', 'end') as termination_after,
            coalesce(contracts.settings ->> 'termination_users', 'until_end')
                as termination_users,
            coalesce(contracts.settings ->> 'termination_minimum', 'no') = 'yes'
                as termination_minimum
        from ledger.contracts
        where
            contracts.customer_id = contracts_known.customer_id
            and contracts.held_during @> contracts_known.known_at
    ) as given
    cross join lateral (
        select
            price_lists.currency,
            price_lists.setup_price,
            price_lists.notice_months
        from ledger.price_lists
        where
            price_lists.term = given.term
            and price_lists.valid_from_date <= given.starts_date
        order by price_lists.valid_from_date desc
        limit 1
    ) as listed
    -- By the calendar a term that ends inside a month lasts to the end of that month.
    cross join lateral (
        select
            1 + billing.month_of(
                given.starts_date,
                given.periods,
                (
                    given.starts_date
                    + make_interval(months => nullif(given.term, 'none')::integer)
                )::date - 1
            ) as month_count
    ) as terms
    -- The service goes on to the end of the month in which the notice has run out.
    cross join lateral (
        select
            case given.notice_from
                when 'day'
                    then billing.month_of(
                        given.starts_date,
                        given.periods,
                        (
                            given.notice_date + make_interval(months => listed.notice_months)
                        )::date
                    )
                else listed.notice_months
                    + billing.month_of(given.starts_date, given.periods, given.notice_date)
            end as last_month
    ) as noticed
    -- Renewed by whole terms, it goes on to the end of the running one.
    cross join lateral (
        select
            case
                when given.renewal = 'term' and noticed.last_month >= terms.month_count
                    then terms.month_count - 1 + given.term::integer * ceil(
                        (noticed.last_month + 1 - terms.month_count) / given.term::numeric
                    )::integer
                else noticed.last_month
            end as last_month
    ) as ends
    cross join lateral (
        select
            billing.month_of(
                given.starts_date, given.periods, min(later.starts_date) - 1
            ) as last_month
        from ledger.contracts as later
        where
            later.customer_id = given.customer_id
            and later.contract_number > given.contract_number
            and later.held_during @> contracts_known.known_at
    ) as followed;
$$;


--
-- Name: correct_user_days(bigint, bigint, date, date, boolean, text, text, timestamp with time zone); Type: FUNCTION; Schema: billing; Owner: -
--

CREATE FUNCTION billing.correct_user_days(customer_id bigint, user_id bigint, first_date date, last_date date, is_enabled boolean, because text, corrected_by text, at timestamp with time zone) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    with

    written as (
        insert into ledger.corrections (
            customer_id, user_id, day_date, corrected_at, is_enabled, because, corrected_by
        )
        select
            days.customer_id, correct_user_days.user_id, days.day_date, correct_user_days.at,
            correct_user_days.is_enabled, correct_user_days.because,
            correct_user_days.corrected_by
        from ledger.counted_days as days
        left join billing.user_days_known(correct_user_days.customer_id, 'infinity') as known
            on days.customer_id = known.customer_id
            and days.day_date = known.day_date
            and known.user_id = correct_user_days.user_id
        where
            days.customer_id = correct_user_days.customer_id
            and days.day_date
            between correct_user_days.first_date and correct_user_days.last_date
            and case
                when known.user_id is null then correct_user_days.is_enabled
                when known.is_corrected_to is not null
                    then known.is_corrected_to <> correct_user_days.is_enabled
                -- The contract says which of the three counts.
                else not (
                    correct_user_days.is_enabled = known.is_enabled
                    and correct_user_days.is_enabled = known.is_verified
                    and correct_user_days.is_enabled = known.has_absences
                )
            end
        returning 1
    )

    select count(*) from written;
$$;


--
-- Name: count_user_days(bigint, timestamp with time zone); Type: FUNCTION; Schema: billing; Owner: -
--

CREATE FUNCTION billing.count_user_days(customer_id bigint, at timestamp with time zone) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    with

    days as (
        select
            customers.customer_id,
            days.starts_at::date as day_date,
            tstzrange(
                days.starts_at at time zone customers.time_zone,
                (days.starts_at + interval '1 day') at time zone customers.time_zone
            ) as during
        from customer.customers
        cross join lateral generate_series(
            coalesce(
                (
                    select max(known.day_date) + 1 from ledger.counted_days as known
                    where known.customer_id = customers.customer_id
                ),
                (customers.created_at at time zone customers.time_zone)::date
            )::timestamp,
            (
                (count_user_days.at at time zone customers.time_zone)::date - 1
            )::timestamp,
            interval '1 day'
        ) as days (starts_at)
        where customers.customer_id = count_user_days.customer_id
    ),

    -- Of two that count at a time, one waits here, and then has nothing to do.
    counted as (
        insert into ledger.counted_days (customer_id, day_date, counted_at)
        select
            days.customer_id, days.day_date, count_user_days.at
        from days
        on conflict do nothing
        returning counted_days.customer_id, counted_days.day_date
    ),

    evidence as (
        insert into ledger.user_days (
            customer_id, user_id, day_date, is_enabled, is_verified, has_absences
        )
        select
            days.customer_id,
            users.user_id,
            days.day_date,
            users.is_enabled,
            users.is_verified,
            users.has_absences
        from counted
        inner join days
            on counted.customer_id = days.customer_id
            and counted.day_date = days.day_date
        cross join lateral billing.users_within(days.customer_id, days.during) as users
    )

    select count(*) from counted;
$$;


--
-- Name: draft_invoice_lines(bigint); Type: FUNCTION; Schema: billing; Owner: -
--

CREATE FUNCTION billing.draft_invoice_lines(customer_id bigint) RETURNS TABLE(customer_id bigint, invoice_contract_number integer, quarter_number integer, line_number integer, contract_number integer, kind text, month_number integer, first_date date, last_date date, quantity numeric, unit_price numeric, amount numeric, vat_rate numeric, evidence_hash text, corrects_invoice_number integer, is_correction boolean, closes_quarter boolean)
    LANGUAGE sql STABLE
    AS $$
    with

    drafted as materialized (
        select *
        from billing.draft_lines(draft_invoice_lines.customer_id)
    ),

    lines as (
        select
            *,
            array_position(array['setup', 'subscription', 'minimum', 'termination'], kind) as place
        from drafted

        union all

        select
            lines.customer_id,
            lines.invoice_contract_number,
            lines.invoice_contract_number,
            lines.quarter_number,
            'vat',
            max(lines.month_number),
            min(lines.first_date),
            max(lines.last_date),
            sum(lines.amount),
            lines.vat_rate,
            billing.rounded(sum(lines.amount) * lines.vat_rate, contracts.rounding),
            lines.vat_rate,
            billing.hash(''),
            null,
            false,
            false,
            null
        from drafted as lines
        inner join billing.contracts_known(draft_invoice_lines.customer_id, 'infinity') as contracts
            on lines.customer_id = contracts.customer_id
            and lines.invoice_contract_number = contracts.contract_number
        where lines.vat_rate > 0
        group by
            lines.customer_id, lines.invoice_contract_number, lines.quarter_number, lines.vat_rate,
            contracts.rounding
    )

    select
        customer_id,
        invoice_contract_number,
        quarter_number,
        row_number() over (
            partition by customer_id, invoice_contract_number, quarter_number
            order by kind = 'vat', is_correction, month_number, place, contract_number, vat_rate
        )::integer as line_number,
        contract_number,
        kind,
        month_number,
        first_date,
        last_date,
        quantity,
        unit_price,
        amount,
        vat_rate,
        evidence_hash,
        corrects_invoice_number,
        is_correction,
        closes_quarter
    from lines;
$$;


--
-- Name: draft_lines(bigint); Type: FUNCTION; Schema: billing; Owner: -
--

CREATE FUNCTION billing.draft_lines(customer_id bigint) RETURNS TABLE(customer_id bigint, invoice_contract_number integer, contract_number integer, quarter_number integer, kind text, month_number integer, first_date date, last_date date, quantity numeric, unit_price numeric, amount numeric, vat_rate numeric, evidence_hash text, corrects_invoice_number integer, is_correction boolean, closes_quarter boolean)
    LANGUAGE sql STABLE
    AS $$
    with

    due as materialized (
        select *
        from billing.lines_known(draft_lines.customer_id, 'infinity')
    ),

    invoiced as (
        select
            customer_id,
            contract_number,
            kind,
            month_number,
            min(invoice_number) as invoice_number,
            min(first_date) as first_date,
            min(last_date) as last_date,
            sum(amount) as amount,
            (array_agg(vat_rate order by invoice_number))[1] as vat_rate
        from ledger.invoice_lines
        where invoice_lines.customer_id = draft_lines.customer_id and kind <> 'vat'
        group by customer_id, contract_number, kind, month_number
    ),

    -- Beside each line that is due or was, whether its quarter is closed.
    compared as (
        select
            coalesce(due.customer_id, invoiced.customer_id) as customer_id,
            coalesce(due.contract_number, invoiced.contract_number) as contract_number,
            coalesce(due.kind, invoiced.kind) as kind,
            coalesce(due.month_number, invoiced.month_number) as month_number,
            due.quarter_number,
            coalesce(due.first_date, invoiced.first_date) as first_date,
            coalesce(due.last_date, invoiced.last_date) as last_date,
            coalesce(due.quantity, 0) as quantity,
            coalesce(due.unit_price, 0) as unit_price,
            coalesce(due.amount, 0) as due_amount,
            coalesce(invoiced.amount, 0) as invoiced_amount,
            case when invoiced.invoice_number is null then due.vat_rate else invoiced.vat_rate end
                as vat_rate,
            coalesce(due.evidence_hash, billing.hash('')) as evidence_hash,
            coalesce(due.closes_quarter, false) as closes_quarter,
            invoiced.invoice_number as corrects_invoice_number,
            invoiced.invoice_number is not null or invoices.invoice_number is not null as is_closed
        from due
        full join invoiced
            on due.customer_id = invoiced.customer_id
            and due.contract_number = invoiced.contract_number
            and due.kind = invoiced.kind
            and due.month_number = invoiced.month_number
        left join ledger.invoices
            on due.customer_id = invoices.customer_id
            and due.contract_number = invoices.contract_number
            and due.quarter_number = invoices.quarter_number
    ),

    -- The invoice that is closed next, which takes the corrections of the ones before.
    next_invoices as (
        select distinct on (customer_id)
            customer_id,
            contract_number,
            quarter_number
        from compared
        where not is_closed
        order by customer_id asc, contract_number asc, quarter_number asc
    )

    select
        customer_id,
        contract_number as invoice_contract_number,
        contract_number,
        quarter_number,
        kind,
        month_number,
        first_date,
        last_date,
        quantity,
        unit_price,
        due_amount as amount,
        vat_rate,
        evidence_hash,
        null::integer as corrects_invoice_number,
        false as is_correction,
        closes_quarter
    from compared
    where not is_closed

    union all

    select
        compared.customer_id,
        coalesce(next_invoices.contract_number, compared.contract_number),
        compared.contract_number,
        next_invoices.quarter_number,
        compared.kind,
        compared.month_number,
        compared.first_date,
        compared.last_date,
        compared.quantity,
        compared.unit_price,
        compared.due_amount - compared.invoiced_amount,
        compared.vat_rate,
        compared.evidence_hash,
        compared.corrects_invoice_number,
        true,
        next_invoices.customer_id is null
        and not exists (
            select from billing.contracts_known(draft_lines.customer_id, 'infinity') as contracts
            where not exists (
                select from due
                where
                    due.contract_number = contracts.contract_number
                    and due.month_number = contracts.last_month
                    and due.closes_quarter
            )
        )
    from compared
    left join next_invoices
        on compared.customer_id = next_invoices.customer_id
    where compared.is_closed and compared.due_amount <> compared.invoiced_amount;
$$;


--
-- Name: drafts(bigint); Type: FUNCTION; Schema: billing; Owner: -
--

CREATE FUNCTION billing.drafts(customer_id bigint) RETURNS TABLE(customer_id bigint, contract_number integer, quarter_number integer, first_date date, last_date date, currency text, is_complete boolean, net_amount numeric, vat_amount numeric)
    LANGUAGE sql STABLE
    AS $$
    select
        lines.customer_id,
        lines.invoice_contract_number as contract_number,
        lines.quarter_number,
        min(lines.first_date) filter (
            where lines.kind <> 'vat' and (not lines.is_correction or lines.quarter_number is null)
        ) as first_date,
        max(
            case
                when lines.kind = 'termination' then lines.first_date - 1
                when not lines.is_correction or lines.quarter_number is null then lines.last_date
            end
        ) filter (where lines.kind <> 'vat') as last_date,
        contracts.currency,
        bool_or(lines.closes_quarter) as is_complete,
        coalesce(sum(lines.amount) filter (where lines.kind <> 'vat'), 0) as net_amount,
        coalesce(sum(lines.amount) filter (where lines.kind = 'vat'), 0) as vat_amount
    from billing.draft_invoice_lines(drafts.customer_id) as lines
    inner join billing.contracts_known(drafts.customer_id, 'infinity') as contracts
        on lines.customer_id = contracts.customer_id
        and lines.invoice_contract_number = contracts.contract_number
    group by
        lines.customer_id, lines.invoice_contract_number, lines.quarter_number,
        contracts.currency;
$$;


--
-- Name: enabled_within(bigint, tstzrange); Type: FUNCTION; Schema: billing; Owner: -
--

CREATE FUNCTION billing.enabled_within(customer_id bigint, during tstzrange) RETURNS TABLE(user_id bigint)
    LANGUAGE sql STABLE
    AS $$
    select users.user_id
    from (
        select
            users.user_id,
            users.is_active,
            users.has_calendar,
            tstzrange(users.held_from, null) as held_during
        from roster.users
        where users.customer_id = enabled_within.customer_id

        union all

        select
            versions.user_id,
            versions.is_active,
            versions.has_calendar,
            versions.held_during
        from roster.user_versions as versions
        where
            versions.customer_id = enabled_within.customer_id
            and versions.held_during && enabled_within.during
    ) as users
    inner join customer.rule_sets
        on rule_sets.customer_id = enabled_within.customer_id
        and rule_sets.held_during && users.held_during
        and rule_sets.held_during && enabled_within.during
    left join (
        select
            versions.user_id,
            range_agg(versions.held_during) as held_during
        from roster.preference_versions as versions
        where
            versions.customer_id = enabled_within.customer_id
            and versions.held_during && enabled_within.during
            and versions.settings ->> 'enabled' = 'false'
        group by versions.user_id
    ) as switched_off
        on users.user_id = switched_off.user_id
    where
        users.is_active
        and (rule_sets.is_enabled_by_default or users.has_calendar)
        and users.held_during && enabled_within.during
    group by users.user_id, switched_off.held_during
    having
        not range_agg(users.held_during * rule_sets.held_during * enabled_within.during)
        <@ coalesce(switched_off.held_during, '{}');
$$;


--
-- Name: hash(text); Type: FUNCTION; Schema: billing; Owner: -
--

CREATE FUNCTION billing.hash(evidence text) RETURNS text
    LANGUAGE sql IMMUTABLE
    AS $$
    select encode(sha256(convert_to(coalesce(hash.evidence, ''), 'UTF8')), 'hex');
$$;


--
-- Name: line_evidence(bigint, integer, text, integer, timestamp with time zone); Type: FUNCTION; Schema: billing; Owner: -
--

CREATE FUNCTION billing.line_evidence(customer_id bigint, contract_number integer, kind text, month_number integer, known_at timestamp with time zone) RETURNS text
    LANGUAGE sql STABLE
    AS $$
    select
        case
            when line_evidence.kind = 'vat' then ''
            when line_evidence.kind = 'setup'
                then billing.setup_evidence(contracts.starts_date, contracts.term)
            when
                line_evidence.kind = 'subscription'
                or (line_evidence.kind = 'minimum' and contracts.minimum_per = 'month')
                then coalesce((
                    select string_agg(users.evidence || E'\n', '' order by users.user_id)
                    from billing.user_months_known(line_evidence.customer_id, line_evidence.known_at) as users
                    where
                        users.customer_id = contracts.customer_id
                        and users.contract_number = contracts.contract_number
                        and users.month_number = line_evidence.month_number
                ), '')
            else (
                select
                    string_agg(
                        billing.month_evidence(
                            counts.month_number, counts.user_count, counts.evidence_hash
                        ), ''
                        order by counts.month_number
                    )
                from billing.month_counts_known(line_evidence.customer_id, line_evidence.known_at) as counts
                inner join billing.months_known(line_evidence.customer_id, line_evidence.known_at) as months
                    on counts.customer_id = months.customer_id
                    and counts.contract_number = months.contract_number
                    and counts.month_number = months.month_number
                inner join billing.months_known(line_evidence.customer_id, line_evidence.known_at) as last_months
                    on months.customer_id = last_months.customer_id
                    and months.contract_number = last_months.contract_number
                    and last_months.month_number = line_evidence.month_number
                where
                    months.customer_id = contracts.customer_id
                    and months.contract_number = contracts.contract_number
                    and case line_evidence.kind
                        when 'minimum' then months.quarter_number = last_months.quarter_number
                        else
                            contracts.termination_users = 'until_end'
                            or months.month_number <= contracts.notice_month
                    end
            )
        end
    from billing.contracts_known(line_evidence.customer_id, line_evidence.known_at) as contracts
    where
        contracts.customer_id = line_evidence.customer_id
        and contracts.contract_number = line_evidence.contract_number
        and (
            line_evidence.kind in ('vat', 'subscription')
            or exists (
                select
                from billing.lines_known(
                    line_evidence.customer_id, line_evidence.known_at
                ) as due
                where
                    due.contract_number = line_evidence.contract_number
                    and due.kind = line_evidence.kind
                    and due.month_number = line_evidence.month_number
            )
        );
$$;


--
-- Name: lines_known(bigint, timestamp with time zone); Type: FUNCTION; Schema: billing; Owner: -
--

CREATE FUNCTION billing.lines_known(customer_id bigint, known_at timestamp with time zone) RETURNS TABLE(customer_id bigint, contract_number integer, quarter_number integer, kind text, month_number integer, first_date date, last_date date, quantity numeric, unit_price numeric, amount numeric, vat_rate numeric, evidence_hash text, closes_quarter boolean)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    with

    contracts as materialized (
        select *
        from billing.contracts_known(lines_known.customer_id, lines_known.known_at)
    ),

    contract_months as materialized (
        select *
        from billing.months_known(lines_known.customer_id, lines_known.known_at)
    ),

    counts as materialized (
        select *
        from billing.month_counts_known(lines_known.customer_id, lines_known.known_at)
    ),

    -- Each month with its users and its contract: what all kinds of lines are made of.
    months as materialized (
        select
            contracts.*,
            months.month_number,
            months.quarter_number,
            months.first_date,
            months.last_date,
            months.is_complete and months.ends_quarter as closes_quarter,
            months.user_price,
            months.month_minimum,
            counts.user_count,
            counts.evidence_hash,
            billing.rounded(
                counts.user_count * months.user_price * months.charged_day_count
                / months.day_count,
                contracts.rounding
            ) as amount,
            billing.rounded(
                months.month_minimum * months.charged_day_count / months.day_count,
                contracts.rounding
            ) as minimum
        from contracts
        inner join contract_months as months
            on contracts.customer_id = months.customer_id
            and contracts.contract_number = months.contract_number
        inner join counts
            on months.customer_id = counts.customer_id
            and months.contract_number = counts.contract_number
            and months.month_number = counts.month_number
    ),

    -- Contracts that end inside their original term, from when their last month is known: the
    -- months that remain of it, and the users of the months that the mean is taken of.
    ended_early as (
        select
            customer_id,
            contract_number,
            term_months - 1 - case termination_after
                when 'end' then last_month else notice_month
            end as remaining_months,
            sum(user_count) as user_sum,
            count(*) as month_count,
            billing.hash(
                string_agg(
                    billing.month_evidence(month_number, user_count, evidence_hash), ''
                    order by month_number
                )
            ) as evidence_hash
        from months
        where
            not is_replaced
            and last_month + 1 < term_months
            and (termination_users = 'until_end' or month_number <= notice_month)
        group by
            customer_id, contract_number, term_months, termination_after, last_month,
            notice_month
    )

    select
        customer_id,
        contract_number,
        case setup when 'at_start' then 0 else quarter_number end as quarter_number,
        'setup' as kind,
        month_number,
        first_date,
        first_date as last_date,
        1 as quantity,
        setup_price as unit_price,
        setup_price as amount,
        vat_rate,
        billing.hash(billing.setup_evidence(starts_date, term)) as evidence_hash,
        setup = 'at_start' as closes_quarter
    from months
    where month_number = 0 and setup <> 'none'

    union all

    select
        customer_id,
        contract_number,
        quarter_number,
        'subscription',
        month_number,
        first_date,
        last_date,
        user_count,
        user_price,
        amount,
        vat_rate,
        evidence_hash,
        closes_quarter
    from months

    union all

    select
        customer_id,
        contract_number,
        quarter_number,
        'minimum',
        month_number,
        first_date,
        last_date,
        1,
        minimum - amount,
        minimum - amount,
        vat_rate,
        evidence_hash,
        false
    from months
    where minimum_per = 'month' and amount < minimum

    union all

    select
        customer_id,
        contract_number,
        quarter_number,
        'minimum',
        max(month_number),
        min(first_date),
        max(last_date),
        1,
        sum(minimum - amount),
        sum(minimum - amount),
        vat_rate,
        billing.hash(
            string_agg(
                billing.month_evidence(month_number, user_count, evidence_hash), ''
                order by month_number
            )
        ),
        false
    from months
    where minimum_per = 'quarter'
    group by customer_id, contract_number, quarter_number, vat_rate
    having sum(amount) < sum(minimum)

    union all

    -- A share of what the months that remain would have cost with the mean of the users. Divided
    -- once and last, so that nothing is lost before it is rounded.
    select
        months.customer_id,
        months.contract_number,
        months.quarter_number,
        'termination',
        months.month_number,
        months.last_date + 1,
        billing.month_start(months.starts_date, months.periods, months.term_months) - 1,
        case
            when costs.is_minimum then ended_early.remaining_months
            else ended_early.remaining_months * ended_early.user_sum / ended_early.month_count
        end,
        months.termination_share
        * case when costs.is_minimum then months.month_minimum else months.user_price end,
        billing.rounded(
            months.termination_share * ended_early.remaining_months * costs.amount
            / ended_early.month_count,
            months.rounding
        ),
        months.vat_rate,
        ended_early.evidence_hash,
        false
    from months
    inner join ended_early
        on months.customer_id = ended_early.customer_id
        and months.contract_number = ended_early.contract_number
    cross join lateral (
        select
            months.termination_minimum
            and months.month_minimum * ended_early.month_count
            > months.user_price * ended_early.user_sum as is_minimum,
            greatest(
                months.user_price * ended_early.user_sum,
                case
                    when months.termination_minimum
                        then months.month_minimum * ended_early.month_count
                end
            ) as amount
    ) as costs
    where months.month_number = months.last_month;
$$;


--
-- Name: month_counts_known(bigint, timestamp with time zone); Type: FUNCTION; Schema: billing; Owner: -
--

CREATE FUNCTION billing.month_counts_known(customer_id bigint, known_at timestamp with time zone) RETURNS TABLE(customer_id bigint, contract_number integer, month_number integer, user_count bigint, evidence_hash text)
    LANGUAGE sql STABLE
    AS $$
    with

    users as materialized (
        select
            contract_number,
            month_number,
            count(*) filter (where is_counted) as user_count,
            string_agg(evidence || E'\n', '' order by user_id) as evidence
        from billing.user_months_known(
            month_counts_known.customer_id, month_counts_known.known_at
        )
        group by contract_number, month_number
    )

    select
        months.customer_id,
        months.contract_number,
        months.month_number,
        coalesce(users.user_count, 0),
        billing.hash(users.evidence)
    from billing.months_known(
        month_counts_known.customer_id, month_counts_known.known_at
    ) as months
    left join users
        on months.contract_number = users.contract_number
        and months.month_number = users.month_number;
$$;


--
-- Name: month_evidence(integer, bigint, text); Type: FUNCTION; Schema: billing; Owner: -
--

CREATE FUNCTION billing.month_evidence(month_number integer, user_count bigint, evidence_hash text) RETURNS text
    LANGUAGE sql IMMUTABLE
    AS $$
    select
        format(
            E'%s %s %s\n',
            month_evidence.month_number, month_evidence.user_count,
            month_evidence.evidence_hash
        );
$$;


--
-- Name: month_of(date, text, date); Type: FUNCTION; Schema: billing; Owner: -
--

CREATE FUNCTION billing.month_of(starts_date date, periods text, day_date date) RETURNS integer
    LANGUAGE sql IMMUTABLE
    AS $$
    select
        case
            when
                month_of.periods = 'contract'
                and (month_of.starts_date + make_interval(months => months.passed))::date
                > month_of.day_date
                then months.passed - 1
            else months.passed
        end
    from (
        select
            12 * (
                extract(year from month_of.day_date) - extract(year from month_of.starts_date)
            )::integer
            + (
                extract(month from month_of.day_date) - extract(month from month_of.starts_date)
            )::integer as passed
    ) as months;
$$;


--
-- Name: month_start(date, text, integer); Type: FUNCTION; Schema: billing; Owner: -
--

CREATE FUNCTION billing.month_start(starts_date date, periods text, month_number integer) RETURNS date
    LANGUAGE sql IMMUTABLE
    AS $$
    select
        case
            when month_start.periods = 'contract' or month_start.month_number = 0
                then (
                    month_start.starts_date + make_interval(months => month_start.month_number)
                )::date
            else (
                date_trunc('month', month_start.starts_date)
                + make_interval(months => month_start.month_number)
            )::date
        end;
$$;


--
-- Name: months_known(bigint, timestamp with time zone); Type: FUNCTION; Schema: billing; Owner: -
--

CREATE FUNCTION billing.months_known(customer_id bigint, known_at timestamp with time zone) RETURNS TABLE(customer_id bigint, contract_number integer, month_number integer, quarter_number integer, first_date date, last_date date, counted_until_date date, is_complete boolean, ends_quarter boolean, charged_day_count integer, day_count integer, user_price numeric, month_minimum numeric)
    LANGUAGE sql STABLE
    AS $$
    select
        contracts.customer_id,
        contracts.contract_number,
        numbers.month_number,
        case contracts.periods
            when 'contract' then 1 + numbers.month_number / 3
            else 1 + quarters.number - (
                4 * extract(year from contracts.starts_date)
                + extract(quarter from contracts.starts_date)
            )::integer
        end,
        days.first_date,
        days.last_date,
        least(days.last_date, counted.last_date),
        days.last_date <= counted.last_date,
        coalesce(numbers.month_number = contracts.last_month, false)
        or case contracts.periods
            when 'contract' then numbers.month_number % 3 = 2
            else extract(month from days.first_date)::integer % 3 = 0
        end,
        case
            when contracts.first_month = 'days' then days.last_date - days.first_date + 1
            else days.whole_count
        end,
        days.whole_count,
        listed.user_price,
        listed.month_minimum
    from billing.contracts_known(months_known.customer_id, months_known.known_at) as contracts
    inner join (
        select
            counted_days.customer_id,
            min(counted_days.day_date) as first_date,
            max(counted_days.day_date) as last_date
        from ledger.counted_days
        where
            counted_days.customer_id = months_known.customer_id
            and counted_days.counted_at <= months_known.known_at
        group by counted_days.customer_id
    ) as counted
        on contracts.customer_id = counted.customer_id
    cross join lateral generate_series(
        0,
        least(
            contracts.last_month,
            billing.month_of(contracts.starts_date, contracts.periods, counted.last_date)
        )
    ) as numbers (month_number)
    cross join lateral (
        select
            starts.first_date,
            starts.next_date - 1 as last_date,
            case
                when contracts.periods = 'contract' then starts.next_date - starts.first_date
                else starts.next_date - (starts.next_date - interval '1 month')::date
            end as whole_count
        from (
            select
                billing.month_start(
                    contracts.starts_date, contracts.periods, numbers.month_number
                ) as first_date,
                billing.month_start(
                    contracts.starts_date, contracts.periods, numbers.month_number + 1
                ) as next_date
        ) as starts
    ) as days
    cross join lateral (
        select
            (
                4 * extract(year from days.first_date) + extract(quarter from days.first_date)
            )::integer as number
    ) as quarters
    cross join lateral (
        select
            price_lists.user_price,
            price_lists.month_minimum
        from ledger.price_lists
        where
            price_lists.term = contracts.term
            and price_lists.valid_from_date <= case contracts.prices
                when 'at_start' then contracts.starts_date else days.first_date
            end
        order by price_lists.valid_from_date desc
        limit 1
    ) as listed
    where days.last_date >= counted.first_date;
$$;


--
-- Name: rounded(numeric, text); Type: FUNCTION; Schema: billing; Owner: -
--

CREATE FUNCTION billing.rounded(amount numeric, rounding text) RETURNS numeric
    LANGUAGE sql IMMUTABLE
    AS $$
    select
        case
            when
                rounded.rounding = 'half_even'
                and abs(100 * rounded.amount) % 1 = 0.5
                then 2 * round(100 * rounded.amount / 2) / 100
            else round(rounded.amount, 2)
        end;
$$;


--
-- Name: setup_evidence(date, text); Type: FUNCTION; Schema: billing; Owner: -
--

CREATE FUNCTION billing.setup_evidence(starts_date date, term text) RETURNS text
    LANGUAGE sql IMMUTABLE
    AS $$
    select format(E'setup %s %s\n', setup_evidence.starts_date, setup_evidence.term);
$$;


--
-- Name: take_in_contract(bigint, jsonb, text, timestamp with time zone); Type: FUNCTION; Schema: billing; Owner: -
--

CREATE FUNCTION billing.take_in_contract(customer_id bigint, settings jsonb, applied_by text, at timestamp with time zone) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    known ledger.contracts;
    starts date := settings ->> 'starts';
    follows boolean;
    frozen boolean;
begin
    select * into known
    from ledger.contracts
    where contracts.customer_id = take_in_contract.customer_id
        and upper_inf(contracts.held_during)
    order by contracts.contract_number desc
    limit 1;
    if settings is null or known.settings = settings then
        return null;
    end if;
    if not exists (
        select from ledger.price_lists
        where price_lists.term = settings ->> 'term' and price_lists.valid_from_date <= starts
    ) then
        raise exception 'no price list was valid when the contract starts'
            using errcode = 'KK005';
    end if;

    frozen := exists (
        select from ledger.invoices
        where invoices.customer_id = take_in_contract.customer_id
            and invoices.contract_number = known.contract_number
    );
    follows := known.starts_date < starts and exists (
        select from ledger.counted_days as days
        where days.customer_id = take_in_contract.customer_id
            and days.day_date >= known.starts_date and days.day_date < starts
    );
    if follows or known.contract_number > 1 then
        if not exists (
            select from billing.contracts_known(take_in_contract.customer_id, 'infinity') as before
            where before.contract_number
                = known.contract_number - case when follows then 0 else 1 end
                and starts > before.starts_date
                and (
                    starts = billing.month_start(
                        before.starts_date, before.periods,
                        billing.month_of(before.starts_date, before.periods, starts)
                    )
                    or not before.is_replaced
                    and starts >= billing.month_start(
                        before.starts_date, before.periods, before.last_month + 1
                    )
                )
        ) then
            raise exception 'another contract follows only after a whole month of the one before'
                using errcode = 'KK005';
        end if;
    end if;
    if not follows and frozen and (
        settings -> 'term', settings -> 'starts', coalesce(settings ->> 'periods', 'contract')
    ) is distinct from (
        known.settings -> 'term', known.settings -> 'starts',
        coalesce(known.settings ->> 'periods', 'contract')
    ) then
        raise exception 'invoices are closed by its term, start and periods, which stay'
            using errcode = 'KK005';
    end if;

    if known.contract_number is not null and not follows then
        -- A second version at the same instant takes the place of the first.
        delete from ledger.contracts
        where contracts.customer_id = take_in_contract.customer_id
            and contracts.contract_number = known.contract_number
            and contracts.contract_version = known.contract_version
            and lower(contracts.held_during) >= take_in_contract.at;
        update ledger.contracts
        set held_during = tstzrange(lower(contracts.held_during), take_in_contract.at)
        where contracts.customer_id = take_in_contract.customer_id
            and contracts.contract_number = known.contract_number
            and upper_inf(contracts.held_during);
    end if;
    insert into ledger.contracts (
        customer_id, contract_number, contract_version, starts_date, notice_date, settings,
        held_during, applied_by
    )
    values (
        take_in_contract.customer_id,
        coalesce(known.contract_number, 0)
        + case when known.contract_number is null or follows then 1 else 0 end,
        case when follows then 1 else coalesce(known.contract_version, 0) + 1 end,
        starts,
        (settings ->> 'notice')::date,
        settings,
        tstzrange(greatest(take_in_contract.at, lower(known.held_during)), null),
        take_in_contract.applied_by
    );
    return coalesce(known.contract_number, 0)
        + case when known.contract_number is null or follows then 1 else 0 end;
end
$$;


--
-- Name: unlike_lines_of(bigint); Type: FUNCTION; Schema: billing; Owner: -
--

CREATE FUNCTION billing.unlike_lines_of(customer_id bigint) RETURNS TABLE(invoice_number integer, line_number integer, kind text, month_number integer, evidence_hash text, present_hash text)
    LANGUAGE sql STABLE
    AS $$
    with

    known as materialized (
        select
            invoices.invoice_number,
            lines.contract_number,
            lines.kind,
            lines.month_number,
            lines.evidence_hash
        from ledger.invoices
        cross join lateral billing.lines_known(
            invoices.customer_id, invoices.closed_at
        ) as lines
        where invoices.customer_id = unlike_lines_of.customer_id
    )

    select
        lines.invoice_number,
        lines.line_number,
        lines.kind,
        lines.month_number,
        lines.evidence_hash,
        coalesce(known.evidence_hash, billing.hash(''))
    from ledger.invoice_lines as lines
    left join known
        on lines.invoice_number = known.invoice_number
        and lines.contract_number = known.contract_number
        and lines.kind = known.kind
        and lines.month_number = known.month_number
    where
        lines.customer_id = unlike_lines_of.customer_id
        and lines.kind <> 'vat'
        and lines.evidence_hash <> coalesce(known.evidence_hash, billing.hash(''));
$$;


--
-- Name: user_days_known(bigint, timestamp with time zone); Type: FUNCTION; Schema: billing; Owner: -
--

CREATE FUNCTION billing.user_days_known(customer_id bigint, known_at timestamp with time zone) RETURNS TABLE(customer_id bigint, user_id bigint, day_date date, is_enabled boolean, is_verified boolean, has_absences boolean, is_corrected_to boolean, mark text)
    LANGUAGE sql STABLE
    AS $$
    select
        days.customer_id,
        days.user_id,
        days.day_date,
        days.is_enabled,
        days.is_verified,
        days.has_absences,
        newest.is_enabled,
        concat(
            case when days.is_enabled then 'e' end,
            case when days.is_verified then 'v' end,
            case when days.has_absences then 'a' end,
            case newest.is_enabled when true then '+' when false then '-' end
        )
    from ledger.user_days as days
    left join (
        select distinct on (corrections.customer_id, corrections.user_id, corrections.day_date)
            corrections.customer_id,
            corrections.user_id,
            corrections.day_date,
            corrections.is_enabled
        from ledger.corrections
        where
            corrections.customer_id = user_days_known.customer_id
            and corrections.corrected_at <= user_days_known.known_at
        order by
            corrections.customer_id, corrections.user_id, corrections.day_date,
            corrections.corrected_at desc
    ) as newest
        on days.customer_id = newest.customer_id
        and days.user_id = newest.user_id
        and days.day_date = newest.day_date
    where days.customer_id = user_days_known.customer_id

    union all

    select
        corrections.customer_id,
        corrections.user_id,
        corrections.day_date,
        false,
        false,
        false,
        (array_agg(corrections.is_enabled order by corrections.corrected_at desc))[1],
        case (array_agg(corrections.is_enabled order by corrections.corrected_at desc))[1]
            when true then '+' else '-'
        end
    from ledger.corrections
    where
        corrections.customer_id = user_days_known.customer_id
        and corrections.corrected_at <= user_days_known.known_at
        and not exists (
            select from ledger.user_days as days
            where
                days.customer_id = corrections.customer_id
                and days.user_id = corrections.user_id
                and days.day_date = corrections.day_date
        )
    group by corrections.customer_id, corrections.user_id, corrections.day_date;
$$;


--
-- Name: user_months_known(bigint, timestamp with time zone); Type: FUNCTION; Schema: billing; Owner: -
--

CREATE FUNCTION billing.user_months_known(customer_id bigint, known_at timestamp with time zone) RETURNS TABLE(customer_id bigint, contract_number integer, month_number integer, user_id bigint, enabled_count bigint, verified_count bigint, absence_count bigint, corrected_count bigint, first_enabled_date date, last_enabled_date date, is_counted boolean, evidence text)
    LANGUAGE sql STABLE
    SET enable_nestloop TO 'off'
    AS $$
    with

    month_days as materialized (
        select
            contracts.customer_id,
            contracts.contract_number,
            contracts.users,
            months.month_number,
            months.first_date,
            days.day_date,
            case contracts.counted
                when 'any_day' then true
                when 'first_day' then days.day_date = months.first_date
                else days.day_date = months.counted_until_date
            end as counts
        from billing.contracts_known(
            user_months_known.customer_id, user_months_known.known_at
        ) as contracts
        inner join billing.months_known(
            user_months_known.customer_id, user_months_known.known_at
        ) as months
            on contracts.customer_id = months.customer_id
            and contracts.contract_number = months.contract_number
        cross join lateral (
            select months.first_date + number as day_date
            from generate_series(0, months.last_date - months.first_date) as number
        ) as days
    )

    select
        months.customer_id,
        months.contract_number,
        months.month_number,
        days.user_id,
        count(*) filter (where days.is_enabled),
        count(*) filter (where days.is_verified),
        count(*) filter (where days.has_absences),
        count(days.is_corrected_to),
        min(days.day_date) filter (where days.is_enabled),
        max(days.day_date) filter (where days.is_enabled),
        bool_or(
            months.counts
            and coalesce(
                days.is_corrected_to,
                case months.users
                    when 'enabled' then days.is_enabled
                    when 'verified' then days.is_verified
                    else days.has_absences
                end
            )
        ),
        days.user_id || ' ' || string_agg(
            (days.day_date - months.first_date + 1) || days.mark, ' ' order by days.day_date
        )
    from month_days as months
    inner join billing.user_days_known(
        user_months_known.customer_id, user_months_known.known_at
    ) as days
        on months.customer_id = days.customer_id
        and months.day_date = days.day_date
    group by
        months.customer_id, months.contract_number, months.month_number, days.user_id;
$$;


--
-- Name: users_within(bigint, tstzrange); Type: FUNCTION; Schema: billing; Owner: -
--

CREATE FUNCTION billing.users_within(customer_id bigint, during tstzrange) RETURNS TABLE(user_id bigint, is_enabled boolean, is_verified boolean, has_absences boolean)
    LANGUAGE sql STABLE
    AS $$
    select
        found.user_id,
        bool_or(found.is_enabled),
        bool_or(found.is_verified),
        bool_or(found.has_absences)
    from (
        select
            enabled.user_id,
            true as is_enabled,
            false as is_verified,
            false as has_absences
        from billing.enabled_within(users_within.customer_id, users_within.during) as enabled

        union all

        select
            verified.user_id,
            false,
            true,
            false
        from billing.verified_within(users_within.customer_id, users_within.during) as verified

        union all

        select
            absent.user_id,
            false,
            false,
            true
        from billing.absent_within(users_within.customer_id, users_within.during) as absent
    ) as found
    group by found.user_id;
$$;


--
-- Name: verified_within(bigint, tstzrange); Type: FUNCTION; Schema: billing; Owner: -
--

CREATE FUNCTION billing.verified_within(customer_id bigint, during tstzrange) RETURNS TABLE(user_id bigint)
    LANGUAGE sql STABLE
    AS $$
    with

    runs as (
        select runs.run_id
        from audit.runs
        where
            runs.customer_id = verified_within.customer_id
            and runs.scope = 'everybody'
            and runs.mode = 'apply'
            and runs.started_at >= lower(verified_within.during)
            and runs.started_at < upper(verified_within.during)
            and runs.ended_at is not null
    ),

    failed as (
        select
            changes.user_id,
            count(distinct changes.run_id) as run_count
        from audit.changes
        where
            changes.customer_id = verified_within.customer_id
            and changes.planned_at >= lower(verified_within.during)
            and changes.planned_at < upper(verified_within.during)
            and changes.run_id in (select runs.run_id from runs)
            and coalesce(changes.outcome not in ('done', 'unchanged', 'found_done'), true)
        group by changes.user_id
    )

    select enabled.user_id
    from billing.enabled_within(
        verified_within.customer_id, verified_within.during
    ) as enabled
    left join failed
        on enabled.user_id = failed.user_id
    where (select count(*) from runs) > coalesce(failed.run_count, 0);
$$;


--
-- Name: secure(regclass); Type: FUNCTION; Schema: customer; Owner: -
--

CREATE FUNCTION customer.secure(secured regclass) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    execute format('alter table %s enable row level security', secured);
    execute format('drop policy if exists jobs_see_all on %s', secured);
    execute format(
        'create policy jobs_see_all on %s to kk_job using (true) with check (true)', secured
    );
    execute format('drop policy if exists readers_see_their_customers on %s', secured);
    execute format(
        'create policy readers_see_their_customers on %s for select '
        'to kk_reader, kk_finance, kk_helpdesk using (customer_id = any (array('
        'select visible_customers.customer_id from customer.visible_customers)))',
        secured
    );
end
$$;


--
-- Name: FUNCTION secure(secured regclass); Type: COMMENT; Schema: customer; Owner: -
--

COMMENT ON FUNCTION customer.secure(secured regclass) IS 'Puts a customer-owned table under row security: jobs see all of it, readers their customers'', anybody else nothing. May be called again.';


--
-- Name: adopt_bookings(bigint, jsonb, timestamp with time zone); Type: FUNCTION; Schema: intake; Owner: -
--

CREATE FUNCTION intake.adopt_bookings(customer_id bigint, adoptions jsonb, at timestamp with time zone) RETURNS void
    LANGUAGE sql
    AS $$
    with

    adopted as materialized (
        select
            adopted.*,
            placed as earlier
        from jsonb_to_recordset(adopt_bookings.adoptions) as adopted (
            user_id bigint, absence_key uuid, booking_keys text[], booking_marks text[]
        )
        inner join telephony.placed
            on placed.customer_id = adopt_bookings.customer_id
            and adopted.user_id = placed.user_id
            and adopted.absence_key = placed.absence_key
    ),

    kept_versions as (
        insert into telephony.placed_versions
        select version.*
        from adopted
        cross join lateral intake.placed_version(
            adopted.earlier, adopt_bookings.at, 'bookings'
        ) as version
    )

    update telephony.placed
    set
        booking_keys = adopted.booking_keys,
        booking_marks = adopted.booking_marks,
        held_from = greatest(adopt_bookings.at, placed.held_from)
    from adopted
    where
        placed.customer_id = adopt_bookings.customer_id
        and placed.user_id = adopted.user_id
        and placed.absence_key = adopted.absence_key;
$$;


--
-- Name: adopt_restored(bigint, boolean, timestamp with time zone); Type: FUNCTION; Schema: intake; Owner: -
--

CREATE FUNCTION intake.adopt_restored(customer_id bigint, is_readable boolean, at timestamp with time zone) RETURNS void
    LANGUAGE plpgsql
    AS $$
#variable_conflict use_column
begin
    if adopt_restored.is_readable then
        create temporary table ours on commit drop as
        select * from telephony.shown
        where shown.customer_id = adopt_restored.customer_id
            and shown.seen_at = adopt_restored.at
            and shown.origin = 'calendar'
            and shown.absence_key is not null
            and shown.starts_at < shown.ends_at;

        -- What ended long ago is not listed, and stays unless something else stood there.
        with

        gone as (
            delete from telephony.placed
            where placed.customer_id = adopt_restored.customer_id
                and not exists (
                    select from ours
                    where ours.user_id = placed.user_id and ours.absence_key = placed.absence_key
                )
                and (
                    placed.ends_at > adopt_restored.at - interval '2 days'
                    or exists (
                        select from ours
                        where ours.user_id = placed.user_id
                            and ours.starts_at < placed.ends_at
                            and ours.ends_at > placed.starts_at
                    )
                )
            returning placed as earlier
        )

        insert into telephony.placed_versions
        select version.*
        from gone
        cross join lateral intake.placed_version(gone.earlier, adopt_restored.at, 'not_found')
            as version;

        with

        written as (
            insert into telephony.placed as known (
                customer_id, user_id, absence_key, extension, kind, reason, announced_reason,
                starts_at, ends_at, back_at, shown_text, target, ring_seconds, booking_keys,
                booking_marks, version_tag, acknowledged_at, seen_at, held_from
            )
            select
                ours.customer_id, ours.user_id, ours.absence_key, ours.extension, ours.kind,
                ours.reason, coalesce(ours.announced_reason, ours.reason), ours.starts_at,
                ours.ends_at, coalesce(ours.back_at, ours.ends_at), ours.shown_text,
                coalesce(ours.target, 'announcement'), coalesce(ours.ring_seconds, 15), '{}', '{}',
                ours.version_tag, adopt_restored.at, adopt_restored.at, adopt_restored.at
            from ours
            on conflict (customer_id, user_id, absence_key) do update set
                extension = excluded.extension,
                kind = excluded.kind,
                reason = excluded.reason,
                announced_reason = excluded.announced_reason,
                starts_at = excluded.starts_at,
                ends_at = excluded.ends_at,
                back_at = excluded.back_at,
                shown_text = excluded.shown_text,
                target = excluded.target,
                ring_seconds = excluded.ring_seconds,
                version_tag = excluded.version_tag,
                acknowledged_at = excluded.acknowledged_at,
                seen_at = coalesce(known.seen_at, excluded.seen_at),
                missing_count = 0,
                is_unconfirmed = false,
                held_from = case
                    when (
                        excluded.extension, excluded.kind, excluded.reason,
                        excluded.announced_reason, excluded.starts_at, excluded.ends_at,
                        excluded.back_at, excluded.target, excluded.ring_seconds
                    ) is not distinct from (
                        known.extension, known.kind, known.reason, known.announced_reason,
                        known.starts_at, known.ends_at, known.back_at, known.target,
                        known.ring_seconds
                    ) then known.held_from
                    else greatest(excluded.held_from, known.held_from)
                end
            returning known.user_id, known.absence_key, known.held_from
        )

        -- Of the rows as they were: what now holds from another instant stands otherwise.
        insert into telephony.placed_versions
        select version.*
        from written
        inner join telephony.placed as before
            on before.customer_id = adopt_restored.customer_id
            and written.user_id = before.user_id
            and written.absence_key = before.absence_key
        cross join lateral intake.placed_version(before, written.held_from, 'changed') as version;
        drop table ours;
    else
        update telephony.placed
        set is_unconfirmed = true
        where placed.customer_id = adopt_restored.customer_id
            and placed.ends_at > adopt_restored.at;
    end if;

    delete from telephony.published where published.customer_id = adopt_restored.customer_id;

    insert into calendar.touched as marks (customer_id, user_id, cause, since)
    select users.customer_id, users.user_id, 'restored', epochs.began_at
    from roster.users
    inner join (
        select max(epochs.began_at) as began_at
        from customer.epochs
        where epochs.customer_id = adopt_restored.customer_id
    ) as epochs on true
    where users.customer_id = adopt_restored.customer_id
        and (
            users.is_active
            or exists (
                select from telephony.placed
                where placed.customer_id = users.customer_id and placed.user_id = users.user_id
            )
        )
    order by users.user_id
    on conflict (customer_id, user_id, cause) do update
    set times = marks.times + 1, since = excluded.since;

    update customer.epochs
    set adopted_at = adopt_restored.at
    where epochs.customer_id = adopt_restored.customer_id and epochs.adopted_at is null;
end
$$;


--
-- Name: adopt_shown(bigint, timestamp with time zone); Type: FUNCTION; Schema: intake; Owner: -
--

CREATE FUNCTION intake.adopt_shown(customer_id bigint, at timestamp with time zone) RETURNS bigint
    LANGUAGE sql
    AS $$
    with

    strays as (
        select shown.*
        from telephony.shown
        where
            shown.customer_id = adopt_shown.customer_id
            and shown.seen_at = adopt_shown.at
            and shown.origin = 'calendar'
            and shown.absence_key is not null
            and shown.starts_at < shown.ends_at
            and shown.ends_at > adopt_shown.at
            and not exists (
                select from telephony.placed
                where
                    placed.customer_id = shown.customer_id
                    and placed.user_id = shown.user_id
                    and (
                        placed.absence_key = shown.absence_key
                        or (placed.starts_at < shown.ends_at and placed.ends_at > shown.starts_at)
                    )
            )
            and not exists (
                select from audit.changes
                where
                    changes.customer_id = shown.customer_id
                    and changes.user_id = shown.user_id
                    and changes.absence_key = shown.absence_key
                    and changes.held_because is null
                    and (
                        changes.outcome is null
                        or changes.outcome <> 'not_carried_out'
                        and changes.ended_at >= adopt_shown.at
                    )
            )
    ),

    adopted as (
        insert into telephony.placed (
            customer_id, user_id, absence_key, extension, kind, reason, announced_reason,
            starts_at, ends_at, back_at, shown_text, target, ring_seconds, booking_keys,
            booking_marks, version_tag, acknowledged_at, seen_at, held_from
        )
        select
            strays.customer_id, strays.user_id, strays.absence_key, strays.extension,
            strays.kind, strays.reason, coalesce(strays.announced_reason, strays.reason),
            strays.starts_at, strays.ends_at, coalesce(strays.back_at, strays.ends_at),
            strays.shown_text, coalesce(strays.target, 'announcement'),
            coalesce(strays.ring_seconds, 15), '{}', '{}', strays.version_tag, adopt_shown.at,
            adopt_shown.at, adopt_shown.at
        from strays
        where
            not exists (
                select from strays as first
                where
                    first.user_id = strays.user_id
                    and first.entry_key < strays.entry_key
                    and first.starts_at < strays.ends_at
                    and first.ends_at > strays.starts_at
            )
        on conflict (customer_id, user_id, absence_key) do nothing
        returning placed.user_id
    ),

    touched as (
        insert into calendar.touched as marks (customer_id, user_id, cause, since)
        select distinct
            adopt_shown.customer_id,
            adopted.user_id,
            'read_back',
            adopt_shown.at
        from adopted
        order by adopted.user_id
        on conflict (customer_id, user_id, cause) do update set times = marks.times + 1
    )

    select count(*) from adopted;
$$;


--
-- Name: begin_epoch(bigint, text, bigint, timestamp with time zone); Type: FUNCTION; Schema: intake; Owner: -
--

CREATE FUNCTION intake.begin_epoch(customer_id bigint, cause text, newest_fence bigint, at timestamp with time zone) RETURNS boolean
    LANGUAGE sql
    AS $$
    with

    begun as (
        insert into customer.epochs (
            customer_id, epoch, cause, database_mark, first_fence, began_at, adopted_at
        )
        select
            customers.customer_id,
            (
                select coalesce(max(epochs.epoch), 0) + 1 from customer.epochs
                where epochs.customer_id = customers.customer_id
            ),
            begin_epoch.cause,
            intake.database_mark(),
            case
                when begin_epoch.cause = 'first' then customers.fence
                else greatest(
                    customers.fence,
                    begin_epoch.newest_fence,
                    (extract(epoch from begin_epoch.at) * 1000)::bigint
                )
            end,
            begin_epoch.at,
            case when begin_epoch.cause = 'first' then begin_epoch.at end
        from customer.customers
        where
            customers.customer_id = begin_epoch.customer_id
            and not (
                begin_epoch.cause = 'telephone_side'
                and exists (
                    select from customer.epochs
                    where
                        epochs.customer_id = customers.customer_id
                        and epochs.cause = 'telephone_side'
                        and epochs.began_at > begin_epoch.at - interval '1 hour'
                )
            )
        on conflict do nothing
        returning epochs.customer_id, epochs.first_fence
    ),

    numbered as (
        update customer.customers
        set fence = greatest(customers.fence, begun.first_fence)
        from begun
        where customers.customer_id = begun.customer_id
        returning customers.customer_id
    )

    select exists (select from numbered);
$$;


--
-- Name: bookings_at(bigint, timestamp with time zone, bigint[]); Type: FUNCTION; Schema: intake; Owner: -
--

CREATE FUNCTION intake.bookings_at(customer_id bigint, as_of timestamp with time zone, user_ids bigint[] DEFAULT NULL::bigint[]) RETURNS SETOF calendar.bookings
    LANGUAGE sql STABLE
    AS $$
    select distinct on (stood.user_id, stood.calendar_id, stood.resource_key, stood.booking_key)
        stood.*
    from (
        select bookings.*
        from calendar.bookings
        where
            bookings.customer_id = bookings_at.customer_id
            and (bookings_at.user_ids is null or bookings.user_id = any(bookings_at.user_ids))
            and bookings.held_from <= bookings_at.as_of

        union all

        -- What was pruned stands as it did then, unless it has come back since.
        select (jsonb_populate_record(
            null::calendar.bookings,
            to_jsonb(booking_versions) || jsonb_build_object('held_from', lower(held_during))
        )).*
        from calendar.booking_versions
        where
            booking_versions.customer_id = bookings_at.customer_id
            and (
                bookings_at.user_ids is null
                or booking_versions.user_id = any(bookings_at.user_ids)
            )
            and bookings_at.as_of < 'infinity'
            and lower(booking_versions.held_during) <= bookings_at.as_of
            and (
                booking_versions.held_during @> bookings_at.as_of
                or booking_versions.ended_by = 'pruned'
            )
    ) as stood
    order by
        stood.user_id asc, stood.calendar_id asc, stood.resource_key asc, stood.booking_key asc,
        stood.held_from desc;
$$;


--
-- Name: cast_shadow(bigint, timestamp with time zone, bigint[]); Type: FUNCTION; Schema: intake; Owner: -
--

CREATE FUNCTION intake.cast_shadow(customer_id bigint, as_of timestamp with time zone DEFAULT NULL::timestamp with time zone, user_ids bigint[] DEFAULT NULL::bigint[]) RETURNS bigint
    LANGUAGE plpgsql
    AS $_$
#variable_conflict use_column
declare
    -- By chance, so that two shadows at one time do not wait for each other.
    shadow_id bigint := -1 - floor(random() * 9e15)::bigint;
    shadow jsonb := jsonb_build_object('customer_id', shadow_id);
    version integer;
    part text;
    among bigint[];
begin
    as_of := coalesce(as_of, 'infinity');
    insert into customer.keys (customer_key, customer_id) values ('shadow ' || shadow_id, shadow_id);
    insert into customer.customers
    select (jsonb_populate_record(
        original, shadow || jsonb_build_object('customer_key', 'shadow ' || shadow_id)
    )).*
    from customer.customers as original
    where original.customer_id = cast_shadow.customer_id;

    -- The rules that held; before the first ones, the first ones.
    select rule_sets.rule_set_version into version
    from customer.rule_sets
    where rule_sets.customer_id = cast_shadow.customer_id
    order by
        lower(held_during) <= as_of desc,
        case when lower(held_during) <= as_of then rule_sets.rule_set_version end desc,
        rule_sets.rule_set_version asc
    limit 1;
    insert into customer.rule_sets
    select (jsonb_populate_record(original, shadow || jsonb_build_object(
        'held_during', tstzrange(lower(original.held_during), null)
    ))).*
    from customer.rule_sets as original
    where original.customer_id = cast_shadow.customer_id
        and original.rule_set_version = version;
    foreach part in array array[
        'show_as_rules', 'office_hours', 'holidays', 'announced_reasons', 'reasons', 'grammars',
        'codes', 'code_signs'
    ] loop
        execute format(
            'insert into customer.%1$I
            select (jsonb_populate_record(original, $1)).*
            from customer.%1$I as original
            where original.customer_id = $2 and original.rule_set_version = $3',
            part
        )
        using shadow, cast_shadow.customer_id, version;
    end loop;

    if user_ids is not null then
        among := user_ids || intake.sharing_codes(cast_shadow.customer_id, as_of, user_ids);
    end if;
    perform intake.cast_shadow_of_users(
        cast_shadow.customer_id, shadow_id, as_of, among
    );
    return shadow_id;
end
$_$;


--
-- Name: cast_shadow_of_users(bigint, bigint, timestamp with time zone, bigint[]); Type: FUNCTION; Schema: intake; Owner: -
--

CREATE FUNCTION intake.cast_shadow_of_users(customer_id bigint, shadow_id bigint, as_of timestamp with time zone, user_ids bigint[]) RETURNS void
    LANGUAGE plpgsql
    AS $_$
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
$_$;


--
-- Name: close_months(timestamp with time zone); Type: FUNCTION; Schema: intake; Owner: -
--

CREATE FUNCTION intake.close_months(at timestamp with time zone) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET lock_timeout TO '500ms'
    AS $$
declare
    part record;
    is_left boolean;
    closed bigint := 0;
begin
    begin
        for part in
            select
                audit_months.table_name,
                audit_months.month_name
            from intake.audit_months
            where (audit_months.month + interval '1 month') at time zone 'UTC' <= (
                select
                    least(close_months.at, clock_timestamp())
                    - make_interval(months => max(retentions.months))
                from intake.retentions
                where retentions.purpose = 'audit'
            )
            order by audit_months.reference_count desc, audit_months.month
        loop
            execute format('select exists (select from audit_months.%I)', part.month_name) into is_left;
            continue when is_left;
            execute format(
                'alter table audit.%I detach partition audit_months.%I', part.table_name, part.month_name
            );
            execute format('drop table audit_months.%I', part.month_name);
            closed := closed + 1;
        end loop;
        return closed;
    exception
        when lock_not_available or deadlock_detected then
            raise warning 'months are not closed yet: %', sqlerrm;
            return 0;
    end;
end
$$;


--
-- Name: codes_of(jsonb, jsonb); Type: FUNCTION; Schema: intake; Owner: -
--

CREATE FUNCTION intake.codes_of(template jsonb, overrides jsonb) RETURNS TABLE(grammar text, code text, reason text, is_doubtful boolean)
    LANGUAGE sql STABLE
    AS $$
    with

    names as (
        select coalesce(
            (
                select min(name)
                from jsonb_object_keys(codes_of.template -> 'grammars') as name
            ),
            (
                select min(name)
                from jsonb_object_keys(codes_of.overrides -> 'grammars') as name
                having count(*) = 1
            )
        ) as usual_name
    ),

    given as (
        select
            entry,
            coalesce(entry ->> 'grammar', names.usual_name) as name,
            1 as rank
        from names
        cross join jsonb_array_elements(codes_of.overrides -> 'codes') as entry
        union all
        select
            entry,
            coalesce(entry ->> 'grammar', names.usual_name) as name,
            2 as rank
        from names
        cross join jsonb_array_elements(codes_of.template -> 'codes') as entry
        union all
        select
            entry,
            own.key as name,
            3 as rank
        from jsonb_each(codes_of.overrides -> 'grammars') as own
        inner join customer.templates
            on own.value = '"template"' and templates.rules -> 'grammars' ? own.key
        cross join jsonb_array_elements(templates.rules -> 'codes') as entry
    ),

    plain as (
        select
            given.name,
            lower(intake.plain_text(given.entry ->> 'code') collate "und-x-icu") as code,
            given.entry ->> 'reason' as reason,
            coalesce((given.entry ->> 'doubtful')::boolean, false) as is_doubtful,
            given.rank
        from given
    )

    select distinct on (plain.name, plain.code)
        plain.name,
        plain.code,
        plain.reason,
        plain.is_doubtful
    from plain
    order by plain.name, plain.code, plain.rank;
$$;


--
-- Name: converge(bigint, bigint[], text[], bigint[]); Type: FUNCTION; Schema: intake; Owner: -
--

CREATE FUNCTION intake.converge(customer_id bigint, user_ids bigint[], causes text[], times bigint[]) RETURNS void
    LANGUAGE sql
    AS $$
    delete from calendar.touched
    using (
        -- In the order in which a load makes marks, so that neither waits for the other for ever.
        select
            marks.user_id,
            marks.cause
        from calendar.touched as marks
        inner join unnest(converge.user_ids, converge.causes, converge.times) as seen (
            user_id, cause, times
        )
            on marks.user_id = seen.user_id
            and marks.cause = seen.cause
            and (marks.times = seen.times or seen.times is null)
        where marks.customer_id = converge.customer_id
        order by marks.user_id, marks.cause
        for update of marks
    ) as converged
    where
        touched.customer_id = converge.customer_id
        and touched.user_id = converged.user_id
        and touched.cause = converged.cause;
$$;


--
-- Name: count_load(bigint, bigint, timestamp with time zone, bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint); Type: FUNCTION; Schema: intake; Owner: -
--

CREATE FUNCTION intake.count_load(customer_id bigint, load_id bigint, started_at timestamp with time zone, calendar_count bigint, failed_count bigint, booking_count bigint, added_count bigint, changed_count bigint, vanished_count bigint, broken_count bigint, byte_count bigint) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    update audit.loads
    set
        calendar_count = loads.calendar_count + count_load.calendar_count,
        failed_count = loads.failed_count + count_load.failed_count,
        booking_count = loads.booking_count + count_load.booking_count,
        added_count = loads.added_count + count_load.added_count,
        changed_count = loads.changed_count + count_load.changed_count,
        vanished_count = loads.vanished_count + count_load.vanished_count,
        broken_count = loads.broken_count + count_load.broken_count,
        byte_count = loads.byte_count + count_load.byte_count
    where
        loads.customer_id = count_load.customer_id
        and loads.load_id = count_load.load_id
        and loads.started_at = count_load.started_at
        and loads.ended_at is null;
$$;


--
-- Name: database_mark(); Type: FUNCTION; Schema: intake; Owner: -
--

CREATE FUNCTION intake.database_mark() RETURNS text
    LANGUAGE sql STABLE
    AS $$
    select concat_ws(
        '/',
        (select control.system_identifier from pg_control_system() as control),
        -- The timeline is the first eight digits of a WAL file's name.
        substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8),
        (select pg_database.oid from pg_database where pg_database.datname = current_database())
    );
$$;


--
-- Name: differing(bigint, bigint, bigint[], tid, tid, timestamp with time zone); Type: FUNCTION; Schema: intake; Owner: -
--

CREATE FUNCTION intake.differing(customer_id bigint, load_id bigint, user_ids bigint[], first_row tid, last_row tid, at timestamp with time zone) RETURNS TABLE(staged calendar.bookings, stored calendar.bookings)
    LANGUAGE plpgsql STABLE
    SET enable_nestloop TO 'off'
    SET enable_mergejoin TO 'off'
    SET enable_sort TO 'off'
    SET plan_cache_mode TO 'force_generic_plan'
    SET work_mem TO '64MB'
    AS $$
#variable_conflict use_column
begin
    return query
    with

    compared as materialized (
        select
            coalesce(fresh.user_id, known.user_id) as user_id,
            coalesce(fresh.calendar_id, known.calendar_id) as calendar_id,
            coalesce(fresh.resource_key, known.resource_key) as resource_key,
            coalesce(fresh.booking_key, known.booking_key) as booking_key,
            fresh.user_id is not null as is_staged,
            known.mark,
            known::calendar.bookings as stored
        from intake.minimised(
            differing.customer_id, differing.load_id, differing.user_ids, differing.first_row,
            differing.last_row
        ) as fresh
        full join (
            -- By user, whatever else the planner takes for cheap in a table that fills just now:
            -- the order is that of the primary key, and sorting is to be avoided.
            select bookings.*
            from unnest(differing.user_ids) as users (user_id)
            cross join lateral (
                select * from calendar.bookings
                where bookings.customer_id = differing.customer_id
                    and bookings.user_id = users.user_id
                order by bookings.calendar_id, bookings.resource_key, bookings.booking_key
                offset 0
            ) as bookings
        ) as known
            on fresh.user_id = known.user_id
            and fresh.calendar_id = known.calendar_id
            and fresh.resource_key = known.resource_key
            and fresh.booking_key = known.booking_key
        where (
            fresh.user_id, fresh.starts_at, fresh.ends_at, fresh.start_date, fresh.end_date,
            fresh.show_as, fresh.sensitivity, fresh.response, fresh.is_cancelled, fresh.code,
            fresh.code_reason, fresh.code_kind, fresh.near_miss, fresh.shown_text,
            fresh.is_choice, fresh.is_choice_skip, fresh.choice_reason, fresh.choice_kind
        ) is distinct from (
            known.user_id, known.starts_at, known.ends_at, known.start_date, known.end_date,
            known.show_as, known.sensitivity, known.response, known.is_cancelled, known.code,
            known.code_reason, known.code_kind, known.near_miss, known.shown_text,
            known.is_choice, known.is_choice_skip, known.choice_reason, known.choice_kind
        )
    ),

    matching as materialized (
        select fresh.*, compared.mark as stored_mark, compared.stored
        from compared
        inner join intake.minimised(
            differing.customer_id, differing.load_id, differing.user_ids, differing.first_row,
            differing.last_row
        ) as fresh
            on compared.user_id = fresh.user_id
            and compared.calendar_id = fresh.calendar_id
            and compared.resource_key = fresh.resource_key
            and compared.booking_key = fresh.booking_key
        where compared.is_staged
    ),

    marked as (
        select
            *,
            -- As it would go over the wire, with names in place of the numbers of types.
            substr(sha256(record_send(row(
                calendar_id, booking_key, starts_at, ends_at, start_date, end_date,
                show_as::text, sensitivity::text, response::text, is_cancelled, code,
                code_reason, code_kind::text, near_miss, shown_text, is_choice, is_choice_skip,
                choice_reason, choice_kind::text
            ))), 1, 16) as mark
        from matching
    ),

    -- Of two with one key in one resource the first by time counts; it may be the stored one.
    first_staged as (
        select distinct on (user_id, calendar_id, resource_key, booking_key) *
        from marked
        order by
            user_id, calendar_id, resource_key, booking_key, starts_at, ends_at, mark
    )

    select
        row(
            differing.customer_id, user_id, calendar_id, booking_key, resource_key, starts_at,
            ends_at, start_date, end_date, show_as, sensitivity, response, is_cancelled, code,
            code_reason, code_kind, shown_text, is_choice, is_choice_skip, choice_reason,
            choice_kind, mark, rule_set_version, differing.load_id, differing.at, near_miss,
            null, null
        )::calendar.bookings,
        stored
    from first_staged
    where mark is distinct from stored_mark

    union all

    select null::calendar.bookings, gone.stored
    from compared as gone
    where not gone.is_staged
        and exists (
            select from staging.coverage
            where coverage.customer_id = differing.customer_id
                and coverage.load_id = differing.load_id
                and coverage.user_id = gone.user_id
                and coverage.calendar_id = gone.calendar_id
                and case
                    when coverage.is_prefix
                        then starts_with(gone.resource_key, coverage.scope)
                    else gone.resource_key = coverage.scope
                end
                and (gone.stored).starts_at < coverage.window_end
                and (gone.stored).ends_at > coverage.window_start
        )
        and not exists (
            select from staging.quarantine
            where quarantine.customer_id = differing.customer_id
                and quarantine.load_id = differing.load_id
                and quarantine.user_id = gone.user_id
                and quarantine.calendar_id = gone.calendar_id
                and quarantine.resource_key = gone.resource_key
                and not quarantine.is_degraded
                -- a broken series keeps all its occurrences
                and (
                    quarantine.booking_key is null
                    or gone.booking_key = quarantine.booking_key
                    or starts_with(gone.booking_key, quarantine.booking_key || '/')
                )
        );
end
$$;


--
-- Name: changes; Type: TABLE; Schema: audit; Owner: -
--

CREATE TABLE audit.changes (
    customer_id bigint NOT NULL,
    user_id bigint NOT NULL,
    run_id bigint NOT NULL,
    absence_key uuid NOT NULL,
    action audit.action NOT NULL,
    before jsonb,
    after jsonb,
    booking_keys text[] NOT NULL,
    booking_marks text[] NOT NULL,
    is_guarded boolean NOT NULL,
    held_because text,
    is_approved boolean DEFAULT false NOT NULL,
    outcome audit.outcome,
    ended_at timestamp with time zone,
    failure text,
    withdrawn_because text,
    losses text[] DEFAULT '{}'::text[] NOT NULL,
    planned_at timestamp with time zone NOT NULL,
    caused_at timestamp with time zone,
    CONSTRAINT changes_held_back_is_not_done_check CHECK (((held_because IS NULL) OR (outcome IS NULL) OR (outcome = 'not_carried_out'::audit.outcome))),
    CONSTRAINT changes_only_withdrawals_have_a_cause_check CHECK (((withdrawn_because IS NULL) OR (action = 'withdraw'::audit.action))),
    CONSTRAINT changes_outcome_has_end_check CHECK (((outcome IS NULL) = (ended_at IS NULL))),
    CONSTRAINT changes_sides_match_action_check CHECK ((((before IS NOT NULL) = (action = ANY (ARRAY['update'::audit.action, 'withdraw'::audit.action]))) AND ((after IS NOT NULL) = (action = ANY (ARRAY['create'::audit.action, 'update'::audit.action])))))
)
PARTITION BY RANGE (planned_at);


--
-- Name: TABLE changes; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON TABLE audit.changes IS 'One row per planned change, written before it was carried out; the outcome is written once.';


--
-- Name: COLUMN changes.customer_id; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.changes.customer_id IS 'Whose change.';


--
-- Name: COLUMN changes.user_id; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.changes.user_id IS 'Whose telephone.';


--
-- Name: COLUMN changes.run_id; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.changes.run_id IS 'The pass that planned it, as in audit.runs.';


--
-- Name: COLUMN changes.absence_key; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.changes.absence_key IS 'The absence, by the key that it keeps for life.';


--
-- Name: COLUMN changes.action; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.changes.action IS 'What was to be done to it.';


--
-- Name: COLUMN changes.before; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.changes.before IS 'What was placed; null where nothing was.';


--
-- Name: COLUMN changes.after; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.changes.after IS 'What was to stand; null for a withdrawal.';


--
-- Name: COLUMN changes.booking_keys; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.changes.booking_keys IS 'The bookings behind it, the deciding one first.';


--
-- Name: COLUMN changes.booking_marks; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.changes.booking_marks IS 'Their versions.';


--
-- Name: COLUMN changes.is_guarded; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.changes.is_guarded IS 'Takes something from callers or attendants: a withdrawal, a shortening or a weakening.';


--
-- Name: COLUMN changes.held_because; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.changes.held_because IS 'Why it was held back: the limits, or a hand edit.';


--
-- Name: COLUMN changes.is_approved; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.changes.is_approved IS 'Whether a person let it through the limits.';


--
-- Name: COLUMN changes.outcome; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.changes.outcome IS 'Null: not yet known, or held back. found_done and found_undone were learned by looking, after a cut-off; not_carried_out was never sent, as by a dry run.';


--
-- Name: COLUMN changes.ended_at; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.changes.ended_at IS 'When the outcome was written down.';


--
-- Name: COLUMN changes.failure; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.changes.failure IS 'What the telephone side said; null where it did not refuse.';


--
-- Name: COLUMN changes.withdrawn_because; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.changes.withdrawn_because IS 'Why it was withdrawn: gone_from_calendar; what its booking gives nothing for since (user_without_service, private, no_code …); elsewhere, where its booking stands behind another absence; for_person, where it made way; by_command. Null where nothing was withdrawn.';


--
-- Name: COLUMN changes.losses; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.changes.losses IS 'What of the wanted absence the telephone system cannot express, by name.';


--
-- Name: COLUMN changes.planned_at; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.changes.planned_at IS 'When the pass began that planned it.';


--
-- Name: COLUMN changes.caused_at; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.changes.caused_at IS 'When what it answers was first known: when the load took the booking in, the rules were applied, or the instant came. Null where nothing had marked the user, and before this was written down.';


--
-- Name: end_changes(bigint, bigint, timestamp with time zone, bigint[], uuid[], audit.outcome[], text[], timestamp with time zone); Type: FUNCTION; Schema: intake; Owner: -
--

CREATE FUNCTION intake.end_changes(customer_id bigint, run_id bigint, planned_at timestamp with time zone, user_ids bigint[], absence_keys uuid[], outcomes audit.outcome[], failures text[], at timestamp with time zone) RETURNS SETOF audit.changes
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    update audit.changes
    set
        outcome = told.outcome,
        failure = told.failure,
        ended_at = end_changes.at
    from (
        select
            told.outcome,
            told.failure,
            open_change.place
        from unnest(
            end_changes.user_ids, end_changes.absence_keys, end_changes.outcomes,
            end_changes.failures
        ) as told (user_id, absence_key, outcome, failure)
        -- The limit keeps the planner from a join that compares every outcome with every change:
        -- in a first run it takes the table for empty.
        cross join lateral (
            select planned.ctid as place
            from audit.changes as planned
            where
                planned.customer_id = end_changes.customer_id
                and planned.user_id = told.user_id
                and planned.run_id = end_changes.run_id
                and planned.absence_key = told.absence_key
                and planned.planned_at = end_changes.planned_at
                and planned.outcome is null
                and planned.held_because is null
            limit 1
        ) as open_change
    ) as told
    -- What was planned at one instant is in one month, where a place names one row.
    where changes.planned_at = end_changes.planned_at and changes.ctid = told.place
    returning changes.*;
$$;


--
-- Name: end_load(bigint, bigint, timestamp with time zone, bigint, bigint, bigint, bigint, timestamp with time zone); Type: FUNCTION; Schema: intake; Owner: -
--

CREATE FUNCTION intake.end_load(customer_id bigint, load_id bigint, started_at timestamp with time zone, request_count bigint, retry_count bigint, wait_count bigint, wait_milliseconds bigint, at timestamp with time zone) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    update audit.loads
    set
        ended_at = end_load.at,
        request_count = end_load.request_count,
        retry_count = end_load.retry_count,
        wait_count = end_load.wait_count,
        wait_seconds = end_load.wait_milliseconds / 1000.0
    where
        loads.customer_id = end_load.customer_id
        and loads.load_id = end_load.load_id
        and loads.started_at = end_load.started_at
        and loads.ended_at is null;
$$;


--
-- Name: end_outage(bigint, timestamp with time zone); Type: FUNCTION; Schema: intake; Owner: -
--

CREATE FUNCTION intake.end_outage(customer_id bigint, at timestamp with time zone) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    update audit.outages
    set ended_at = end_outage.at
    where outages.customer_id = end_outage.customer_id and outages.ended_at is null;
$$;


--
-- Name: end_pass(bigint, bigint, text, bigint[], bigint[], text[], bigint[], timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: intake; Owner: -
--

CREATE FUNCTION intake.end_pass(customer_id bigint, run_id bigint, scope text, user_ids bigint[], left_ids bigint[], outcomes text[], counts bigint[], as_of timestamp with time zone, at timestamp with time zone) RETURNS void
    LANGUAGE sql
    AS $$
    insert into telephony.verified (customer_id, user_id, verified_at, run_id)
    select
        end_pass.customer_id,
        compared.user_id,
        end_pass.as_of,
        end_pass.run_id
    from (
        select users.user_id
        from roster.users
        where
            end_pass.user_ids is null
            and users.customer_id = end_pass.customer_id
            and users.is_active
        union all
        select unnest(end_pass.user_ids)
    ) as compared
    where compared.user_id not in (select unnest(end_pass.left_ids))
    on conflict (customer_id, user_id) do update set
        verified_at = excluded.verified_at,
        run_id = excluded.run_id;

    insert into customer.passes as known (customer_id, scope, ended_at, pass_count)
    values (end_pass.customer_id, end_pass.scope, end_pass.at, 1)
    on conflict (customer_id, scope) do update set
        ended_at = excluded.ended_at,
        pass_count = known.pass_count + 1;

    insert into customer.outcome_counts as known (customer_id, outcome, change_count)
    select
        end_pass.customer_id,
        told.outcome,
        told.change_count
    from unnest(end_pass.outcomes, end_pass.counts) as told (outcome, change_count)
    on conflict (customer_id, outcome) do update set
        change_count = known.change_count + excluded.change_count;
$$;


--
-- Name: end_run(bigint, bigint, timestamp with time zone, bigint, bigint, timestamp with time zone); Type: FUNCTION; Schema: intake; Owner: -
--

CREATE FUNCTION intake.end_run(customer_id bigint, run_id bigint, started_at timestamp with time zone, done_count bigint, failed_count bigint, at timestamp with time zone) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    update audit.runs
    set
        done_count = end_run.done_count,
        failed_count = end_run.failed_count,
        ended_at = end_run.at
    where
        runs.customer_id = end_run.customer_id
        and runs.run_id = end_run.run_id
        and runs.started_at = end_run.started_at
        and runs.ended_at is null;
$$;


--
-- Name: end_unsent(bigint, bigint, timestamp with time zone, bigint, bigint[], timestamp with time zone); Type: FUNCTION; Schema: intake; Owner: -
--

CREATE FUNCTION intake.end_unsent(customer_id bigint, run_id bigint, planned_at timestamp with time zone, after_user_id bigint, sent_ids bigint[], at timestamp with time zone) RETURNS TABLE(user_id bigint, change_count bigint)
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    with

    ended as (
        update audit.changes
        set outcome = 'not_carried_out', ended_at = end_unsent.at
        where
            changes.customer_id = end_unsent.customer_id
            and changes.user_id > end_unsent.after_user_id
            and changes.user_id <> all(end_unsent.sent_ids)
            and changes.run_id = end_unsent.run_id
            and changes.planned_at = end_unsent.planned_at
            and changes.outcome is null
            and changes.held_because is null
        returning changes.user_id
    )

    select
        ended.user_id,
        count(*)
    from ended
    group by ended.user_id;
$$;


--
-- Name: extractions; Type: VIEW; Schema: intake; Owner: -
--

CREATE VIEW intake.extractions AS
 SELECT users.customer_id,
    users.user_id,
    users.time_zone,
    rule_sets.rule_set_version,
    ((rule_sets.sync <> 'show_as'::text) OR (rule_sets.has_user_rules AND COALESCE(preferences.is_codes_only, false))) AS finds_codes,
    ((rule_sets.private = 'user_choice'::text) AND rule_sets.has_user_rules AND COALESCE(preferences.uses_private, false)) AS uses_private,
        CASE
            WHEN ((rule_sets.text_chosen_by = 'user'::text) AND rule_sets.has_user_rules) THEN COALESCE(preferences.text_fields, rule_sets.text_fields)
            ELSE rule_sets.text_fields
        END AS text_fields
   FROM ((roster.users
     JOIN customer.rule_sets ON (((users.customer_id = rule_sets.customer_id) AND upper_inf(rule_sets.held_during))))
     LEFT JOIN roster.preferences ON (((users.customer_id = preferences.customer_id) AND (users.user_id = preferences.user_id))));


--
-- Name: extractions_of(bigint, bigint[]); Type: FUNCTION; Schema: intake; Owner: -
--

CREATE FUNCTION intake.extractions_of(customer_id bigint, user_ids bigint[]) RETURNS SETOF intake.extractions
    LANGUAGE plpgsql STABLE
    SET enable_nestloop TO 'on'
    AS $$
begin
    return query
    select *
    from intake.extractions
    where extractions.customer_id = extractions_of.customer_id
        and extractions.user_id = any(extractions_of.user_ids);
end
$$;


--
-- Name: find_hand_edits(bigint, bigint[], boolean, timestamp with time zone); Type: FUNCTION; Schema: intake; Owner: -
--

CREATE FUNCTION intake.find_hand_edits(customer_id bigint, user_ids bigint[], is_believed boolean, at timestamp with time zone) RETURNS bigint
    LANGUAGE sql
    AS $$
    with

    judged as (
        select
            placed.*,
            shown.entry_key is null as is_missing,
            coalesce(shown.origin <> 'calendar', false) as is_taken_over,
            shown.entry_key is null and conflicts.is_met and find_hand_edits.is_believed
                as is_contested,
            shown.set_by,
            shown.set_at,
            shown.extension as shown_extension,
            shown.kind as shown_kind,
            shown.reason as shown_reason,
            coalesce(shown.announced_reason, placed.announced_reason) as shown_announced_reason,
            shown.starts_at as shown_starts_at,
            shown.ends_at as shown_ends_at,
            coalesce(shown.back_at, placed.back_at) as shown_back_at,
            shown.shown_text as shown_shown_text,
            coalesce(shown.target, placed.target) as shown_target,
            coalesce(shown.ring_seconds, placed.ring_seconds) as shown_ring_seconds,
            shown.version_tag as shown_version_tag
        from telephony.placed
        left join telephony.shown
            on placed.customer_id = shown.customer_id
            and placed.user_id = shown.user_id
            and placed.absence_key = shown.absence_key
        cross join lateral (
            select exists (
                select from audit.changes
                where
                    changes.customer_id = placed.customer_id
                    and changes.user_id = placed.user_id
                    and changes.absence_key = placed.absence_key
                    and changes.outcome = 'conflict'
                    and changes.ended_at >= placed.acknowledged_at
            ) as is_met
        ) as conflicts
        where
            placed.customer_id = find_hand_edits.customer_id
            and (find_hand_edits.user_ids is null or placed.user_id = any(find_hand_edits.user_ids))
            and (placed.seen_at is not null or shown.entry_key is null and conflicts.is_met)
            and placed.acknowledged_at < find_hand_edits.at
            and placed.ends_at > find_hand_edits.at
            and not exists (
                select from audit.changes
                where
                    changes.customer_id = placed.customer_id
                    and changes.user_id = placed.user_id
                    and changes.absence_key = placed.absence_key
                    and changes.outcome is null
                    and changes.held_because is null
            )
    ),

    deleted as (
        delete from telephony.placed as gone
        using judged
        where
            (
                judged.is_taken_over
                or judged.is_contested
                or judged.is_missing and judged.missing_count >= 1 and find_hand_edits.is_believed
            )
            and gone.customer_id = judged.customer_id
            and gone.user_id = judged.user_id
            and gone.absence_key = judged.absence_key
        returning gone.*, judged.set_by, judged.set_at
    ),

    missed as (
        update telephony.placed as absent
        set missing_count = absent.missing_count + 1
        from judged
        where
            judged.is_missing
            and not judged.is_contested
            and judged.missing_count = 0
            and find_hand_edits.is_believed
            and absent.customer_id = judged.customer_id
            and absent.user_id = judged.user_id
            and absent.absence_key = judged.absence_key
    ),

    -- What stands under our key is what is placed now; the hold keeps it from being mended.
    changed as (
        update telephony.placed as kept
        set
            extension = judged.shown_extension,
            kind = judged.shown_kind,
            reason = judged.shown_reason,
            announced_reason = judged.shown_announced_reason,
            starts_at = judged.shown_starts_at,
            ends_at = judged.shown_ends_at,
            back_at = judged.shown_back_at,
            shown_text = judged.shown_shown_text,
            target = judged.shown_target,
            ring_seconds = judged.shown_ring_seconds,
            version_tag = judged.shown_version_tag,
            held_from = greatest(find_hand_edits.at, kept.held_from)
        from judged
        where
            not judged.is_missing
            and not judged.is_taken_over
            and (
                judged.shown_extension, judged.shown_kind, judged.shown_reason,
                judged.shown_announced_reason, judged.shown_starts_at, judged.shown_ends_at,
                judged.shown_back_at, judged.shown_shown_text, judged.shown_target,
                judged.shown_ring_seconds
            ) is distinct from (
                judged.extension, judged.kind, judged.reason, judged.announced_reason,
                judged.starts_at, judged.ends_at, judged.back_at, judged.shown_text,
                judged.target, judged.ring_seconds
            )
            and kept.customer_id = judged.customer_id
            and kept.user_id = judged.user_id
            and kept.absence_key = judged.absence_key
            and (
                judged.set_at > judged.acknowledged_at
                or not exists (
                    select from audit.changes
                    cross join lateral jsonb_populate_record(
                        null::telephony.shown, changes.before
                    ) as earlier
                    where
                        changes.customer_id = judged.customer_id
                        and changes.user_id = judged.user_id
                        and changes.absence_key = judged.absence_key
                        and changes.action = 'update'
                        and changes.outcome in ('done', 'unchanged', 'found_done')
                        and (
                            earlier.extension, earlier.kind, earlier.reason, earlier.starts_at,
                            earlier.ends_at, earlier.shown_text
                        ) is not distinct from (
                            judged.shown_extension, judged.shown_kind, judged.shown_reason,
                            judged.shown_starts_at, judged.shown_ends_at, judged.shown_shown_text
                        )
                )
            )
        returning judged.*
    ),

    kept_versions as (
        insert into telephony.placed_versions
        select version.*
        from telephony.placed
        inner join (
            select
                user_id,
                absence_key,
                case when seen_at is null then 'not_found' else 'deleted_by_hand' end as ended_by
            from deleted
            union all
            select
                user_id,
                absence_key,
                'changed_by_hand'
            from changed
        ) as ended
            on placed.user_id = ended.user_id and placed.absence_key = ended.absence_key
        cross join lateral intake.placed_version(
            placed, find_hand_edits.at, ended.ended_by
        ) as version
        where placed.customer_id = find_hand_edits.customer_id
    ),

    holds as (
        insert into telephony.holds (
            customer_id, user_id, absence_key, held_from, cause, starts_at, ends_at,
            booking_marks, set_by, set_at
        )
        select
            customer_id, user_id, absence_key, find_hand_edits.at, 'deleted_by_hand', starts_at,
            ends_at, booking_marks, set_by, set_at
        from deleted
        where deleted.seen_at is not null
        union all
        select
            customer_id, user_id, absence_key, find_hand_edits.at, 'changed_by_hand',
            least(starts_at, shown_starts_at), greatest(ends_at, shown_ends_at), booking_marks,
            set_by, set_at
        from changed
        on conflict do nothing
        returning user_id
    ),

    touched as (
        insert into calendar.touched as marks (customer_id, user_id, cause, since)
        select distinct find_hand_edits.customer_id, holds.user_id, 'hand_edit', find_hand_edits.at
        from holds
        order by holds.user_id
        on conflict (customer_id, user_id, cause) do update set times = marks.times + 1
    )

    select count(*) from holds;
$$;


--
-- Name: forget(bigint, timestamp with time zone); Type: FUNCTION; Schema: intake; Owner: -
--

CREATE FUNCTION intake.forget(customer_id bigint, at timestamp with time zone) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    -- An instant ahead, as a wrong clock may tell, forgets nothing more.
    as_of timestamptz := least(forget.at, clock_timestamp());
    audit_start timestamptz;
    version_start timestamptz;
begin
    select
        as_of - make_interval(months => max(months) filter (where purpose = 'audit')),
        as_of - make_interval(months => max(months) filter (where purpose = 'versions'))
    into audit_start, version_start
    from intake.retentions
    where retentions.customer_id = forget.customer_id;

    delete from audit.changes
    where changes.customer_id = forget.customer_id
        and changes.planned_at < audit_start
        and (changes.outcome is not null or changes.held_because is not null)
        and not exists (
            select from telephony.placed
            where placed.customer_id = changes.customer_id
                and placed.user_id = changes.user_id
                and placed.absence_key = changes.absence_key
        );
    delete from audit.runs
    where runs.customer_id = forget.customer_id
        and runs.started_at < audit_start
        and not exists (
            select from audit.changes
            where changes.customer_id = runs.customer_id
                and changes.run_id = runs.run_id
                and changes.planned_at = runs.started_at
        );
    delete from audit.load_failures
    where load_failures.customer_id = forget.customer_id and load_started_at < audit_start;
    delete from audit.loads
    where loads.customer_id = forget.customer_id and started_at < audit_start;
    delete from audit.read_backs
    where read_backs.customer_id = forget.customer_id and read_at < audit_start;
    delete from audit.drifts
    where drifts.customer_id = forget.customer_id and checked_at < audit_start;
    delete from audit.drift_checks
    where drift_checks.customer_id = forget.customer_id and checked_at < audit_start;
    delete from audit.skipped_runs
    where skipped_runs.customer_id = forget.customer_id and skipped_at < audit_start;
    delete from audit.group_reads
    where group_reads.customer_id = forget.customer_id and read_at < audit_start;
    delete from audit.group_changes
    where group_changes.customer_id = forget.customer_id and changed_at < audit_start;
    delete from audit.rosters
    where rosters.customer_id = forget.customer_id and imported_at < audit_start;
    delete from audit.approvals
    where approvals.customer_id = forget.customer_id and expires_at < audit_start;
    delete from audit.refusals
    where refusals.customer_id = forget.customer_id and refused_at < audit_start;
    delete from audit.outages
    where outages.customer_id = forget.customer_id and ended_at < audit_start;

    delete from audit.balances
    where balances.customer_id = forget.customer_id and balanced_at < audit_start;
    delete from audit.forgotten_versions
    where forgotten_versions.customer_id = forget.customer_id and forgotten_at < audit_start;
    delete from audit.erasures
    where erasures.customer_id = forget.customer_id and erased_at < audit_start;

    perform intake.forget_versions(forget.customer_id, version_start, '{}', forget.at);
    delete from telephony.placed_versions
    where placed_versions.customer_id = forget.customer_id and upper(held_during) < version_start;
    delete from telephony.shown_versions
    where shown_versions.customer_id = forget.customer_id and upper(held_during) < version_start;
    delete from roster.calendar_versions
    where calendar_versions.customer_id = forget.customer_id
        and upper(held_during) < version_start;
    delete from roster.user_versions
    where user_versions.customer_id = forget.customer_id and upper(held_during) < version_start;
    delete from roster.preference_versions
    where preference_versions.customer_id = forget.customer_id
        and upper(held_during) < version_start;
    delete from customer.customer_versions
    where customer_versions.customer_id = forget.customer_id
        and upper(held_during) < version_start;
end
$$;


--
-- Name: forget_versions(bigint, timestamp with time zone, bigint[], timestamp with time zone); Type: FUNCTION; Schema: intake; Owner: -
--

CREATE FUNCTION intake.forget_versions(customer_id bigint, before timestamp with time zone, user_ids bigint[], at timestamp with time zone) RETURNS bigint
    LANGUAGE sql
    AS $$
    with

    ended as (
        delete from calendar.booking_versions
        where
            booking_versions.customer_id = forget_versions.customer_id
            and (
                upper(booking_versions.held_during) < forget_versions.before
                or booking_versions.user_id = any(forget_versions.user_ids)
            )
        returning booking_versions.user_id, booking_versions.load_id
    ),

    standing as (
        delete from calendar.bookings
        where
            bookings.customer_id = forget_versions.customer_id
            and bookings.user_id = any(forget_versions.user_ids)
        returning bookings.user_id, bookings.load_id
    ),

    forgotten as materialized (
        select * from ended
        union all
        select * from standing
    ),

    counted as (
        update calendar.taken_in
        set forgotten_count = taken_in.forgotten_count + of_user.version_count
        from (
            -- In the order in which a load counts, so that neither waits for the other for ever.
            select
                known.customer_id,
                known.user_id
            from calendar.taken_in as known
            where
                known.customer_id = forget_versions.customer_id
                and known.user_id in (select forgotten.user_id from forgotten)
            order by known.user_id
            for update
        ) as locked
        inner join (
            select
                forgotten.user_id,
                count(*) as version_count
            from forgotten
            group by forgotten.user_id
        ) as of_user
            on locked.user_id = of_user.user_id
        where
            taken_in.customer_id = forget_versions.customer_id
            and taken_in.user_id = of_user.user_id
    ),

    written as (
        insert into audit.forgotten_versions as known (
            customer_id, load_id, forgotten_at, version_count
        )
        select
            forget_versions.customer_id,
            forgotten.load_id,
            forget_versions.at,
            count(*)
        from forgotten
        group by forgotten.load_id
        on conflict (customer_id, load_id, forgotten_at) do nothing
    )

    select count(*) from forgotten;
$$;


--
-- Name: grammars_of(jsonb, jsonb); Type: FUNCTION; Schema: intake; Owner: -
--

CREATE FUNCTION intake.grammars_of(template jsonb, overrides jsonb) RETURNS jsonb
    LANGUAGE sql STABLE
    AS $$
    select grammars_of.template -> 'grammars' || coalesce(
        (
            select jsonb_object_agg(
                own.key,
                case
                    when own.value <> '"template"' then own.value
                    else (
                        select templates.rules -> 'grammars' -> own.key
                        from customer.templates
                        where templates.rules -> 'grammars' ? own.key
                        order by templates.system
                        limit 1
                    )
                end
            )
            from jsonb_each(grammars_of.overrides -> 'grammars') as own
        ),
        '{}'
    );
$$;


--
-- Name: hold_back(bigint, bigint, timestamp with time zone, bigint[], boolean); Type: FUNCTION; Schema: intake; Owner: -
--

CREATE FUNCTION intake.hold_back(customer_id bigint, run_id bigint, planned_at timestamp with time zone, user_ids bigint[], is_written boolean) RETURNS TABLE(created_count bigint, updated_count bigint, withdrawn_count bigint, user_count bigint)
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    with

    held as (
        update audit.changes
        set held_because = 'limits'
        where
            hold_back.is_written
            and changes.customer_id = hold_back.customer_id
            and changes.user_id in (select unnest(hold_back.user_ids))
            and changes.run_id = hold_back.run_id
            and changes.planned_at = hold_back.planned_at
            and changes.held_because is null
            and changes.xmin = pg_current_xact_id()::xid
        returning changes.user_id, changes.action
    ),

    gone as (
        delete from audit.changes
        where
            not hold_back.is_written
            and changes.customer_id = hold_back.customer_id
            and changes.user_id in (select unnest(hold_back.user_ids))
            and changes.run_id = hold_back.run_id
            and changes.planned_at = hold_back.planned_at
            and changes.held_because is null
            and changes.xmin = pg_current_xact_id()::xid
        returning changes.user_id, changes.action
    )

    select
        count(*) filter (where stopped.action = 'create'),
        count(*) filter (where stopped.action = 'update'),
        count(*) filter (where stopped.action = 'withdraw'),
        count(distinct stopped.user_id)
    from (
        select * from held
        union all
        select * from gone
    ) as stopped;
$$;


--
-- Name: judged_settings(bigint, text, jsonb); Type: FUNCTION; Schema: intake; Owner: -
--

CREATE FUNCTION intake.judged_settings(customer_id bigint, system text, settings jsonb) RETURNS TABLE(judged jsonb, not_judged text[])
    LANGUAGE sql STABLE
    AS $$
    with

    current_set as (
        select
            rule_sets.*,
            templates.rules as template
        from customer.rule_sets
        inner join customer.templates on rule_sets.system = templates.system
        where
            rule_sets.customer_id = judged_settings.customer_id
            and upper_inf(rule_sets.held_during)
    ),

    sides as (
        select
            current_set.template || current_set.settings as old,
            templates.rules || judged_settings.settings as new,
            intake.grammars_of(current_set.template, current_set.settings)
            is not distinct from
            intake.grammars_of(templates.rules, judged_settings.settings) as grammars_alike,
            (
                select jsonb_agg(codes)
                from intake.codes_of(current_set.template, current_set.settings) as codes
            ) is not distinct from (
                select jsonb_agg(codes)
                from intake.codes_of(templates.rules, judged_settings.settings) as codes
            ) as codes_alike
        from current_set
        cross join customer.templates
        where templates.system = judged_settings.system
    ),

    unknown as (
        select
            keys.key,
            keys.old_value
        from sides
        cross join lateral (
            values
            (
                'sync', sides.old -> 'sync',
                sides.old ->> 'sync' = 'show_as' and sides.new ->> 'sync' <> 'show_as'
            ),
            (
                'private', sides.old -> 'private',
                sides.old ->> 'private' = 'never' and sides.new ->> 'private' <> 'never'
            ),
            (
                'text', sides.old -> 'text',
                sides.old -> 'text' <> sides.new -> 'text' and sides.new -> 'text' <> '[]'
            ),
            (
                'text_chosen_by', sides.old -> 'text_chosen_by',
                sides.old -> 'text_chosen_by' <> sides.new -> 'text_chosen_by'
            ),
            (
                'user_rules', sides.old -> 'user_rules',
                case
                    when (sides.old -> 'user_rules')::boolean
                        then
                            not (sides.new -> 'user_rules')::boolean
                            and sides.old ->> 'text_chosen_by' = 'user'
                            and sides.new -> 'text' <> '[]'
                    else
                        (sides.new -> 'user_rules')::boolean
                        and (
                            sides.new ->> 'private' = 'user_choice'
                            or sides.new ->> 'text_chosen_by' = 'user'
                            or sides.old ->> 'sync' = 'show_as'
                        )
                end
            ),
            ('grammars', null, not sides.grammars_alike),
            ('codes', null, not sides.codes_alike)
        ) as keys (key, old_value, is_unknown)
        where keys.is_unknown
    )

    select
        judged_settings.settings || coalesce(
            (
                select jsonb_object_agg(unknown.key, unknown.old_value)
                from unknown
                where unknown.old_value is not null
            ),
            '{}'
        ),
        array(select unknown.key from unknown order by unknown.key);
$$;


--
-- Name: keep_accounts(bigint, timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: intake; Owner: -
--

CREATE FUNCTION intake.keep_accounts(customer_id bigint, before timestamp with time zone, at timestamp with time zone) RETURNS void
    LANGUAGE plpgsql
    SET enable_nestloop TO 'off'
    SET enable_mergejoin TO 'off'
    SET plan_cache_mode TO 'force_custom_plan'
    AS $$
declare
    part int8range;
begin
    for part in
        select ranges.users
        from absence.user_ranges(keep_accounts.customer_id, 4000, 10000) as ranges
    loop
        update calendar.bookings
        set account = accounts.account, account_because = accounts.because
        from absence.accounts_within(
            keep_accounts.customer_id, keep_accounts.at, null, null, part
        ) as accounts
        where
            bookings.customer_id = keep_accounts.customer_id
            and absence.is_among(bookings.user_id, null, part)
            and bookings.ends_at < keep_accounts.before
            and bookings.account is null
            and bookings.user_id = accounts.user_id
            and bookings.calendar_id = accounts.calendar_id
            and bookings.resource_key = accounts.resource_key
            and bookings.booking_key = accounts.booking_key
            and bookings.held_from = accounts.held_from
            and accounts.account in ('applied', 'suppressed', 'failed');
    end loop;
end
$$;


--
-- Name: literal(text); Type: FUNCTION; Schema: intake; Owner: -
--

CREATE FUNCTION intake.literal(raw text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN regexp_replace(raw, '[^[:alnum:] ]'::text, '\\\&'::text, 'g'::text);


--
-- Name: load_afresh(bigint, bigint[]); Type: FUNCTION; Schema: intake; Owner: -
--

CREATE FUNCTION intake.load_afresh(customer_id bigint, user_ids bigint[]) RETURNS void
    LANGUAGE plpgsql
    AS $$
#variable_conflict use_column
declare
    -- Joined and not looked for in, which would take the square of their number.
    named_ids bigint[];
begin
    perform pg_advisory_xact_lock(intake.load_afresh_lock(load_afresh.customer_id));
    named_ids := coalesce(load_afresh.user_ids, array(
        select users.user_id from roster.users
        where users.customer_id = load_afresh.customer_id
    ));

    update roster.calendars
    set generation = generation + 1
    from unnest(named_ids) as named (user_id)
    where calendars.customer_id = load_afresh.customer_id
        and calendars.user_id = named.user_id;

    update calendar.cursors
    set cursor = null
    from unnest(named_ids) as named (user_id)
    where cursors.customer_id = load_afresh.customer_id
        and cursors.user_id = named.user_id;

    delete from calendar.resources
    using unnest(named_ids) as named (user_id)
    where resources.customer_id = load_afresh.customer_id
        and resources.user_id = named.user_id;
end
$$;


--
-- Name: load_afresh_lock(bigint); Type: FUNCTION; Schema: intake; Owner: -
--

CREATE FUNCTION intake.load_afresh_lock(customer_id bigint) RETURNS bigint
    LANGUAGE sql IMMUTABLE
    RETURN hashtextextended((('kalenderkoppling/'::text || customer_id) || '/load afresh'::text), (0)::bigint);


--
-- Name: minimised(bigint, bigint, bigint[], tid, tid); Type: FUNCTION; Schema: intake; Owner: -
--

CREATE FUNCTION intake.minimised(customer_id bigint, load_id bigint, user_ids bigint[], first_row tid DEFAULT '(0,0)'::tid, last_row tid DEFAULT '(4294967294,0)'::tid) RETURNS TABLE(user_id bigint, calendar_id integer, resource_key text, booking_key text, starts_at timestamp with time zone, ends_at timestamp with time zone, start_date date, end_date date, show_as customer.show_as, sensitivity customer.sensitivity, response customer.response, is_cancelled boolean, code text, code_reason text, code_kind customer.kind, near_miss text, shown_text text, is_choice boolean, is_choice_skip boolean, choice_reason text, choice_kind customer.kind, rule_set_version integer)
    LANGUAGE sql STABLE
    AS $$
    with

    extractions as materialized (
        select * from intake.extractions_of(minimised.customer_id, minimised.user_ids)
    ),

    subjects as (
        select distinct extractions.customer_id, extractions.rule_set_version, bookings.subject
        from staging.bookings
        inner join extractions
            on bookings.customer_id = extractions.customer_id
            and bookings.user_id = extractions.user_id
            and extractions.finds_codes
        where
            bookings.customer_id = minimised.customer_id
            and bookings.load_id = minimised.load_id
            and bookings.ctid between minimised.first_row and minimised.last_row
            and bookings.subject is not null
            and (bookings.sensitivity < 'private' or extractions.uses_private)
    ),

    plain_subjects as materialized (
        select
            subjects.*,
            intake.plain_text(subject) collate "und-x-icu" as plain_subject,
            lower(intake.plain_text(subject) collate "und-x-icu") as lower_subject
        from subjects
    ),

    coded_subjects as materialized (
        select
            plain_subjects.subject,
            plain_subjects.plain_subject,
            found.pattern,
            -- a bare sign is a code as well: the default reason with that kind (domain P-7)
            case when found.pattern is not null then coalesce(found.code, '') end as code,
            codes.reason as code_reason,
            coalesce(code_signs.kind, found.kind) as code_kind,
            -- a doubtful code counts, and is listed (domain P-24)
            case
                when found.pattern is null then near.token
                when
                    codes.is_doubtful
                    and found.sign is null
                    and regexp_instr(plain_subjects.lower_subject, found.pattern) > 1
                    then regexp_substr(plain_subjects.lower_subject, found.pattern)
            end as near_miss
        from plain_subjects
        -- The first code and the first sign count, wherever each stands (domain P-6); of two
        -- grammars the one whose code stands first.
        left join lateral (
            select
                grammars.grammar,
                grammars.pattern,
                grammars.kind,
                (array_remove(array_agg(
                    coalesce(
                        matches.groups[grammars.code_groups[1]],
                        matches.groups[grammars.code_groups[2]]
                    )
                    order by matches.place
                ), null))[1] as code,
                (array_remove(array_agg(
                    matches.groups[nullif(grammars.sign_group, 0)] order by matches.place
                ), null))[1] as sign
            from customer.grammars
            cross join
                regexp_matches(
                    plain_subjects.lower_subject, grammars.pattern, 'g'
                ) with ordinality as matches (groups, place)
            where
                grammars.customer_id = plain_subjects.customer_id
                and grammars.rule_set_version = plain_subjects.rule_set_version
            group by grammars.grammar, grammars.pattern, grammars.kind
            order by
                regexp_instr(plain_subjects.lower_subject, grammars.pattern), grammars.grammar
            limit 1
        ) as found on true
        left join customer.codes
            on plain_subjects.customer_id = codes.customer_id
            and plain_subjects.rule_set_version = codes.rule_set_version
            and found.grammar = codes.grammar
            and found.code = codes.code
        left join customer.code_signs
            on plain_subjects.customer_id = code_signs.customer_id
            and plain_subjects.rule_set_version = code_signs.rule_set_version
            and found.grammar = code_signs.grammar
            and found.sign = code_signs.sign
        left join lateral (
            select trim(matches.groups[1]) as token
            from customer.grammars
            cross join unnest(grammars.near_patterns) with ordinality as looks (pattern, number)
            cross join
                regexp_matches(
                    plain_subjects.lower_subject, looks.pattern, 'g'
                ) with ordinality as matches (groups, place)
            where
                grammars.customer_id = plain_subjects.customer_id
                and grammars.rule_set_version = plain_subjects.rule_set_version
                and found.pattern is null
                and (
                    looks.number = 1
                    or exists (
                        select from customer.codes as near_codes
                        where
                            near_codes.customer_id = grammars.customer_id
                            and near_codes.rule_set_version = grammars.rule_set_version
                            and near_codes.grammar = grammars.grammar
                            and levenshtein_less_equal(
                                near_codes.code, matches.groups[2], 1
                            ) <= 1
                    )
                )
            order by grammars.grammar, looks.number, matches.place
            limit 1
        ) as near on true
    ),

    read_bookings as (
        select
            bookings.*,
            extractions.rule_set_version,
            extractions.text_fields,
            extractions.time_zone,
            coded_subjects.plain_subject,
            coded_subjects.pattern,
            coded_subjects.code,
            coded_subjects.code_reason,
            coded_subjects.code_kind,
            coded_subjects.near_miss,
            bookings.sensitivity >= 'private' and not extractions.uses_private as is_unused,
            -- what is cancelled or declined gives nothing, whatever the rules say, and of what is
            -- private nothing is ever shown (domain P-20)
            bookings.sensitivity < 'private'
            and not bookings.is_cancelled
            and bookings.response <> 'declined' as is_shown,
            -- what is so in the raw is so in whole seconds, and on any wall
            bookings.starts_at <= bookings.ends_at
            or bookings.start_date <= bookings.end_date as is_forward
        from staging.bookings
        inner join extractions
            on bookings.customer_id = extractions.customer_id
            and bookings.user_id = extractions.user_id
        left join coded_subjects
            on case
                when
                    extractions.finds_codes
                    and (bookings.sensitivity < 'private' or extractions.uses_private)
                    then bookings.subject
            end = coded_subjects.subject
        where
            bookings.customer_id = minimised.customer_id
            and bookings.load_id = minimised.load_id
            and bookings.ctid between minimised.first_row and minimised.last_row
    ),

    kept_bookings as (
        select
            user_id,
            calendar_id,
            resource_key,
            booking_key,
            coalesce(
                intake.whole_seconds(starts_at),
                intake.instant_of(start_date::timestamp, time_zone)
            ) as starts_at,
            coalesce(
                intake.whole_seconds(ends_at),
                intake.instant_of(end_date::timestamp, time_zone)
            ) as ends_at,
            start_date,
            end_date,
            case when not is_unused then show_as end as show_as,
            sensitivity,
            case when not is_unused or response = 'declined' then response end as response,
            is_cancelled,
            code,
            code_reason,
            code_kind,
            case when is_shown then near_miss end as near_miss,
            case
                when is_shown and text_fields <> '{}'
                    then nullif(concat_ws(
                        ', ',
                        case
                            when 'subject' = any(text_fields)
                                then nullif(trim(intake.plain_text(case
                                    when pattern is null then subject
                                    else regexp_replace(plain_subject, pattern, '', 'gi')
                                end)), '')
                        end,
                        case
                            when 'location' = any(text_fields)
                                then nullif(trim(intake.plain_text(location)), '')
                        end,
                        case
                            when 'body' = any(text_fields)
                                then nullif(trim(intake.plain_text(body)), '')
                        end
                    ), '')
            end as shown_text,
            is_choice and not is_unused as is_choice,
            is_choice_skip and not is_unused as is_choice_skip,
            case when not is_unused then choice_reason end as choice_reason,
            case when not is_unused then choice_kind end as choice_kind,
            rule_set_version,
            is_forward
        from read_bookings
    )

    select
        user_id,
        calendar_id,
        resource_key,
        booking_key,
        starts_at,
        ends_at,
        start_date,
        end_date,
        show_as,
        sensitivity,
        response,
        is_cancelled,
        code,
        code_reason,
        code_kind,
        near_miss,
        shown_text,
        is_choice,
        is_choice_skip,
        choice_reason,
        choice_kind,
        rule_set_version
    from kept_bookings
    where is_forward or starts_at <= ends_at;
$$;


--
-- Name: name_groups(bigint, jsonb, timestamp with time zone, text); Type: FUNCTION; Schema: intake; Owner: -
--

CREATE FUNCTION intake.name_groups(customer_id bigint, groups jsonb, at timestamp with time zone, changed_by text DEFAULT NULL::text) RETURNS void
    LANGUAGE plpgsql
    AS $$
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


--
-- Name: near_patterns_of(jsonb, text[]); Type: FUNCTION; Schema: intake; Owner: -
--

CREATE FUNCTION intake.near_patterns_of(grammar jsonb, codes text[]) RETURNS text[]
    LANGUAGE sql IMMUTABLE
    AS $_$
with

lengths as (
    select
        min(length(code)) as shortest,
        max(length(code)) as longest,
        bool_and(code ~ '^[[:alpha:]]+$') as are_letters,
        '{' || min(length(code)) - 1 || ',' || max(length(code)) + 1 || '}' as nearly_as_long,
        '{0,' || max(length(code)) || '}' as no_longer
    from unnest(codes) as code
),

-- What all codes begin with, as NP/ does; two characters at least tell something.
beginning as (
    select left(codes[1], shared.size) as text
    from lengths
    cross join generate_series(2, lengths.shortest - 1) as shared (size)
    where (select bool_and(starts_with(code, left(codes[1], shared.size)))
        from unnest(codes) as code)
    order by shared.size desc
    limit 1
),

parts as (
    select
        lengths.*,
        intake.literal(grammar ->> 'lead') as lead,
        '(?:' || (
            select string_agg(intake.literal(code), '|') from unnest(codes) as code
        ) || ')' as code,
        '(?:' || (
            select string_agg(intake.literal(regexp_replace(code, '[[:punct:]]+$', '')), '|')
            from unnest(codes) as code
        ) || ')' as bare,
        '[' || (
            select string_agg('\' || sign, '') from jsonb_object_keys(grammar -> 'signs') as sign
        ) || ']' as sign,
        (select intake.literal(text) from beginning) as beginning,
        '(?:^|(?<=[[:space:][:punct:]]))' as before,
        '(?=[[:space:][:punct:]]|$)' as after
    from lengths
)

select array[
    '(' || concat_ws('|', variadic case grammar ->> 'sign'
        when 'after' then array[
            before || lead || code || ' ?' || sign,
            '^ ?' || lead || code || after,
            -- of just one length, or any first word with a colon would be one
            case
                when are_letters and shortest = longest
                    then '^ ?' || lead || '[[:alpha:]]{' || shortest || '}' || sign
            end
        ]
        when 'before' then array[
            lead || sign || '?' || code,
            lead || ' ?' || sign || '? ?' || code || after
        ]
        else array[
            before || lead || code,
            '^ ?' || lead || bare || after,
            -- as far as the next white space or punctuation: the rest is not ours to keep
            '^ ?' || lead || beginning || '[^[:space:][:punct:]]' || no_longer || '[[:punct:]]?'
        ]
    end) || ')',
    case
        when shortest < 3 then null
        when grammar ->> 'sign' = 'after'
            then '(^ ?' || lead || '([[:alpha:]]' || nearly_as_long || ') ?' || sign || ')'
        when grammar ->> 'sign' = 'before'
            then '(' || lead || sign || '?([[:alpha:]]' || nearly_as_long || ')' || after || ')'
        else '(^ ?' || lead || '([^[:space:]]' || nearly_as_long || ')' || after || ')'
    end
]
from parts;
$_$;


--
-- Name: open_load(bigint, bigint, text, boolean, timestamp with time zone, timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: intake; Owner: -
--

CREATE FUNCTION intake.open_load(customer_id bigint, load_id bigint, source text, is_full boolean, window_start timestamp with time zone, window_end timestamp with time zone, at timestamp with time zone) RETURNS bigint
    LANGUAGE sql
    AS $$
    insert into audit.loads (
        customer_id, load_id, source, is_full, window_start, window_end, started_at, resumes_from
    )
    select
        open_load.customer_id,
        open_load.load_id,
        open_load.source,
        open_load.is_full,
        open_load.window_start,
        open_load.window_end,
        open_load.at,
        (
            select first_cut.load_id
            from (
                select
                    last.ended_at,
                    coalesce(last.resumes_from, last.load_id) as load_id
                from audit.loads as last
                where
                    last.customer_id = open_load.customer_id
                    and last.source = open_load.source
                    and last.is_full = open_load.is_full
                order by last.load_id desc
                limit 1
            ) as last
            inner join audit.loads as first_cut
                on first_cut.customer_id = open_load.customer_id
                and last.load_id = first_cut.load_id
            where
                last.ended_at is null
                -- what was taken in before the database was restored is asked again
                and first_cut.load_id >= (
                    select coalesce(max(epochs.first_fence), 0) from customer.epochs
                    where epochs.customer_id = open_load.customer_id
                )
                and first_cut.started_at >= open_load.at
                - case when first_cut.is_full then interval '12 hours' else '10 minutes' end
        )
    returning resumes_from;
$$;


--
-- Name: open_months(timestamp with time zone); Type: FUNCTION; Schema: intake; Owner: -
--

CREATE FUNCTION intake.open_months(at timestamp with time zone) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET lock_timeout TO '500ms'
    AS $_$
declare
    first_month timestamp := date_trunc('month', open_months.at at time zone 'UTC');
    part record;
    month timestamp;
    child text;
    opened bigint := 0;
begin
    begin
        -- Rows leave for a table that stands alone: of those tables first that refer to others.
        for part in select * from intake.audit_tables order by reference_count desc, table_name loop
            for month in execute format(
                'select date_trunc(''month'', %I at time zone ''UTC'') from audit_months.%I '
                'union select generate_series($1, $1 + interval ''3 months'', interval ''1 month'')',
                part.instant, part.strays
            ) using first_month loop
                child := part.table_name || to_char(month, '"_"YYYY"_"MM');
                continue when to_regclass('audit_months.' || quote_ident(child)) is not null;
                if opened = 0 then
                    execute (
                        select format(
                            'lock table %s in share row exclusive mode',
                            string_agg(
                                'audit.' || quote_ident(table_name), ', '
                                order by reference_count, table_name
                            )
                        )
                        from intake.audit_tables
                    );
                    continue when to_regclass('audit_months.' || quote_ident(child)) is not null;
                end if;
                execute format(
                    'create table audit_months.%I (like audit.%I including defaults '
                    'including constraints including indexes)', child, part.table_name
                );
                execute format(
                    'with strays as (delete from audit_months.%I where %I >= %L and %I < %L '
                    'returning *) insert into audit_months.%I select * from strays',
                    part.strays, part.instant, month at time zone 'UTC', part.instant,
                    (month + interval '1 month') at time zone 'UTC', child
                );
                opened := opened + 1;
            end loop;
        end loop;

        -- They join it in the other order.
        for part in
            select
                audit_tables.table_name,
                alone.relname as child,
                to_timestamp(right(alone.relname, 7), 'YYYY_MM')::timestamp as month
            from intake.audit_tables
            inner join pg_class as alone
                on alone.relname ~ ('^' || audit_tables.table_name || '_[0-9]{4}_[0-9]{2}$')
            where alone.relnamespace = 'audit_months'::regnamespace
                and alone.relkind = 'r'
                and not alone.relispartition
            order by audit_tables.reference_count, alone.relname
        loop
            execute format(
                'alter table audit.%I attach partition audit_months.%I for values from (%L) to (%L)',
                part.table_name, part.child, part.month at time zone 'UTC',
                (part.month + interval '1 month') at time zone 'UTC'
            );
        end loop;
        return opened;
    exception
        when lock_not_available or deadlock_detected then
            raise warning 'months are not opened yet: %', sqlerrm;
            return 0;
    end;
end
$_$;


--
-- Name: pattern_of(jsonb, text[]); Type: FUNCTION; Schema: intake; Owner: -
--

CREATE FUNCTION intake.pattern_of(grammar jsonb, codes text[]) RETURNS text
    LANGUAGE sql IMMUTABLE
    AS $_$
with

parts as (
    select
        -- longest first is not needed: the longest match wins
        '(' || (
            select string_agg(intake.literal(code), '|') from unnest(codes) as code
        ) || ')' as code,
        '([' || (
            select string_agg('\' || sign, '')
            from jsonb_object_keys(grammar -> 'signs') as sign
        ) || '])' as sign,
        intake.literal(grammar ->> 'lead') as lead
)

select
    case grammar ->> 'stands'
        when 'first' then '^ ?'
        -- every opening bracket that Unicode has
        else '(?:^|(?<=[ (\[{'
            || '\u0F3A\u0F3C\u169B\u2045\u207D\u208D\u2308\u230A\u2329\u2768\u276A\u276C'
            || '\u276E\u2770\u2772\u2774\u27C5\u27E6\u27E8\u27EA\u27EC\u27EE\u2983\u2985'
            || '\u2987\u2989\u298B\u298D\u298F\u2991\u2993\u2995\u2997\u29D8\u29DA\u29FC'
            || '\u2E22\u2E24\u2E26\u2E28\u2E55\u2E57\u2E59\u2E5B\u3008\u300A\u300C\u300E'
            || '\u3010\u3014\u3016\u3018\u301A\uFE59\uFE5B\uFE5D\uFF08\uFF3B\uFF5B\uFF5F'
            || '\uFF62'
            || ']))'
    end
    || lead
    || case grammar ->> 'sign'
        when 'before' then '(?:' || sign || code || '?|' || code || ')'
        when 'after' then code || sign
        else code
    end
    || case grammar ->> 'then'
        when 'anything' then ''
        when 'space' then '(?= |$)'
        else '(?=[[:space:][:punct:]]|$)'
    end
from parts;
$_$;


--
-- Name: place_again(bigint, timestamp with time zone); Type: FUNCTION; Schema: intake; Owner: -
--

CREATE FUNCTION intake.place_again(customer_id bigint, at timestamp with time zone) RETURNS bigint
    LANGUAGE sql
    AS $$
    with

    lost as (
        delete from telephony.placed
        using absence.drift_within(place_again.customer_id, place_again.at) as drift
        where
            drift.drift in ('missing', 'never_shown')
            and placed.customer_id = place_again.customer_id
            and placed.user_id = drift.user_id
            and placed.absence_key::text = drift.entry_key
        returning placed.user_id, placed as earlier
    ),

    kept_versions as (
        insert into telephony.placed_versions
        select version.*
        from lost
        cross join lateral intake.placed_version(lost.earlier, place_again.at, 'lost')
            as version
    ),

    touched as (
        insert into calendar.touched as marks (customer_id, user_id, cause, since)
        select distinct
            place_again.customer_id,
            lost.user_id,
            'drift',
            place_again.at
        from lost
        order by lost.user_id
        on conflict (customer_id, user_id, cause) do update set times = marks.times + 1
    )

    select count(*) from lost;
$$;


--
-- Name: place_desired(bigint, timestamp with time zone); Type: FUNCTION; Schema: intake; Owner: -
--

CREATE FUNCTION intake.place_desired(customer_id bigint, as_of timestamp with time zone) RETURNS void
    LANGUAGE sql
    SET enable_nestloop TO 'off'
    AS $$
    insert into telephony.placed (
        customer_id, user_id, absence_key, extension, kind, reason, announced_reason,
        starts_at, ends_at, back_at, shown_text, target, ring_seconds, booking_keys,
        booking_marks, acknowledged_at
    )
    select
        desired.customer_id,
        desired.user_id,
        gen_random_uuid(),
        desired.extension,
        desired.kind,
        desired.reason,
        desired.announced_reason,
        desired.starts_at,
        desired.ends_at,
        desired.back_at,
        desired.shown_text,
        desired.target,
        desired.ring_seconds,
        desired.booking_keys,
        desired.booking_marks,
        place_desired.as_of
    from absence.desired_within(place_desired.customer_id, place_desired.as_of) as desired;
$$;


--
-- Name: placed; Type: TABLE; Schema: telephony; Owner: -
--

CREATE TABLE telephony.placed (
    customer_id bigint NOT NULL,
    user_id bigint NOT NULL,
    absence_key uuid NOT NULL,
    extension text NOT NULL,
    kind customer.kind NOT NULL,
    reason text NOT NULL,
    announced_reason text NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    back_at timestamp with time zone NOT NULL,
    shown_text text,
    target text NOT NULL,
    ring_seconds integer NOT NULL,
    booking_keys text[] NOT NULL,
    booking_marks text[] NOT NULL,
    version_tag text,
    acknowledged_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone,
    missing_count integer DEFAULT 0 NOT NULL,
    is_unconfirmed boolean DEFAULT false NOT NULL,
    held_from timestamp with time zone DEFAULT '-infinity'::timestamp with time zone NOT NULL,
    CONSTRAINT placed_ends_after_start_check CHECK ((starts_at < ends_at))
);


--
-- Name: TABLE placed; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON TABLE telephony.placed IS 'One row per absence of ours on the telephone side, as the exchange acknowledged it. What is pending or unknown is a change in audit.changes without an outcome.';


--
-- Name: COLUMN placed.absence_key; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON COLUMN telephony.placed.absence_key IS 'Minted when the absence was first planned; never derived.';


--
-- Name: COLUMN placed.booking_keys; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON COLUMN telephony.placed.booking_keys IS 'The bookings behind it, the deciding one first.';


--
-- Name: COLUMN placed.booking_marks; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON COLUMN telephony.placed.booking_marks IS 'Their versions.';


--
-- Name: COLUMN placed.seen_at; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON COLUMN telephony.placed.seen_at IS 'When a read-back first showed it; null where none did.';


--
-- Name: COLUMN placed.missing_count; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON COLUMN telephony.placed.missing_count IS 'How many whole read-backs in a row did not show it.';


--
-- Name: COLUMN placed.is_unconfirmed; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON COLUMN telephony.placed.is_unconfirmed IS 'Whether nobody knows if it stands, where the system cannot be read: it is placed once more.';


--
-- Name: COLUMN placed.held_from; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON COLUMN telephony.placed.held_from IS 'Since when this was taken to stand so; -infinity where that was not written down.';


--
-- Name: placed_version(telephony.placed, timestamp with time zone, text); Type: FUNCTION; Schema: intake; Owner: -
--

CREATE FUNCTION intake.placed_version(placed telephony.placed, until timestamp with time zone, ended_by text) RETURNS SETOF telephony.placed_versions
    LANGUAGE sql STABLE
    AS $$
    select
        placed.customer_id, placed.user_id, placed.absence_key,
        tstzrange(placed.held_from, placed_version.until), placed_version.ended_by,
        placed.extension, placed.kind, placed.reason, placed.announced_reason, placed.starts_at,
        placed.ends_at, placed.back_at, placed.target, placed.ring_seconds, placed.booking_keys,
        placed.booking_marks, placed.acknowledged_at, placed.is_unconfirmed
    where placed.held_from < placed_version.until;
$$;


--
-- Name: plain_text(text); Type: FUNCTION; Schema: intake; Owner: -
--

CREATE FUNCTION intake.plain_text(raw text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN regexp_replace((NORMALIZE(raw, NFC) COLLATE "und-x-icu"), '[[:space:][:cntrl:]\u200B\u2060\uFEFF]+'::text, ' '::text, 'g'::text);


--
-- Name: prune(bigint, timestamp with time zone, timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: intake; Owner: -
--

CREATE FUNCTION intake.prune(customer_id bigint, before timestamp with time zone, bookings_before timestamp with time zone, at timestamp with time zone) RETURNS void
    LANGUAGE sql
    AS $$
    -- While what stood for the bookings is still there.
    select intake.keep_accounts(prune.customer_id, prune.before, prune.at);

    with

    -- Where nothing ends by itself it stands until it is withdrawn.
    expired as (
        delete from telephony.placed
        where
            placed.customer_id = prune.customer_id
            and placed.ends_at < prune.before
            and not exists (
                select from telephony.exchanges
                where exchanges.customer_id = prune.customer_id and not exchanges.ends_by_itself
            )
        returning placed as earlier
    )

    insert into telephony.placed_versions
    select version.*
    from expired
    cross join lateral intake.placed_version(expired.earlier, prune.at, 'expired') as version;

    with

    -- One that an absence of ours was clipped around is kept as long as that one runs.
    expired as (
        delete from telephony.shown
        where shown.customer_id = prune.customer_id
            and shown.ends_at < prune.before
            and not exists (
                select from telephony.placed
                where placed.customer_id = shown.customer_id
                    and placed.user_id = shown.user_id
                    and placed.starts_at <= shown.ends_at
                    and placed.ends_at > prune.at
            )
        returning shown as earlier
    )

    insert into telephony.shown_versions
    select version.*
    from expired
    cross join lateral intake.shown_version(expired.earlier, prune.at, 'expired') as version;

    delete from telephony.holds
    where holds.customer_id = prune.customer_id and holds.ends_at < prune.before;

    with

    pruned as (
        delete from calendar.bookings
        where
            bookings.customer_id = prune.customer_id
            and bookings.ends_at < prune.bookings_before
        returning bookings.*
    )

    insert into calendar.booking_versions (
        customer_id, user_id, calendar_id, resource_key, booking_key, held_during, ended_by,
        starts_at, ends_at, start_date, end_date, show_as, sensitivity, response,
        is_cancelled, code, code_reason, code_kind, shown_text, is_choice, is_choice_skip,
        choice_reason, choice_kind, mark, rule_set_version, load_id, account, account_because
    )
    select
        customer_id, user_id, calendar_id, resource_key, booking_key,
        tstzrange(held_from, greatest(prune.at, held_from + interval '1 microsecond')), 'pruned', starts_at,
        ends_at, start_date, end_date, show_as, sensitivity, response, is_cancelled, code,
        code_reason, code_kind, shown_text, is_choice, is_choice_skip, choice_reason,
        choice_kind, mark, rule_set_version, load_id, account, account_because
    from pruned;

    -- Last, for all these statements are planned before the first of them runs: what is moved to a
    -- new month would be looked for where it was.
    select intake.forget(prune.customer_id, prune.at);
    select intake.close_months(prune.at);
    select intake.open_months(prune.at);
$$;


--
-- Name: reassert_unknown(bigint, timestamp with time zone); Type: FUNCTION; Schema: intake; Owner: -
--

CREATE FUNCTION intake.reassert_unknown(customer_id bigint, at timestamp with time zone) RETURNS bigint
    LANGUAGE sql
    AS $$
    with

    open_changes as materialized (
        select
            changes.*,
            -- of two under one key the newest tells what may stand
            row_number() over (
                partition by changes.customer_id, changes.user_id, changes.absence_key
                order by changes.run_id desc
            ) as age
        from audit.changes
        where
            changes.customer_id = reassert_unknown.customer_id
            and changes.outcome is null
            and changes.held_because is null
    ),

    may_stand as materialized (
        select
            open_changes.*,
            content.*,
            not exists (
                select from telephony.placed
                where
                    placed.customer_id = open_changes.customer_id
                    and placed.user_id = open_changes.user_id
                    and placed.absence_key <> open_changes.absence_key
                    and placed.starts_at < content.ends_at
                    and placed.ends_at > content.starts_at
            ) as is_free
        from open_changes
        cross join lateral jsonb_to_record(
            coalesce(open_changes.after, open_changes.before)
        ) as content (
            extension text, kind customer.kind, reason text, announced_reason text,
            starts_at timestamptz, ends_at timestamptz, back_at timestamptz, shown_text text,
            target text, ring_seconds integer
        )
        where open_changes.age = 1
    ),

    kept_versions as (
        insert into telephony.placed_versions
        select version.*
        from telephony.placed
        inner join may_stand
            on placed.customer_id = may_stand.customer_id
            and placed.user_id = may_stand.user_id
            and placed.absence_key = may_stand.absence_key
        cross join lateral intake.placed_version(
            placed, reassert_unknown.at, 'changed'
        ) as version
        where not placed.is_unconfirmed or may_stand.is_free
    ),

    -- Where another one is placed at that instant, what was placed before may still be what stands.
    doubted as (
        update telephony.placed
        set
            is_unconfirmed = true,
            held_from = greatest(reassert_unknown.at, placed.held_from)
        from may_stand
        where
            not may_stand.is_free
            and not placed.is_unconfirmed
            and placed.customer_id = may_stand.customer_id
            and placed.user_id = may_stand.user_id
            and placed.absence_key = may_stand.absence_key
    ),

    standing as (
        insert into telephony.placed as known (
            customer_id, user_id, absence_key, extension, kind, reason, announced_reason,
            starts_at, ends_at, back_at, shown_text, target, ring_seconds, booking_keys,
            booking_marks, acknowledged_at, is_unconfirmed, held_from
        )
        select
            customer_id, user_id, absence_key, extension, kind, reason, announced_reason,
            starts_at, ends_at, back_at, shown_text, target, ring_seconds, booking_keys,
            booking_marks, reassert_unknown.at, true, reassert_unknown.at
        from may_stand
        where is_free
        on conflict (customer_id, user_id, absence_key) do update set
            extension = excluded.extension,
            kind = excluded.kind,
            reason = excluded.reason,
            announced_reason = excluded.announced_reason,
            starts_at = excluded.starts_at,
            ends_at = excluded.ends_at,
            back_at = excluded.back_at,
            shown_text = excluded.shown_text,
            target = excluded.target,
            ring_seconds = excluded.ring_seconds,
            booking_keys = excluded.booking_keys,
            booking_marks = excluded.booking_marks,
            held_from = greatest(excluded.held_from, known.held_from),
            is_unconfirmed = true
    ),

    touched as (
        insert into calendar.touched as marks (customer_id, user_id, cause, since)
        select distinct
            open_changes.customer_id,
            open_changes.user_id,
            'settled',
            reassert_unknown.at
        from open_changes
        order by open_changes.user_id
        on conflict (customer_id, user_id, cause) do update set times = marks.times + 1
    ),

    settled as (
        select ended.user_id
        from (
            select
                open_changes.run_id,
                open_changes.planned_at,
                array_agg(open_changes.user_id) as user_ids,
                array_agg(open_changes.absence_key) as absence_keys,
                array_agg('failed'::audit.outcome) as outcomes,
                array_agg(
                    text 'no answer came, and the system cannot be read: it is done once more'
                ) as failures
            from open_changes
            group by open_changes.run_id, open_changes.planned_at
        ) as runs
        cross join lateral intake.end_changes(
            reassert_unknown.customer_id, runs.run_id, runs.planned_at, runs.user_ids,
            runs.absence_keys, runs.outcomes, runs.failures, reassert_unknown.at
        ) as ended
    )

    select count(*) from settled;
$$;


--
-- Name: record_balance(bigint, bigint, timestamp with time zone, bigint[], bigint, bigint, bigint, bigint, bigint, bigint, timestamp with time zone); Type: FUNCTION; Schema: intake; Owner: -
--

CREATE FUNCTION intake.record_balance(customer_id bigint, run_id bigint, as_of timestamp with time zone, user_ids bigint[], applied_count bigint, suppressed_count bigint, superseded_count bigint, pending_count bigint, failed_count bigint, unaccounted_count bigint, at timestamp with time zone) RETURNS boolean
    LANGUAGE plpgsql
    SET plan_cache_mode TO 'force_custom_plan'
    AS $$
declare
    is_balanced boolean;
begin
    insert into audit.balances (
        customer_id, run_id, balanced_at, as_of, scope, user_count, taken_in_count,
        applied_count, suppressed_count, superseded_count, pending_count, failed_count,
        unaccounted_count, is_balanced
    )
    select
        record_balance.customer_id,
        record_balance.run_id,
        record_balance.at,
        record_balance.as_of,
        case when record_balance.user_ids is null then 'everybody' else 'touched' end,
        expected.user_count,
        expected.taken_in_count,
        record_balance.applied_count,
        record_balance.suppressed_count,
        record_balance.superseded_count,
        record_balance.pending_count,
        record_balance.failed_count,
        record_balance.unaccounted_count,
        record_balance.unaccounted_count = 0
        and expected.taken_in_count
        = record_balance.applied_count + record_balance.suppressed_count
        + record_balance.superseded_count + record_balance.pending_count
        + record_balance.failed_count
    from (
        select
            count(*) as user_count,
            coalesce(sum(taken_in.version_count - taken_in.forgotten_count), 0)::bigint
                as taken_in_count
        from calendar.taken_in
        where
            taken_in.customer_id = record_balance.customer_id
            and (
                record_balance.user_ids is null
                or taken_in.user_id = any(record_balance.user_ids)
            )
    ) as expected
    returning balances.is_balanced into strict is_balanced;
    return is_balanced;
end
$$;


--
-- Name: record_drift(bigint, timestamp with time zone); Type: FUNCTION; Schema: intake; Owner: -
--

CREATE FUNCTION intake.record_drift(customer_id bigint, at timestamp with time zone) RETURNS bigint
    LANGUAGE sql
    AS $$
    with

    found as materialized (
        select * from absence.drift_within(record_drift.customer_id, record_drift.at)
    ),

    checked as (
        insert into audit.drift_checks (
            customer_id, checked_at, read_at, wanted_count, placed_count, shown_count, drift_count
        )
        select
            record_drift.customer_id,
            record_drift.at,
            (
                select max(read_backs.read_at)
                from audit.read_backs
                where
                    read_backs.customer_id = record_drift.customer_id
                    and read_backs.is_whole
                    and read_backs.user_count is null
                    and read_backs.failure is null
            ),
            (
                select count(*)
                from absence.desired_within(record_drift.customer_id, record_drift.at)
            ),
            (
                select count(*)
                from telephony.placed
                where
                    placed.customer_id = record_drift.customer_id
                    and placed.ends_at > record_drift.at
            ),
            (
                select count(*)
                from telephony.shown
                where
                    shown.customer_id = record_drift.customer_id
                    and shown.origin = 'calendar'
                    and shown.ends_at > record_drift.at
            ),
            (select count(*) from found)
    ),

    recorded as (
        insert into audit.drifts (
            customer_id, user_id, checked_at, drift, entry_key, extension, starts_at, ends_at,
            kind, reason
        )
        select
            record_drift.customer_id,
            found.user_id,
            record_drift.at,
            found.drift,
            found.entry_key,
            found.extension,
            found.starts_at,
            found.ends_at,
            found.kind,
            found.reason
        from found
    )

    select count(*) from found;
$$;


--
-- Name: record_load_failures(bigint, bigint, timestamp with time zone); Type: FUNCTION; Schema: intake; Owner: -
--

CREATE FUNCTION intake.record_load_failures(customer_id bigint, load_id bigint, load_started_at timestamp with time zone) RETURNS void
    LANGUAGE sql
    AS $$
    insert into calendar.cursors as known (
        customer_id, user_id, calendar_id, rule_set_version, loaded_at, failed_at, failure
    )
    select
        load_failures.customer_id,
        load_failures.user_id,
        load_failures.calendar_id,
        extractions.rule_set_version,
        '-infinity',
        load_failures.failed_at,
        load_failures.failure
    from audit.load_failures
    inner join intake.extractions
        on load_failures.customer_id = extractions.customer_id
        and load_failures.user_id = extractions.user_id
    where
        load_failures.customer_id = record_load_failures.customer_id
        and load_failures.load_id = record_load_failures.load_id
        and load_failures.load_started_at = record_load_failures.load_started_at
    on conflict (customer_id, user_id, calendar_id) do update set
        failed_at = excluded.failed_at,
        failure = excluded.failure;
$$;


--
-- Name: record_outage(bigint, text, timestamp with time zone); Type: FUNCTION; Schema: intake; Owner: -
--

CREATE FUNCTION intake.record_outage(customer_id bigint, failure text, at timestamp with time zone) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    insert into audit.outages as known (
        customer_id, began_at, last_tried_at, failure
    )
    values (
        record_outage.customer_id,
        coalesce(
            (
                select outages.began_at
                from audit.outages
                where
                    outages.customer_id = record_outage.customer_id and outages.ended_at is null
            ),
            record_outage.at
        ),
        record_outage.at,
        record_outage.failure
    )
    on conflict (customer_id, began_at) do update set
        last_tried_at = excluded.last_tried_at,
        try_count = known.try_count + 1,
        failure = excluded.failure,
        ended_at = null;
$$;


--
-- Name: record_outcomes(bigint, bigint, timestamp with time zone, bigint[], uuid[], audit.outcome[], text[], text[], timestamp with time zone); Type: FUNCTION; Schema: intake; Owner: -
--

CREATE FUNCTION intake.record_outcomes(customer_id bigint, run_id bigint, planned_at timestamp with time zone, user_ids bigint[], absence_keys uuid[], outcomes audit.outcome[], versions text[], failures text[], at timestamp with time zone) RETURNS bigint
    LANGUAGE sql
    AS $$
    with

    ended as materialized (
        select
            changes.*,
            told.version
        from intake.end_changes(
            record_outcomes.customer_id, record_outcomes.run_id, record_outcomes.planned_at,
            record_outcomes.user_ids, record_outcomes.absence_keys, record_outcomes.outcomes,
            record_outcomes.failures, record_outcomes.at
        ) as changes
        inner join unnest(
            record_outcomes.user_ids, record_outcomes.absence_keys, record_outcomes.versions
        ) as told (user_id, absence_key, version)
            on changes.user_id = told.user_id and changes.absence_key = told.absence_key
    ),

    kept_versions as (
        insert into telephony.placed_versions
        select version.*
        from telephony.placed
        inner join ended
            on placed.customer_id = ended.customer_id
            and placed.user_id = ended.user_id
            and placed.absence_key = ended.absence_key
        cross join lateral intake.placed_version(
            placed, record_outcomes.at, case ended.action when 'withdraw' then 'withdrawn' else 'changed' end
        ) as version
        where ended.outcome in ('done', 'unchanged')
    ),

    gone as (
        delete from telephony.placed
        using ended
        where
            ended.action = 'withdraw'
            and ended.outcome in ('done', 'unchanged')
            and placed.customer_id = ended.customer_id
            and placed.user_id = ended.user_id
            and placed.absence_key = ended.absence_key
    ),

    standing as (
        insert into telephony.placed as known (
            customer_id, user_id, absence_key, extension, kind, reason, announced_reason,
            starts_at, ends_at, back_at, shown_text, target, ring_seconds, booking_keys,
            booking_marks, version_tag, acknowledged_at, held_from
        )
        select
            ended.customer_id, ended.user_id, ended.absence_key, content.extension,
            content.kind, content.reason, content.announced_reason, content.starts_at,
            content.ends_at, content.back_at, content.shown_text, content.target,
            content.ring_seconds, ended.booking_keys, ended.booking_marks, ended.version,
            record_outcomes.at, record_outcomes.at
        from ended
        cross join lateral jsonb_to_record(ended.after) as content (
            extension text, kind customer.kind, reason text, announced_reason text,
            starts_at timestamptz, ends_at timestamptz, back_at timestamptz, shown_text text,
            target text, ring_seconds integer
        )
        where ended.action <> 'withdraw' and ended.outcome in ('done', 'unchanged')
        on conflict (customer_id, user_id, absence_key) do update set
            extension = excluded.extension,
            kind = excluded.kind,
            reason = excluded.reason,
            announced_reason = excluded.announced_reason,
            starts_at = excluded.starts_at,
            ends_at = excluded.ends_at,
            back_at = excluded.back_at,
            shown_text = excluded.shown_text,
            target = excluded.target,
            ring_seconds = excluded.ring_seconds,
            booking_keys = excluded.booking_keys,
            booking_marks = excluded.booking_marks,
            version_tag = excluded.version_tag,
            acknowledged_at = excluded.acknowledged_at,
            held_from = greatest(excluded.held_from, known.held_from),
            missing_count = 0,
            is_unconfirmed = false
    )

    select count(*) from ended;
$$;


--
-- Name: series_of(text); Type: FUNCTION; Schema: intake; Owner: -
--

CREATE FUNCTION intake.series_of(booking_key text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN regexp_replace(booking_key, '/[0-9]{8}(T[0-9]{6}Z)?$'::text, ''::text);


--
-- Name: setting_changes(bigint, integer, integer); Type: FUNCTION; Schema: intake; Owner: -
--

CREATE FUNCTION intake.setting_changes(customer_id bigint, old_version integer, new_version integer) RETURNS TABLE(key text, old_value text, new_value text)
    LANGUAGE sql STABLE
    AS $$
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


--
-- Name: settle_groups(bigint, timestamp with time zone, text); Type: FUNCTION; Schema: intake; Owner: -
--

CREATE FUNCTION intake.settle_groups(customer_id bigint, at timestamp with time zone, changed_by text) RETURNS void
    LANGUAGE plpgsql
    AS $$
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


--
-- Name: settle_unknown(bigint, bigint[], timestamp with time zone); Type: FUNCTION; Schema: intake; Owner: -
--

CREATE FUNCTION intake.settle_unknown(customer_id bigint, user_ids bigint[], at timestamp with time zone) RETURNS bigint
    LANGUAGE sql
    AS $$
    with

    open_changes as materialized (
        select
            changes.*,
            -- of two under one key the newest tells what is to stand
            row_number() over (
                partition by changes.customer_id, changes.user_id, changes.absence_key
                order by changes.run_id desc
            ) as age
        from audit.changes
        where
            changes.customer_id = settle_unknown.customer_id
            and changes.user_id = any(settle_unknown.user_ids)
            and changes.outcome is null
            and changes.held_because is null
    ),

    judged as materialized (
        select
            open_changes.customer_id,
            open_changes.user_id,
            open_changes.run_id,
            open_changes.planned_at,
            open_changes.absence_key,
            open_changes.booking_keys,
            open_changes.booking_marks,
            open_changes.age,
            shown.entry_key is not null as is_shown,
            shown.extension,
            shown.kind,
            shown.reason,
            shown.announced_reason,
            shown.starts_at,
            shown.ends_at,
            shown.back_at,
            shown.shown_text,
            shown.target,
            shown.ring_seconds,
            shown.version_tag,
            case
                when open_changes.action = 'withdraw' then shown.entry_key is null
                else
                    shown.entry_key is not null
                    and wanted.extension = shown.extension
                    and wanted.kind = shown.kind
                    and wanted.reason = shown.reason
                    and wanted.starts_at = shown.starts_at
                    and wanted.ends_at = shown.ends_at
                    and wanted.shown_text is not distinct from shown.shown_text
                    and coalesce(wanted.announced_reason = shown.announced_reason, true)
                    and coalesce(wanted.back_at = shown.back_at, true)
                    and coalesce(wanted.target = shown.target, true)
                    and coalesce(wanted.ring_seconds = shown.ring_seconds, true)
            end as is_done
        from open_changes
        left join telephony.shown
            on open_changes.customer_id = shown.customer_id
            and open_changes.user_id = shown.user_id
            and open_changes.absence_key = shown.absence_key
            and shown.origin = 'calendar'
        cross join lateral jsonb_to_record(coalesce(open_changes.after, '{}')) as wanted (
            extension text, kind customer.kind, reason text, announced_reason text,
            starts_at timestamptz, ends_at timestamptz, back_at timestamptz, shown_text text,
            target text, ring_seconds integer
        )
    ),

    kept_versions as (
        insert into telephony.placed_versions
        select version.*
        from telephony.placed
        inner join judged
            on placed.customer_id = judged.customer_id
            and placed.user_id = judged.user_id
            and placed.absence_key = judged.absence_key
        cross join lateral intake.placed_version(
            placed, settle_unknown.at, case when judged.is_shown then 'changed' else 'not_found' end
        ) as version
        where judged.age = 1
    ),

    gone as (
        delete from telephony.placed
        using judged
        where
            judged.age = 1
            and not judged.is_shown
            and placed.customer_id = judged.customer_id
            and placed.user_id = judged.user_id
            and placed.absence_key = judged.absence_key
    ),

    standing as (
        insert into telephony.placed as known (
            customer_id, user_id, absence_key, extension, kind, reason, announced_reason,
            starts_at, ends_at, back_at, shown_text, target, ring_seconds, booking_keys,
            booking_marks, version_tag, acknowledged_at, seen_at, held_from
        )
        select
            customer_id, user_id, absence_key, extension, kind, reason,
            coalesce(announced_reason, reason), starts_at, ends_at,
            coalesce(back_at, ends_at), shown_text, coalesce(target, 'announcement'),
            coalesce(ring_seconds, 15), booking_keys, booking_marks, version_tag,
            settle_unknown.at, settle_unknown.at, settle_unknown.at
        from judged
        where age = 1 and is_shown
        on conflict (customer_id, user_id, absence_key) do update set
            extension = excluded.extension,
            kind = excluded.kind,
            reason = excluded.reason,
            announced_reason = excluded.announced_reason,
            starts_at = excluded.starts_at,
            ends_at = excluded.ends_at,
            back_at = excluded.back_at,
            shown_text = excluded.shown_text,
            target = excluded.target,
            ring_seconds = excluded.ring_seconds,
            booking_keys = excluded.booking_keys,
            booking_marks = excluded.booking_marks,
            version_tag = excluded.version_tag,
            acknowledged_at = excluded.acknowledged_at,
            held_from = greatest(excluded.held_from, known.held_from),
            seen_at = excluded.seen_at,
            missing_count = 0,
            is_unconfirmed = false
    ),

    settled as (
        select ended.user_id
        from (
            select
                judged.run_id,
                judged.planned_at,
                array_agg(judged.user_id) as user_ids,
                array_agg(judged.absence_key) as absence_keys,
                array_agg(
                    (case when judged.is_done then 'found_done' else 'found_undone' end)
                    ::audit.outcome
                ) as outcomes
            from judged
            group by judged.run_id, judged.planned_at
        ) as runs
        cross join lateral intake.end_changes(
            settle_unknown.customer_id, runs.run_id, runs.planned_at, runs.user_ids,
            runs.absence_keys, runs.outcomes, null, settle_unknown.at
        ) as ended
    )

    select count(*) from settled;
$$;


--
-- Name: sharing_codes(bigint, timestamp with time zone, bigint[]); Type: FUNCTION; Schema: intake; Owner: -
--

CREATE FUNCTION intake.sharing_codes(customer_id bigint, as_of timestamp with time zone, user_ids bigint[]) RETURNS bigint[]
    LANGUAGE plpgsql STABLE
    AS $$
#variable_conflict use_column
declare
    keys text[] := array(
        select bookings.booking_key
        from intake.bookings_at(
            sharing_codes.customer_id, sharing_codes.as_of, sharing_codes.user_ids
        ) as bookings
        where bookings.code is not null
    );
begin
    return array(
        select bookings.user_id
        from calendar.bookings
        where bookings.customer_id = sharing_codes.customer_id
            and bookings.booking_key = any(keys)
            and bookings.code is not null
            and bookings.held_from <= sharing_codes.as_of
        union
        select versions.user_id
        from calendar.booking_versions as versions
        where versions.customer_id = sharing_codes.customer_id
            and versions.booking_key = any(keys)
            and versions.code is not null
            and versions.held_during @> sharing_codes.as_of
    );
end
$$;


--
-- Name: shown; Type: TABLE; Schema: telephony; Owner: -
--

CREATE TABLE telephony.shown (
    customer_id bigint NOT NULL,
    user_id bigint NOT NULL,
    entry_key text NOT NULL,
    absence_key uuid,
    extension text NOT NULL,
    origin text NOT NULL,
    kind customer.kind NOT NULL,
    reason text NOT NULL,
    announced_reason text,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    back_at timestamp with time zone,
    shown_text text,
    target text,
    ring_seconds integer,
    version_tag text,
    set_by text,
    set_at timestamp with time zone,
    seen_at timestamp with time zone NOT NULL,
    held_from timestamp with time zone DEFAULT '-infinity'::timestamp with time zone NOT NULL,
    CONSTRAINT shown_origin_check CHECK ((origin = ANY (ARRAY['calendar'::text, 'person'::text, 'attendant'::text])))
);


--
-- Name: TABLE shown; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON TABLE telephony.shown IS 'One row per absence seen on the telephone side, whoever made it, at the last read-back.';


--
-- Name: COLUMN shown.held_from; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON COLUMN telephony.shown.held_from IS 'Since which read-back it looks so; -infinity where that was not written down.';


--
-- Name: shown_version(telephony.shown, timestamp with time zone, text); Type: FUNCTION; Schema: intake; Owner: -
--

CREATE FUNCTION intake.shown_version(shown telephony.shown, until timestamp with time zone, ended_by text) RETURNS SETOF telephony.shown_versions
    LANGUAGE sql STABLE
    AS $$
    select
        shown.customer_id, shown.user_id, shown.entry_key,
        tstzrange(shown.held_from, shown_version.until), shown_version.ended_by,
        shown.absence_key, shown.extension, shown.origin, shown.kind, shown.reason,
        shown.announced_reason, shown.starts_at, shown.ends_at, shown.back_at, shown.target,
        shown.ring_seconds, shown.set_by, shown.set_at
    where shown.held_from < shown_version.until;
$$;


--
-- Name: take_fence(bigint, text, text, timestamp with time zone, text, text); Type: FUNCTION; Schema: intake; Owner: -
--

CREATE FUNCTION intake.take_fence(customer_id bigint, work text, taken_by text, at timestamp with time zone, turn text DEFAULT NULL::text, shift text DEFAULT NULL::text) RETURNS bigint
    LANGUAGE sql
    AS $$
    select
        intake.begin_epoch(
            take_fence.customer_id,
            case when count(*) = 0 then 'first' else 'database' end,
            null,
            take_fence.at
        )
    from (
        select epochs.database_mark
        from customer.epochs
        where epochs.customer_id = take_fence.customer_id
        order by epochs.epoch desc
        limit 1
    ) as last
    having coalesce(max(last.database_mark), '') <> intake.database_mark();

    with

    numbered as (
        update customer.customers
        set fence = customers.fence + 1
        where customers.customer_id = take_fence.customer_id
        returning customers.fence
    ),

    begun as (
        insert into customer.turns as known (customer_id, turn, fence, shift)
        select
            take_fence.customer_id,
            take_fence.turn,
            numbered.fence,
            take_fence.shift
        from numbered
        where take_fence.turn is not null
        on conflict (customer_id, turn) do update set
            fence = excluded.fence,
            shift = excluded.shift
    )

    insert into customer.work as held (customer_id, work, fence, taken_at, taken_by)
    select
        take_fence.customer_id,
        take_fence.work,
        numbered.fence,
        take_fence.at,
        take_fence.taken_by
    from numbered
    on conflict (customer_id, work) do update set
        fence = excluded.fence,
        taken_at = excluded.taken_at,
        taken_by = excluded.taken_by
    returning fence;
$$;


--
-- Name: take_in(bigint, bigint, bigint, timestamp with time zone); Type: FUNCTION; Schema: intake; Owner: -
--

CREATE FUNCTION intake.take_in(customer_id bigint, load_id bigint, staged_count bigint, at timestamp with time zone) RETURNS TABLE(added_count bigint, changed_count bigint, vanished_count bigint)
    LANGUAGE plpgsql
    AS $$
#variable_conflict use_column
declare
    block_count bigint := pg_relation_size('staging.bookings')
        / current_setting('block_size')::bigint;
    first_row tid := format('(%s,0)', greatest(block_count - 16 - take_in.staged_count / 8, 0));
    last_row tid;
    user_ids bigint[];
    found_count bigint;
    unknown_count bigint;
    is_whole boolean := false;
begin
    -- What a load stages mostly stands at the end, behind what those before it left to the next
    -- vacuum; else somewhere in the room that a vacuum made.
    loop
        select
            array_agg(user_id),
            coalesce(sum(row_count), 0),
            coalesce(min(of_users.first_row), '(0,0)'),
            coalesce(max(of_users.last_row), '(0,0)')
        into user_ids, found_count, first_row, last_row
        from (
            select
                user_id,
                count(*) as row_count,
                min(staged.place) as first_row,
                max(staged.place) as last_row
            from (
                select bookings.user_id, bookings.ctid as place from staging.bookings
                where bookings.customer_id = take_in.customer_id
                    and bookings.load_id = take_in.load_id
                    and bookings.ctid >= first_row
                union all
                select coverage.user_id, null from staging.coverage
                where coverage.customer_id = take_in.customer_id
                    and coverage.load_id = take_in.load_id
            ) as staged
            group by user_id
        ) as of_users;
        exit when found_count >= take_in.staged_count or is_whole;
        first_row := '(0,0)';
        is_whole := true;
    end loop;
    if found_count <> take_in.staged_count then
        raise exception 'staging does not hold what was sent; the load is taken back'
            using errcode = 'KK002';
    end if;

    -- Nobody calls for a load afresh between what is minimised now and its cursor.
    perform pg_advisory_xact_lock_shared(intake.load_afresh_lock(take_in.customer_id));

    with

    differing as materialized (
        select
            coalesce((staged).user_id, (stored).user_id) as user_id,
            (staged).user_id is not null as is_staged,
            (stored).user_id is not null as is_stored,
            staged,
            stored
        from intake.differing(
            take_in.customer_id, take_in.load_id, user_ids, first_row, last_row, take_in.at
        )
    ),

    kept_versions as (
        insert into calendar.booking_versions (
            customer_id, user_id, calendar_id, resource_key, booking_key, held_during, ended_by,
            starts_at, ends_at, start_date, end_date, show_as, sensitivity, response,
            is_cancelled, code, code_reason, code_kind, shown_text, is_choice, is_choice_skip,
            choice_reason, choice_kind, mark, rule_set_version, load_id
        )
        select
            old.customer_id, old.user_id, old.calendar_id, old.resource_key, old.booking_key,
            tstzrange(
                old.held_from, greatest(take_in.at, old.held_from + interval '1 microsecond')
            ),
            case when differing.is_staged then 'changed' else 'vanished' end,
            old.starts_at, old.ends_at, old.start_date, old.end_date, old.show_as,
            old.sensitivity, old.response, old.is_cancelled, old.code, old.code_reason,
            old.code_kind,
            -- Text goes with the last row that shows any.
            case when (differing.staged).shown_text is not null then old.shown_text end,
            old.is_choice, old.is_choice_skip, old.choice_reason, old.choice_kind, old.mark,
            old.rule_set_version, old.load_id
        from differing
        cross join lateral (select (differing.stored).*) as old
        where differing.is_stored
    ),

    removed as (
        delete from calendar.bookings as gone
        using differing
        where not differing.is_staged
            and gone.customer_id = take_in.customer_id
            and gone.user_id = differing.user_id
            and gone.calendar_id = (differing.stored).calendar_id
            and gone.resource_key = (differing.stored).resource_key
            and gone.booking_key = (differing.stored).booking_key
    ),

    -- What a foreign key would look up, and keep, for each booking.
    wanted_calendars as materialized (
        select distinct user_id, (staged).calendar_id from differing where not is_stored
    ),

    held_calendars as materialized (
        select calendars.user_id
        from wanted_calendars
        cross join lateral (
            select * from roster.calendars
            where calendars.customer_id = take_in.customer_id
                and calendars.user_id = wanted_calendars.user_id
                and calendars.calendar_id = wanted_calendars.calendar_id
            for key share
        ) as calendars
    ),

    added as (
        insert into calendar.bookings
        select (differing.staged).* from differing where not differing.is_stored
    ),

    changed as (
        update calendar.bookings as known
        set starts_at = fresh.starts_at,
            ends_at = fresh.ends_at,
            start_date = fresh.start_date,
            end_date = fresh.end_date,
            show_as = fresh.show_as,
            sensitivity = fresh.sensitivity,
            response = fresh.response,
            is_cancelled = fresh.is_cancelled,
            code = fresh.code,
            code_reason = fresh.code_reason,
            code_kind = fresh.code_kind,
            near_miss = fresh.near_miss,
            shown_text = fresh.shown_text,
            is_choice = fresh.is_choice,
            is_choice_skip = fresh.is_choice_skip,
            choice_reason = fresh.choice_reason,
            choice_kind = fresh.choice_kind,
            mark = fresh.mark,
            rule_set_version = fresh.rule_set_version,
            load_id = fresh.load_id,
            -- What came and went at one instant, or while the clock was put back, held as well.
            held_from = greatest(fresh.held_from, known.held_from + interval '1 microsecond'),
            account = null,
            account_because = null
        from differing
        cross join lateral (select (differing.staged).*) as fresh
        where differing.is_staged
            and differing.is_stored
            and known.customer_id = take_in.customer_id
            and known.user_id = fresh.user_id
            and known.calendar_id = fresh.calendar_id
            and known.resource_key = fresh.resource_key
            and known.booking_key = fresh.booking_key
    ),

    counted as (
        insert into calendar.taken_in as known (customer_id, user_id, version_count)
        select take_in.customer_id, differing.user_id, count(*)
        from differing
        where differing.is_staged
        group by differing.user_id
        order by differing.user_id
        on conflict (customer_id, user_id) do update
        set version_count = known.version_count + excluded.version_count
    ),

    touched as (
        insert into calendar.touched as marks (customer_id, user_id, cause, since)
        select distinct take_in.customer_id, differing.user_id, 'booking', take_in.at
        from differing
        order by differing.user_id
        on conflict (customer_id, user_id, cause) do update set times = marks.times + 1
    )

    select
        (select count(*) from wanted_calendars) - (select count(*) from held_calendars),
        count(*) filter (where differing.is_staged and not differing.is_stored),
        count(*) filter (where differing.is_staged and differing.is_stored),
        count(*) filter (where not differing.is_staged)
    into unknown_count, added_count, changed_count, vanished_count
    from differing;
    if unknown_count > 0 then
        raise exception 'bookings of a calendar that is not in the roster; the load is taken back'
            using errcode = 'foreign_key_violation';
    end if;

    -- A hold whose bookings have changed is over, also where they change back (domain P-4).
    delete from telephony.holds
    where holds.customer_id = take_in.customer_id
        and holds.user_id in (
            select coverage.user_id from staging.coverage
            where coverage.customer_id = take_in.customer_id
                and coverage.load_id = take_in.load_id
        )
        and not exists (
            select from absence.standing_holds
            where standing_holds.customer_id = holds.customer_id
                and standing_holds.user_id = holds.user_id
                and standing_holds.absence_key = holds.absence_key
                and standing_holds.held_from = holds.held_from
        );

    perform intake.take_in_resources(
        take_in.customer_id, take_in.load_id, user_ids, first_row, last_row
    );
    perform intake.take_in_progress(take_in.customer_id, take_in.load_id, take_in.at);
    delete from staging.bookings
    where bookings.customer_id = take_in.customer_id
        and bookings.load_id = take_in.load_id
        and bookings.ctid between first_row and last_row;
    return next;
end
$$;


--
-- Name: take_in_calendars(bigint, timestamp with time zone); Type: FUNCTION; Schema: intake; Owner: -
--

CREATE FUNCTION intake.take_in_calendars(customer_id bigint, at timestamp with time zone) RETURNS SETOF bigint
    LANGUAGE sql
    AS $$
    with

    wanted as (
        select
            users.user_id,
            named.source,
            named.address
        from staging.roster
        inner join roster.users
            on roster.customer_id = users.customer_id and roster.user_key = users.user_key
        cross join lateral unnest(roster.calendar_sources, roster.calendar_addresses)
            as named (source, address)
        where roster.customer_id = take_in_calendars.customer_id
    ),

    left_out as (
        update roster.calendars as calendars
        set
            is_active = not before.is_active,
            held_from = greatest(take_in_calendars.at, before.held_from)
        from roster.calendars as before
        left join wanted
            on before.user_id = wanted.user_id
            and before.source = wanted.source
            and before.address = wanted.address
        where before.customer_id = take_in_calendars.customer_id
            and calendars.customer_id = before.customer_id
            and calendars.user_id = before.user_id
            and calendars.calendar_id = before.calendar_id
            and before.is_active = (wanted.user_id is null)
        returning
            calendars.user_id, calendars.calendar_id, before.held_from, before.is_active
    ),

    kept_versions as (
        insert into roster.calendar_versions
        select
            take_in_calendars.customer_id,
            left_out.user_id,
            left_out.calendar_id,
            tstzrange(left_out.held_from, take_in_calendars.at),
            left_out.is_active
        from left_out
        where left_out.held_from < take_in_calendars.at
    ),

    added as (
        insert into roster.calendars (
            customer_id, user_id, calendar_id, source, address, held_from
        )
        select
            take_in_calendars.customer_id,
            wanted.user_id,
            coalesce((
                select max(known.calendar_id) from roster.calendars as known
                where known.customer_id = take_in_calendars.customer_id
                    and known.user_id = wanted.user_id
            ), 0) + row_number() over (
                partition by wanted.user_id order by wanted.source, wanted.address
            ),
            wanted.source,
            wanted.address,
            take_in_calendars.at
        from (select distinct * from wanted) as wanted
        where not exists (
            select from roster.calendars as known
            where known.customer_id = take_in_calendars.customer_id
                and known.user_id = wanted.user_id
                and known.source = wanted.source
                and known.address = wanted.address
        )
        returning user_id
    )

    select user_id from left_out
    union
    select user_id from added;
$$;


--
-- Name: take_in_capabilities(bigint, customer.kind[], text[], boolean, boolean, text, integer, integer, integer, boolean, boolean, text[], text, boolean, timestamp with time zone); Type: FUNCTION; Schema: intake; Owner: -
--

CREATE FUNCTION intake.take_in_capabilities(customer_id bigint, kinds customer.kind[], targets text[], has_future_start boolean, ends_by_itself boolean, end_reach text, entries_per_user integer, time_grain integer, text_length integer, has_ring_seconds boolean, has_return_time boolean, reasons text[], default_reason text, is_readable boolean, at timestamp with time zone) RETURNS void
    LANGUAGE plpgsql
    AS $$
#variable_conflict use_column
declare
    was_complete boolean := coalesce(
        (
            select exchanges.is_complete from telephony.exchanges
            where exchanges.customer_id = take_in_capabilities.customer_id
        ),
        true
    );
begin
    perform intake.end_outage(take_in_capabilities.customer_id, take_in_capabilities.at);

    insert into telephony.exchanges as known (
        customer_id, kinds, targets, has_future_start, ends_by_itself, end_reach,
        entries_per_user, time_grain, text_length, has_ring_seconds, has_return_time, reasons,
        default_reason, is_readable, learned_at
    )
    values (
        take_in_capabilities.customer_id, take_in_capabilities.kinds,
        take_in_capabilities.targets, take_in_capabilities.has_future_start,
        take_in_capabilities.ends_by_itself, take_in_capabilities.end_reach,
        take_in_capabilities.entries_per_user, take_in_capabilities.time_grain,
        take_in_capabilities.text_length, take_in_capabilities.has_ring_seconds,
        take_in_capabilities.has_return_time, take_in_capabilities.reasons,
        take_in_capabilities.default_reason, take_in_capabilities.is_readable,
        take_in_capabilities.at
    )
    on conflict (customer_id) do update set
        kinds = excluded.kinds,
        targets = excluded.targets,
        has_future_start = excluded.has_future_start,
        ends_by_itself = excluded.ends_by_itself,
        end_reach = excluded.end_reach,
        entries_per_user = excluded.entries_per_user,
        time_grain = excluded.time_grain,
        text_length = excluded.text_length,
        has_ring_seconds = excluded.has_ring_seconds,
        has_return_time = excluded.has_return_time,
        reasons = excluded.reasons,
        default_reason = excluded.default_reason,
        is_readable = excluded.is_readable,
        learned_at = excluded.learned_at
    where (
        known.kinds, known.targets, known.has_future_start, known.ends_by_itself,
        known.end_reach, known.entries_per_user, known.time_grain, known.text_length,
        known.has_ring_seconds, known.has_return_time, known.reasons, known.default_reason,
        known.is_readable
    ) is distinct from (
        excluded.kinds, excluded.targets, excluded.has_future_start, excluded.ends_by_itself,
        excluded.end_reach, excluded.entries_per_user, excluded.time_grain,
        excluded.text_length, excluded.has_ring_seconds, excluded.has_return_time,
        excluded.reasons, excluded.default_reason, excluded.is_readable
    );
    if found and not (
        was_complete
        and (
            select exchanges.is_complete from telephony.exchanges
            where exchanges.customer_id = take_in_capabilities.customer_id
        )
    ) then
        perform intake.touch(
            take_in_capabilities.customer_id, null, 'exchange', take_in_capabilities.at
        );
    end if;
end
$$;


--
-- Name: take_in_cursors(bigint, bigint, timestamp with time zone); Type: FUNCTION; Schema: intake; Owner: -
--

CREATE FUNCTION intake.take_in_cursors(customer_id bigint, load_id bigint, at timestamp with time zone) RETURNS void
    LANGUAGE plpgsql
    SET enable_hashjoin TO 'off'
    SET enable_mergejoin TO 'off'
    SET plan_cache_mode TO 'force_generic_plan'
    AS $$
#variable_conflict use_column
begin
    with

    whole as (
        select coverage.user_id, coverage.calendar_id
        from staging.coverage
        where coverage.customer_id = take_in_cursors.customer_id
            and coverage.load_id = take_in_cursors.load_id
            and coverage.scope = ''
    ),

    read_calendars as materialized (
        select
            cursors.user_id,
            cursors.calendar_id,
            -- Where the calendar was to be loaded afresh meanwhile, it still is.
            case when cursors.generation = calendars.generation then cursors.cursor end as cursor,
            rule_sets.rule_set_version,
            case when whole.is_whole then take_in_cursors.at end as whole_at,
            case when whole.is_whole then take_in_cursors.load_id end as whole_load_id,
            case when cursors.failures <> '{}' then take_in_cursors.at end as failed_at,
            nullif(array_to_string(cursors.failures, '; '), '') as failure,
            known.user_id is not null as is_known,
            known.whole_at is not null as was_whole
        from staging.cursors
        inner join roster.calendars
            on cursors.customer_id = calendars.customer_id
            and cursors.user_id = calendars.user_id
            and cursors.calendar_id = calendars.calendar_id
        inner join customer.rule_sets
            on cursors.customer_id = rule_sets.customer_id and upper_inf(rule_sets.held_during)
        left join calendar.cursors as known
            on cursors.customer_id = known.customer_id
            and cursors.user_id = known.user_id
            and cursors.calendar_id = known.calendar_id
        cross join lateral (
            select (cursors.user_id, cursors.calendar_id) in (
                select whole.user_id, whole.calendar_id from whole
            ) as is_whole
        ) as whole
        where cursors.customer_id = take_in_cursors.customer_id
            and cursors.load_id = take_in_cursors.load_id
    ),

    moved as (
        update calendar.cursors as known
        set cursor = read_calendars.cursor,
            rule_set_version = read_calendars.rule_set_version,
            loaded_at = take_in_cursors.at,
            whole_at = coalesce(read_calendars.whole_at, known.whole_at),
            load_id = take_in_cursors.load_id,
            whole_load_id = coalesce(read_calendars.whole_load_id, known.whole_load_id),
            failed_at = read_calendars.failed_at,
            failure = read_calendars.failure,
            first_whole_at = coalesce(known.first_whole_at, read_calendars.whole_at)
        from read_calendars
        where read_calendars.is_known
            and known.customer_id = take_in_cursors.customer_id
            and known.user_id = read_calendars.user_id
            and known.calendar_id = read_calendars.calendar_id
    ),

    begun as (
        insert into calendar.cursors (
            customer_id, user_id, calendar_id, cursor, rule_set_version, loaded_at, whole_at,
            load_id, whole_load_id, failed_at, failure, first_whole_at
        )
        select
            take_in_cursors.customer_id, user_id, calendar_id, cursor, rule_set_version,
            take_in_cursors.at, whole_at, take_in_cursors.load_id, whole_load_id, failed_at,
            failure, whole_at
        from read_calendars
        where not is_known
    )

    -- From the first whole reading on earlier calendars of the user count no longer.
    insert into calendar.touched as marks (customer_id, user_id, cause, since)
    select distinct take_in_cursors.customer_id, user_id, 'calendar', take_in_cursors.at
    from read_calendars
    where not was_whole
    order by user_id
    on conflict (customer_id, user_id, cause) do update set times = marks.times + 1;
end
$$;


--
-- Name: take_in_customer(jsonb, timestamp with time zone, text); Type: FUNCTION; Schema: intake; Owner: -
--

CREATE FUNCTION intake.take_in_customer(settings jsonb, at timestamp with time zone, applied_by text) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
#variable_conflict use_column
declare
    number bigint;
begin
    -- One new customer at a time, so that numbers are minted once. Not by a lock on the table: it
    -- would wait for a trial's shadow, and every pass would wait behind it for a fence.
    perform pg_advisory_xact_lock(hashtext('customer.customers'));
    select keys.customer_id into number
    from customer.keys
    where keys.customer_key = settings ->> 'customer';
    if number is null then
        insert into customer.keys (customer_key, customer_id)
        select settings ->> 'customer', coalesce(max(keys.customer_id), 0) + 1
        from customer.keys
        returning keys.customer_id into number;
    end if;

    insert into customer.customers as known (
        customer_id, customer_key, name, time_zone, language, calendars, exchange, presence,
        contract, created_at
    )
    values (
        number,
        settings ->> 'customer',
        settings ->> 'name',
        settings ->> 'timezone',
        settings ->> 'language',
        settings -> 'calendars',
        settings -> 'exchange',
        nullif(settings -> 'presence', 'null'),
        nullif(settings -> 'contract', 'null'),
        at
    )
    on conflict (customer_id) do update set
        name = excluded.name,
        time_zone = excluded.time_zone,
        language = excluded.language,
        calendars = excluded.calendars,
        exchange = excluded.exchange,
        presence = excluded.presence,
        contract = excluded.contract;

    insert into customer.limits as known (
        customer_id, withdrawn_share, withdrawn_share_from, withdrawn_count,
        newly_direct_share, newly_direct_from, newly_direct_count
    )
    select
        number, given.withdrawn_share, given.withdrawn_share_from, given.withdrawn_count,
        given.newly_direct_share, given.newly_direct_from, given.newly_direct_count
    from jsonb_to_record(settings -> 'limits') as given (
        withdrawn_share numeric, withdrawn_share_from integer, withdrawn_count integer,
        newly_direct_share numeric, newly_direct_from integer, newly_direct_count integer
    )
    on conflict (customer_id) do update set
        withdrawn_share = excluded.withdrawn_share,
        withdrawn_share_from = excluded.withdrawn_share_from,
        withdrawn_count = excluded.withdrawn_count,
        newly_direct_share = excluded.newly_direct_share,
        newly_direct_from = excluded.newly_direct_from,
        newly_direct_count = excluded.newly_direct_count;

    delete from customer.retentions
    where retentions.customer_id = number
        and not coalesce(settings -> 'retention', '{}') ? retentions.purpose;
    insert into customer.retentions
    select number, given.key, given.value::integer
    from jsonb_each_text(coalesce(nullif(settings -> 'retention', 'null'), '{}')) as given
    on conflict (customer_id, purpose) do update set months = excluded.months;

    -- A second file at the same instant takes the place of the first.
    if (
        select versions.settings from customer.customer_versions as versions
        where versions.customer_id = number and upper_inf(versions.held_during)
    ) is distinct from take_in_customer.settings then
        update customer.customer_versions as versions
        set held_during = tstzrange(lower(versions.held_during), at)
        where versions.customer_id = number
            and upper_inf(versions.held_during)
            and lower(versions.held_during) < at;
        insert into customer.customer_versions
        select
            number,
            tstzrange(
                greatest(
                    at,
                    max(lower(versions.held_during)) filter (where upper_inf(versions.held_during))
                ), null
            ),
            take_in_customer.settings,
            take_in_customer.applied_by
        from customer.customer_versions as versions
        where versions.customer_id = number
        on conflict (customer_id, held_during) do update set
            settings = excluded.settings, applied_by = excluded.applied_by;
    end if;

    perform intake.name_groups(
        number, coalesce(settings -> 'groups', '[]'), at, take_in_customer.applied_by
    );
    return number;
end
$$;


--
-- Name: take_in_groups(bigint, bigint, timestamp with time zone, text); Type: FUNCTION; Schema: intake; Owner: -
--

CREATE FUNCTION intake.take_in_groups(customer_id bigint, staged_count bigint, at timestamp with time zone, read_by text) RETURNS TABLE(source text, group_key text, service text, member_count integer, unknown_count integer, joined_count integer, left_count integer, failure text)
    LANGUAGE plpgsql
    AS $$
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


--
-- Name: take_in_preferences(bigint, bigint, jsonb, timestamp with time zone, text); Type: FUNCTION; Schema: intake; Owner: -
--

CREATE FUNCTION intake.take_in_preferences(customer_id bigint, user_id bigint, settings jsonb, at timestamp with time zone, applied_by text DEFAULT NULL::text) RETURNS boolean
    LANGUAGE plpgsql
    AS $$
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


--
-- Name: take_in_progress(bigint, bigint, timestamp with time zone); Type: FUNCTION; Schema: intake; Owner: -
--

CREATE FUNCTION intake.take_in_progress(customer_id bigint, load_id bigint, at timestamp with time zone) RETURNS void
    LANGUAGE plpgsql
    AS $$
#variable_conflict use_column
begin
    -- What was covered now and is not broken any more leaves the quarantine.
    delete from calendar.quarantine as held
    using staging.coverage
    where coverage.customer_id = take_in_progress.customer_id
        and coverage.load_id = take_in_progress.load_id
        and held.customer_id = coverage.customer_id
        and held.user_id = coverage.user_id
        and held.calendar_id = coverage.calendar_id
        and case
            when coverage.is_prefix then starts_with(held.resource_key, coverage.scope)
            else held.resource_key = coverage.scope
        end
        and not exists (
            select from staging.quarantine
            where quarantine.customer_id = held.customer_id
                and quarantine.load_id = take_in_progress.load_id
                and quarantine.user_id = held.user_id
                and quarantine.calendar_id = held.calendar_id
                and quarantine.resource_key = held.resource_key
                and coalesce(quarantine.booking_key, '') = held.booking_key
        );

    insert into calendar.quarantine as held (
        customer_id, user_id, calendar_id, resource_key, booking_key, reason, is_degraded, since
    )
    select distinct on (user_id, calendar_id, resource_key, coalesce(booking_key, ''))
        quarantine.customer_id, user_id, calendar_id, resource_key, coalesce(booking_key, ''),
        reason, is_degraded, take_in_progress.at
    from staging.quarantine
    where quarantine.customer_id = take_in_progress.customer_id
        and quarantine.load_id = take_in_progress.load_id
    order by user_id, calendar_id, resource_key, coalesce(booking_key, ''), is_degraded, reason
    on conflict (customer_id, user_id, calendar_id, resource_key, booking_key) do update
    set reason = excluded.reason, is_degraded = excluded.is_degraded
    where (held.reason, held.is_degraded) is distinct from
        (excluded.reason, excluded.is_degraded);

    perform intake.take_in_cursors(
        take_in_progress.customer_id, take_in_progress.load_id, take_in_progress.at
    );

    delete from staging.coverage
    where coverage.customer_id = take_in_progress.customer_id
        and coverage.load_id = take_in_progress.load_id;
    delete from staging.resources
    where resources.customer_id = take_in_progress.customer_id
        and resources.load_id = take_in_progress.load_id;
    delete from staging.quarantine
    where quarantine.customer_id = take_in_progress.customer_id
        and quarantine.load_id = take_in_progress.load_id;
    delete from staging.cursors
    where cursors.customer_id = take_in_progress.customer_id
        and cursors.load_id = take_in_progress.load_id;
end
$$;


--
-- Name: take_in_resources(bigint, bigint, bigint[], tid, tid); Type: FUNCTION; Schema: intake; Owner: -
--

CREATE FUNCTION intake.take_in_resources(customer_id bigint, load_id bigint, user_ids bigint[], first_row tid, last_row tid) RETURNS void
    LANGUAGE plpgsql
    SET enable_nestloop TO 'off'
    SET enable_mergejoin TO 'off'
    SET enable_sort TO 'off'
    SET plan_cache_mode TO 'force_generic_plan'
    AS $$
#variable_conflict use_column
begin
    with

    differing as materialized (
        select
            fresh.*,
            known.user_id as known_user_id,
            known.calendar_id as known_calendar_id,
            known.resource_key as known_key,
            known.place
        from (
            select user_id, calendar_id, resource_key, mark
            from staging.resources
            where resources.customer_id = take_in_resources.customer_id
                and resources.load_id = take_in_resources.load_id
            union all
            select user_id, calendar_id, resource_key, resource_mark
            from staging.bookings
            where bookings.customer_id = take_in_resources.customer_id
                and bookings.load_id = take_in_resources.load_id
                and bookings.ctid between
                take_in_resources.first_row and take_in_resources.last_row
                and bookings.resource_mark is not null
        ) as fresh
        full join (
            select resources.*
            from unnest(take_in_resources.user_ids) as users (user_id)
            cross join lateral (
                select *, ctid as place from calendar.resources
                where resources.customer_id = take_in_resources.customer_id
                    and resources.user_id = users.user_id
                order by resources.calendar_id, resources.resource_key
                offset 0
            ) as resources
        ) as known
            on fresh.user_id = known.user_id
            and fresh.calendar_id = known.calendar_id
            and fresh.resource_key = known.resource_key
        where fresh.mark is distinct from known.mark
    ),

    -- What was covered and is not named any more is gone.
    removed as (
        delete from calendar.resources
        where ctid = any(array(
            select gone.place
            from differing as gone
            where gone.user_id is null
                and exists (
                    select from staging.coverage
                    where coverage.customer_id = take_in_resources.customer_id
                        and coverage.load_id = take_in_resources.load_id
                        and coverage.user_id = gone.known_user_id
                        and coverage.calendar_id = gone.known_calendar_id
                        and case
                            when coverage.is_prefix
                                then starts_with(gone.known_key, coverage.scope)
                            else gone.known_key = coverage.scope
                        end
                )
        ))
    )

    insert into calendar.resources as known (
        customer_id, user_id, calendar_id, resource_key, mark
    )
    select take_in_resources.customer_id, user_id, calendar_id, resource_key, min(mark)
    from differing
    where user_id is not null
    group by user_id, calendar_id, resource_key
    on conflict (customer_id, user_id, calendar_id, resource_key) do update
    set mark = excluded.mark
    where known.mark <> excluded.mark;
end
$$;


--
-- Name: take_in_roster(bigint, bigint, timestamp with time zone, text); Type: FUNCTION; Schema: intake; Owner: -
--

CREATE FUNCTION intake.take_in_roster(customer_id bigint, staged_count bigint, at timestamp with time zone, imported_by text) RETURNS TABLE(added_count bigint, changed_count bigint, left_count bigint)
    LANGUAGE plpgsql
    AS $$
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


--
-- Name: take_in_rule_rows(bigint, integer, jsonb, jsonb, jsonb); Type: FUNCTION; Schema: intake; Owner: -
--

CREATE FUNCTION intake.take_in_rule_rows(customer_id bigint, version integer, template jsonb, rules jsonb, overrides jsonb) RETURNS void
    LANGUAGE sql
    AS $$
    insert into customer.show_as_rules
    select
        take_in_rule_rows.customer_id,
        take_in_rule_rows.version,
        given.key::customer.show_as,
        row.rule = '"skip"',
        row.rule ->> 'reason',
        (row.rule ->> 'kind')::customer.kind,
        case when overrides -> 'show_as' ? given.key then 'administrator' else 'template' end
    from jsonb_each(template -> 'show_as') as given
    cross join lateral (
        select coalesce(overrides -> 'show_as' -> given.key, given.value) as rule
    ) as row;

    insert into customer.office_hours
    select
        take_in_rule_rows.customer_id,
        take_in_rule_rows.version,
        array_position(array['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], hours.key),
        split_part(hours.value, '-', 1)::interval,
        split_part(hours.value, '-', 2)::interval
    from jsonb_each_text(rules -> 'office_hours') as hours;

    insert into customer.holidays
    select distinct
        take_in_rule_rows.customer_id,
        take_in_rule_rows.version,
        holiday::date
    from jsonb_array_elements_text(rules -> 'holidays') as holiday;

    insert into customer.announced_reasons
    select
        take_in_rule_rows.customer_id,
        take_in_rule_rows.version,
        announced.key,
        announced.value
    from jsonb_each_text(rules -> 'announce_as') as announced;

    insert into customer.reasons
    select
        take_in_rule_rows.customer_id,
        take_in_rule_rows.version,
        reason,
        phone_code,
        label_sv,
        label_no,
        label_en
    from customer.template_reasons
    where system = (
        select rule_sets.system
        from customer.rule_sets
        where rule_sets.customer_id = take_in_rule_rows.customer_id
            and rule_set_version = take_in_rule_rows.version
    )
    and not coalesce(overrides -> 'reasons' ? reason, false)
    union all
    select
        take_in_rule_rows.customer_id,
        take_in_rule_rows.version,
        own.key,
        own.value ->> 'phone_code',
        own.value ->> 'sv',
        own.value ->> 'no',
        own.value ->> 'en'
    from jsonb_each(overrides -> 'reasons') as own;

    insert into customer.grammars
    select
        take_in_rule_rows.customer_id,
        take_in_rule_rows.version,
        grammar.key,
        intake.pattern_of(grammar.value, array_agg(codes.code order by codes.code)),
        case grammar.value ->> 'sign' when 'before' then '{2,3}' else '{1}' end::integer[],
        case grammar.value ->> 'sign' when 'before' then 1 when 'after' then 2 else 0 end,
        (grammar.value ->> 'kind')::customer.kind,
        intake.near_patterns_of(grammar.value, array_agg(codes.code order by codes.code))
    from jsonb_each(intake.grammars_of(template, overrides)) as grammar
    inner join intake.codes_of(template, overrides) as codes on grammar.key = codes.grammar
    group by grammar.key, grammar.value;

    insert into customer.code_signs
    select
        grammars.customer_id,
        grammars.rule_set_version,
        grammars.grammar,
        sign.key,
        sign.value::customer.kind
    from customer.grammars
    inner join jsonb_each(intake.grammars_of(template, overrides)) as grammar
        on grammars.grammar = grammar.key
    cross join lateral jsonb_each_text(grammar.value -> 'signs') as sign
    where
        grammars.customer_id = take_in_rule_rows.customer_id
        and grammars.rule_set_version = take_in_rule_rows.version;

    insert into customer.codes
    select
        take_in_rule_rows.customer_id,
        take_in_rule_rows.version,
        codes.grammar,
        codes.code,
        codes.reason,
        codes.is_doubtful
    from intake.codes_of(template, overrides) as codes;
$$;


--
-- Name: take_in_rule_set(bigint, text, jsonb, timestamp with time zone, text); Type: FUNCTION; Schema: intake; Owner: -
--

CREATE FUNCTION intake.take_in_rule_set(customer_id bigint, system text, overrides jsonb, at timestamp with time zone, applied_by text) RETURNS integer
    LANGUAGE plpgsql
    AS $_$
#variable_conflict use_column
declare
    template jsonb;
    rules jsonb;
    grammars jsonb;
    current_set customer.rule_sets;
    next_version integer;
    digest text;
    resolved text;
    from_when timestamptz;
begin
    select templates.rules into template
    from customer.templates
    where templates.system = take_in_rule_set.system;
    if not found then
        raise exception 'no template for the system %', take_in_rule_set.system
            using errcode = 'KK003', hint = 'run jobs/deploy-schema, which fills the templates';
    end if;
    grammars := intake.grammars_of(template, overrides);
    if jsonb_path_exists(grammars, '$.* ? (@ == null)') or exists (
        select from intake.codes_of(template, overrides) as codes
        where codes.grammar is null or not grammars ? codes.grammar
    ) then
        raise exception 'the system % has no such grammar for codes', take_in_rule_set.system
            using errcode = 'KK004',
            hint = 'codes need a grammar: of the template, or one under rules.grammars';
    end if;
    rules := template || (overrides - 'show_as' - 'codes' - 'reasons' - 'grammars');

    select rule_sets.* into current_set
    from customer.rule_sets
    where rule_sets.customer_id = take_in_rule_set.customer_id
        and upper_inf(rule_sets.held_during)
    for update;
    resolved := encode(sha256(convert_to(jsonb_build_array(
        take_in_rule_set.system, template, overrides
    )::text, 'UTF8')), 'hex');
    if current_set.resolved_digest = resolved then
        return current_set.rule_set_version;
    end if;

    digest := encode(sha256(convert_to(jsonb_build_array(
        grammars,
        (select jsonb_agg(codes) from intake.codes_of(template, overrides) as codes),
        rules -> 'text', rules -> 'text_chosen_by', rules -> 'private', rules -> 'sync', rules -> 'user_rules'
    )::text, 'UTF8')), 'hex');
    next_version := coalesce(current_set.rule_set_version, 0) + 1;
    -- behind the beginning of the version that it ends, so that each has held
    from_when := greatest(at, lower(current_set.held_during) + interval '1 microsecond');

    update customer.rule_sets
    set held_during = tstzrange(lower(held_during), from_when)
    where rule_sets.customer_id = take_in_rule_set.customer_id
        and rule_sets.rule_set_version = current_set.rule_set_version;

    insert into customer.rule_sets
    select
        take_in_rule_set.customer_id,
        next_version,
        take_in_rule_set.system,
        rules ->> 'sync',
        rules ->> 'private',
        rules ->> 'all_day',
        (rules ->> 'office_hours_only')::boolean,
        make_interval(secs => (rules ->> 'merge_gap')::double precision),
        array(select jsonb_array_elements_text(rules -> 'text')),
        rules ->> 'text_chosen_by',
        (rules ->> 'user_rules')::boolean,
        (rules ->> 'diversion_service_required')::boolean,
        (rules ->> 'enabled_by_default')::boolean,
        rules ->> 'default_reason',
        case (rules ->> 'forwarding')::boolean
            when true then 'direct'
            when false then 'information'
            else (rules ->> 'default_kind')
        end::customer.kind,
        rules ->> 'return_time',
        (rules ->> 'ring_seconds')::integer,
        (rules ->> 'days_ahead')::integer,
        digest,
        resolved,
        overrides,
        tstzrange(from_when, null),
        applied_by;

    perform intake.take_in_rule_rows(
        take_in_rule_set.customer_id, next_version, template, rules, overrides
    );

    if current_set.extraction_digest is distinct from digest then
        perform intake.load_afresh(take_in_rule_set.customer_id, null);
    end if;
    perform intake.touch(take_in_rule_set.customer_id, null, 'rules', at);
    return next_version;
end
$_$;


--
-- Name: take_in_shown(bigint, bigint, bigint, bigint[], boolean, timestamp with time zone); Type: FUNCTION; Schema: intake; Owner: -
--

CREATE FUNCTION intake.take_in_shown(customer_id bigint, read_back_id bigint, staged_count bigint, user_ids bigint[], is_whole boolean, at timestamp with time zone) RETURNS TABLE(entry_count bigint, hold_count bigint, doubted_count bigint)
    LANGUAGE plpgsql
    AS $$
#variable_conflict use_column
declare
    missing_count bigint := 0;
    seen_count bigint := 0;
    is_believed boolean := false;
    is_restored boolean;
    holds bigint := 0;
begin
    if take_in_shown.staged_count <> (
        select count(*) from staging.shown
        where shown.customer_id = take_in_shown.customer_id
            and shown.read_back_id = take_in_shown.read_back_id
    ) then
        raise exception 'staging does not hold what was sent; the read-back is taken back'
            using errcode = 'KK002';
    end if;

    -- No index leads from a key to its absence, and one by one all would be searched for each:
    -- whatever statistics say of tables that were filled just now, they are joined once.
    set local enable_nestloop = off;
    create temporary table seen on commit drop as
    select
        users.user_id, shown.entry_key, shown.absence_key, shown.extension, shown.origin,
        shown.kind, shown.reason, shown.announced_reason,
        -- Whole seconds outwards, as ours have: what is clipped around it must not differ for
        -- ever from what can be placed.
        date_trunc('second', shown.starts_at) as starts_at,
        date_trunc('second', shown.ends_at + interval '999999 microseconds') as ends_at,
        date_trunc('second', shown.back_at) as back_at, shown.shown_text, shown.target, shown.ring_seconds, shown.version_tag,
        shown.set_by, shown.set_at
    from staging.shown
    left join telephony.placed
        on shown.customer_id = placed.customer_id and shown.absence_key = placed.absence_key
    left join (
        select distinct on (extension) extension, user_id
        from roster.users
        where customer_id = take_in_shown.customer_id
        order by extension asc, is_active desc, user_id asc
    ) as holders
        on shown.extension = holders.extension
    -- The owner of a key of ours is known, whatever extension it stands at.
    cross join lateral (
        select coalesce(
            placed.user_id,
            (
                select changes.user_id from audit.changes
                where changes.customer_id = take_in_shown.customer_id
                    and changes.absence_key = shown.absence_key
                    and changes.outcome is null
                    and changes.held_because is null
                limit 1
            ),
            holders.user_id
        ) as user_id
    ) as users
    where shown.customer_id = take_in_shown.customer_id
        and shown.read_back_id = take_in_shown.read_back_id
        and users.user_id is not null;
    set local enable_nestloop to default;
    analyze seen;

    insert into calendar.touched as marks (customer_id, user_id, cause, since)
    select distinct take_in_shown.customer_id, user_id, 'read_back', take_in_shown.at
    from (select * from seen where seen.origin <> 'calendar') as after
    full join (
        select * from telephony.shown
        where shown.customer_id = take_in_shown.customer_id and shown.origin <> 'calendar'
            and (take_in_shown.user_ids is null or shown.user_id = any(take_in_shown.user_ids))
            and shown.ends_at > take_in_shown.at
    ) as before using (user_id, entry_key)
    where (after.starts_at, after.ends_at) is distinct from (before.starts_at, before.ends_at)
        and (after.starts_at is not null or take_in_shown.is_whole)
    order by user_id
    on conflict (customer_id, user_id, cause) do update set times = marks.times + 1;

    with

    -- What has ended was not asked for, and has still to be clipped around.
    gone as (
        delete from telephony.shown as before
        where before.customer_id = take_in_shown.customer_id
            and take_in_shown.is_whole
            and (take_in_shown.user_ids is null or before.user_id = any(take_in_shown.user_ids))
            and before.ends_at > take_in_shown.at
            and not exists (
                select from seen
                where seen.user_id = before.user_id and seen.entry_key = before.entry_key
            )
        returning before as earlier
    )

    insert into telephony.shown_versions
    select version.*
    from gone
    cross join lateral intake.shown_version(gone.earlier, take_in_shown.at, 'gone') as version;

    with

    written as (
        insert into telephony.shown as before (
            customer_id, user_id, entry_key, absence_key, extension, origin, kind, reason,
            announced_reason, starts_at, ends_at, back_at, shown_text, target, ring_seconds,
            version_tag, set_by, set_at, seen_at, held_from
        )
        select
            take_in_shown.customer_id, user_id, entry_key, absence_key, extension, origin, kind,
            reason, announced_reason, starts_at, ends_at, back_at, shown_text, target,
            ring_seconds, version_tag, set_by, set_at, take_in_shown.at, take_in_shown.at
        from seen
        on conflict (customer_id, user_id, entry_key) do update set
            absence_key = excluded.absence_key, extension = excluded.extension,
            origin = excluded.origin, kind = excluded.kind, reason = excluded.reason,
            announced_reason = excluded.announced_reason, starts_at = excluded.starts_at,
            ends_at = excluded.ends_at, back_at = excluded.back_at,
            shown_text = excluded.shown_text, target = excluded.target,
            ring_seconds = excluded.ring_seconds, version_tag = excluded.version_tag,
            set_by = excluded.set_by, set_at = excluded.set_at, seen_at = excluded.seen_at,
            held_from = case
                when (
                    excluded.absence_key, excluded.extension, excluded.origin, excluded.kind,
                    excluded.reason, excluded.announced_reason, excluded.starts_at,
                    excluded.ends_at, excluded.back_at, excluded.target, excluded.ring_seconds,
                    excluded.set_by, excluded.set_at
                ) is not distinct from (
                    before.absence_key, before.extension, before.origin, before.kind,
                    before.reason, before.announced_reason, before.starts_at, before.ends_at,
                    before.back_at, before.target, before.ring_seconds, before.set_by,
                    before.set_at
                ) then before.held_from
                else greatest(excluded.held_from, before.held_from)
            end
        returning before.user_id, before.entry_key, before.held_from
    )

    -- Of the rows as they were: what now holds from another instant looks otherwise.
    insert into telephony.shown_versions
    select version.*
    from written
    inner join telephony.shown as before
        on before.customer_id = take_in_shown.customer_id
        and written.user_id = before.user_id
        and written.entry_key = before.entry_key
    cross join lateral intake.shown_version(before, written.held_from, 'changed') as version;

    -- Seen at last, and no longer missing.
    update telephony.placed
    set seen_at = coalesce(placed.seen_at, take_in_shown.at),
        missing_count = 0,
        -- What was placed since the exchange was read is newer than what was read; where what
        -- stands is something else, intake.find_hand_edits says whether that is newer.
        version_tag = case
            when placed.acknowledged_at <= take_in_shown.at
                and (placed.kind, placed.starts_at, placed.ends_at)
                = (seen.kind, seen.starts_at, seen.ends_at) then seen.version_tag
            else placed.version_tag
        end
    from seen
    where placed.customer_id = take_in_shown.customer_id
        and placed.user_id = seen.user_id
        and placed.absence_key = seen.absence_key
        and (
            placed.seen_at is null
            or placed.missing_count > 0
            or (
                placed.acknowledged_at <= take_in_shown.at
                and placed.version_tag is distinct from seen.version_tag
            )
        );

    select exists (
        select from customer.epochs
        where epochs.customer_id = take_in_shown.customer_id and epochs.adopted_at is null
    )
    into is_restored;
    if not is_restored then
        perform intake.adopt_shown(take_in_shown.customer_id, take_in_shown.at);
    elsif take_in_shown.is_whole and take_in_shown.user_ids is null then
        perform intake.adopt_restored(take_in_shown.customer_id, true, take_in_shown.at);
    end if;

    if take_in_shown.is_whole and not is_restored then
        select count(*) filter (where shown.entry_key is null), count(*)
        into missing_count, seen_count
        from telephony.placed
        left join telephony.shown
            on placed.customer_id = shown.customer_id
            and placed.user_id = shown.user_id
            and placed.absence_key = shown.absence_key
        where placed.customer_id = take_in_shown.customer_id
            and (take_in_shown.user_ids is null or placed.user_id = any(take_in_shown.user_ids))
            and placed.seen_at < take_in_shown.at
            and placed.ends_at > take_in_shown.at;
        is_believed := missing_count <= greatest(3, seen_count * 0.3);
    end if;
    if not is_restored then
        holds := intake.find_hand_edits(
            take_in_shown.customer_id, take_in_shown.user_ids, is_believed, take_in_shown.at
        );
    end if;

    return query
    select
        count(*),
        holds,
        case when take_in_shown.is_whole and not is_believed then missing_count else 0 end
    from seen;
    drop table seen;
    delete from staging.shown
    where shown.customer_id = take_in_shown.customer_id
        and shown.read_back_id = take_in_shown.read_back_id;
end
$$;


--
-- Name: touch(bigint, bigint[], text, timestamp with time zone); Type: FUNCTION; Schema: intake; Owner: -
--

CREATE FUNCTION intake.touch(customer_id bigint, user_ids bigint[], cause text, at timestamp with time zone) RETURNS void
    LANGUAGE sql
    AS $$
    insert into calendar.touched as marks (customer_id, user_id, cause, since)
    select
        touch.customer_id,
        chosen.user_id,
        touch.cause,
        touch.at
    from (
        -- Looked up one by one, for they are few.
        select users.user_id
        from (select distinct unnest(touch.user_ids) as user_id) as named
        inner join roster.users
            on users.customer_id = touch.customer_id and named.user_id = users.user_id
        union all
        select users.user_id
        from roster.users
        where
            touch.user_ids is null
            and users.customer_id = touch.customer_id
            and users.is_active
    ) as chosen
    order by chosen.user_id
    on conflict (customer_id, user_id, cause) do update set times = marks.times + 1;
$$;


--
-- Name: touch_boundaries(bigint, timestamp with time zone); Type: FUNCTION; Schema: intake; Owner: -
--

CREATE FUNCTION intake.touch_boundaries(customer_id bigint, as_of timestamp with time zone) RETURNS void
    LANGUAGE sql
    AS $$
    with

    now_only as (
        select
            exchanges.boundaries_at as old_at,
            least(exchanges.boundaries_at, touch_boundaries.as_of) as since,
            greatest(exchanges.boundaries_at, touch_boundaries.as_of) as until,
            make_interval(secs => exchanges.time_grain) as step,
            exchanges.end_reach = 'today' as has_days,
            rule_sets.is_office_hours_only
            or rule_sets.all_day = 'office_hours' as has_office_hours,
            rule_sets.rule_set_version
        from telephony.exchanges
        inner join customer.rule_sets
            on exchanges.customer_id = rule_sets.customer_id
            and upper_inf(rule_sets.held_during)
        where
            exchanges.customer_id = touch_boundaries.customer_id
            and not (
                exchanges.has_future_start
                and exchanges.ends_by_itself
                and exchanges.end_reach = 'any'
                and exchanges.entries_per_user is null
            )
    ),

    reached as (
        update telephony.exchanges
        set boundaries_at = touch_boundaries.as_of
        from now_only
        where
            exchanges.customer_id = touch_boundaries.customer_id
            and now_only.old_at is distinct from touch_boundaries.as_of
    ),

    -- Time zones in which a part of a booking may have begun or ended.
    turning as (
        select zones.time_zone
        from now_only
        cross join (
            select distinct users.time_zone
            from roster.users
            where users.customer_id = touch_boundaries.customer_id
        ) as zones
        cross join lateral (
            select interval '0' as wall_time
            where now_only.has_days
            union
            select hours.wall_time
            from customer.office_hours
            cross join lateral (
                values (office_hours.opens_at), (office_hours.closes_at)
            ) as hours (wall_time)
            where
                now_only.has_office_hours
                and office_hours.customer_id = touch_boundaries.customer_id
                and office_hours.rule_set_version = now_only.rule_set_version
        ) as walls
        cross join lateral generate_series(
            date_trunc('day', now_only.since at time zone zones.time_zone) - interval '1 day',
            (now_only.until + now_only.step) at time zone zones.time_zone,
            interval '1 day'
        ) as days (day)
        cross join lateral (
            select
                intake.instant_of(days.day + walls.wall_time, zones.time_zone) as turns_at
        ) as turns
        where
            turns.turns_at > now_only.since
            and date_bin(now_only.step, turns.turns_at, '2000-01-01Z') <= now_only.until
        group by zones.time_zone
    ),

    stretches as (
        select
            bookings.user_id,
            bookings.starts_at,
            bookings.ends_at,
            users.time_zone in (select turning.time_zone from turning) as has_parts
        from calendar.bookings
        cross join now_only
        inner join roster.users
            on bookings.customer_id = users.customer_id and bookings.user_id = users.user_id
        where
            bookings.customer_id = touch_boundaries.customer_id
            and bookings.ends_at > now_only.since
            and bookings.starts_at < now_only.until + now_only.step

        union all

        select
            shown.user_id,
            shown.starts_at,
            shown.ends_at,
            false
        from telephony.shown
        cross join now_only
        where
            shown.customer_id = touch_boundaries.customer_id
            and shown.origin <> 'calendar'
            and shown.ends_at > now_only.since
            and shown.starts_at < now_only.until + now_only.step
    ),

    crossed as (
        select stretches.user_id
        from stretches
        cross join now_only
        cross join lateral (
            select
                date_bin(now_only.step, stretches.starts_at, '2000-01-01Z') as starts_at,
                date_bin(now_only.step, stretches.ends_at, '2000-01-01Z') as ends_at
        ) as told
        where
            stretches.has_parts
            or (told.starts_at > now_only.since and told.starts_at <= now_only.until)
            or (told.ends_at > now_only.since and told.ends_at <= now_only.until)

        union

        select placed.user_id
        from telephony.placed
        cross join now_only
        where
            placed.customer_id = touch_boundaries.customer_id
            and placed.ends_at > now_only.since
            and placed.ends_at <= now_only.until
    )

    insert into calendar.touched as marks (customer_id, user_id, cause, since)
    select
        touch_boundaries.customer_id,
        crossed.user_id,
        'boundary',
        touch_boundaries.as_of
    from crossed
    order by crossed.user_id
    on conflict (customer_id, user_id, cause) do update set times = marks.times + 1;
$$;


--
-- Name: touch_horizon(bigint, timestamp with time zone); Type: FUNCTION; Schema: intake; Owner: -
--

CREATE FUNCTION intake.touch_horizon(customer_id bigint, as_of timestamp with time zone) RETURNS void
    LANGUAGE sql
    AS $$
    with

    horizon as (
        select
            customers.horizon_at as old_at,
            touch_horizon.as_of + make_interval(hours => 24 * rule_sets.days_ahead) as new_at,
            rule_sets.is_office_hours_only or rule_sets.all_day = 'office_hours' as has_parts
        from customer.customers
        inner join customer.rule_sets
            on customers.customer_id = rule_sets.customer_id
            and upper_inf(rule_sets.held_during)
        where customers.customer_id = touch_horizon.customer_id
    ),

    reached as (
        update customer.customers
        set horizon_at = horizon.new_at
        from horizon
        where
            customers.customer_id = touch_horizon.customer_id
            and horizon.old_at is distinct from horizon.new_at
    )

    -- Each by an index of its own, for every minute asks, and little comes within a minute.
    insert into calendar.touched as marks (customer_id, user_id, cause, since)
    select distinct
        touch_horizon.customer_id,
        arrived.user_id,
        'horizon',
        touch_horizon.as_of
    from (
        select bookings.user_id
        from calendar.bookings
        cross join horizon
        where
            bookings.customer_id = touch_horizon.customer_id
            and bookings.starts_at >= horizon.old_at
            and bookings.starts_at < horizon.new_at

        union all

        select bookings.user_id
        from calendar.bookings
        cross join horizon
        where
            bookings.customer_id = touch_horizon.customer_id
            and bookings.ends_at >= horizon.old_at
            and bookings.ends_at < horizon.new_at

        union all

        select bookings.user_id
        from calendar.bookings
        cross join horizon
        where
            horizon.has_parts
            and bookings.customer_id = touch_horizon.customer_id
            and bookings.ends_at >= horizon.old_at
            -- Not by the index of starts, for most began long ago.
            and horizon.new_at - bookings.starts_at > interval '0'
    ) as arrived
    order by arrived.user_id
    on conflict (customer_id, user_id, cause) do update set times = marks.times + 1;
$$;


--
-- Name: touch_planned(bigint, bigint, timestamp with time zone); Type: FUNCTION; Schema: intake; Owner: -
--

CREATE FUNCTION intake.touch_planned(customer_id bigint, run_id bigint, planned_at timestamp with time zone) RETURNS void
    LANGUAGE sql
    AS $$
    insert into calendar.touched as marks (customer_id, user_id, cause, since)
    select distinct
        changes.customer_id,
        changes.user_id,
        'planned',
        changes.planned_at
    from audit.changes
    where
        changes.customer_id = touch_planned.customer_id
        and changes.run_id = touch_planned.run_id
        and changes.planned_at = touch_planned.planned_at
        and changes.outcome is null
        and changes.held_because is null
    order by changes.user_id
    on conflict (customer_id, user_id, cause) do update set times = marks.times + 1;
$$;


--
-- Name: whole_seconds(timestamp with time zone); Type: FUNCTION; Schema: intake; Owner: -
--

CREATE FUNCTION intake.whole_seconds(instant timestamp with time zone) RETURNS timestamp with time zone
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN CASE WHEN (instant = (instant)::timestamp(0) with time zone) THEN instant ELSE date_trunc('second'::text, instant) END;


--
-- Name: condition_of(text); Type: FUNCTION; Schema: privacy; Owner: -
--

CREATE FUNCTION privacy.condition_of(found_by text) RETURNS text
    LANGUAGE sql IMMUTABLE
    RETURN CASE found_by WHEN 'user'::text THEN 'customer_id = $1 and user_id = $2'::text WHEN 'mail'::text THEN 'customer_id = $1 and mail_addresses && $3'::text WHEN 'phone'::text THEN 'customer_key = $4 and extension = any($5)'::text ELSE NULL::text END;


--
-- Name: empty_of(regtype); Type: FUNCTION; Schema: privacy; Owner: -
--

CREATE FUNCTION privacy.empty_of(column_type regtype) RETURNS text
    LANGUAGE sql STABLE
    RETURN CASE WHEN (((column_type)::text = 'jsonb'::text) OR ((column_type)::text ~~ '%[]'::text)) THEN ('''{}''::'::text || (column_type)::text) ELSE 'null'::text END;


--
-- Name: erase(bigint, bigint, text, timestamp with time zone, text); Type: FUNCTION; Schema: privacy; Owner: -
--

CREATE FUNCTION privacy.erase(customer_id bigint, user_id bigint, pseudonym text, at timestamp with time zone, erased_by text) RETURNS TABLE(table_name text, erasure text, row_count bigint)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
declare
    person privacy.persons;
    place privacy.places;
    assignments text;
    total bigint := 0;
begin
    if exists (
        select from privacy.obstacles(erase.customer_id, erase.user_id, erase.at)
    ) then
        raise exception 'the user is in the roster or on a telephone' using errcode = 'KK002';
    end if;
    select * into strict person from privacy.persons
    where persons.customer_id = erase.customer_id and persons.user_id = erase.user_id;
    for table_name, erasure, row_count in
        select * from privacy.erasure_of(erase.customer_id, erase.user_id) as erasures
        where erasures.erasure <> 'kept'
    loop
        return next;
        total := total + row_count;
    end loop;

    -- So that the loads that brought the bookings still balance.
    perform intake.forget_versions(
        erase.customer_id, '-infinity', array[erase.user_id], erase.at
    );
    -- What a plan would have done to the person's telephone, and when.
    perform privacy.erase_fingerprints(erase.customer_id, erase.user_id);
    for place in
        select * from privacy.places
        where places.erasure in ('deleted', 'emptied')
            and privacy.condition_of(places.found_by) is not null
        order by places.height, places.table_name
    loop
        if place.erasure = 'deleted' then
            execute format(
                'delete from %s where %s', place.oid::regclass,
                privacy.condition_of(place.found_by)
            )
            using
                person.customer_id, person.user_id, person.mail_addresses, person.customer_key,
                person.extensions;
        else
            select string_agg(
                format('%1$I = case when %1$I is not null then %2$s end', attname,
                    privacy.empty_of(atttypid)),
                ', '
            )
            into assignments
            from pg_attribute
            where attrelid = place.oid and attname = any(place.emptied);
            execute format(
                'update %s set %s where %s', place.oid::regclass, assignments,
                privacy.condition_of(place.found_by)
            )
            using
                person.customer_id, person.user_id, person.mail_addresses, person.customer_key,
                person.extensions;
        end if;
    end loop;

    update roster.users
    set
        user_key = 'erased-' || left(erase.pseudonym, 16) || '-' || erase.user_id,
        name = '',
        extension = '00',
        mail_addresses = '{}',
        has_calendar = false,
        has_diversion = false,
        held_from = erase.at
    where users.customer_id = erase.customer_id and users.user_id = erase.user_id;

    insert into audit.erasures (
        customer_id, user_id, erased_at, pseudonym, erased_by, row_count
    )
    values (
        erase.customer_id, erase.user_id, erase.at, erase.pseudonym, erase.erased_by, total
    );
end
$_$;


--
-- Name: erase_fingerprints(bigint, bigint); Type: FUNCTION; Schema: privacy; Owner: -
--

CREATE FUNCTION privacy.erase_fingerprints(customer_id bigint, user_id bigint) RETURNS void
    LANGUAGE sql
    AS $$
    update audit.refusals
    set
        changes = privacy.without_changes_of(
            erase_fingerprints.customer_id, erase_fingerprints.user_id, refusals.changes
        )
    where refusals.customer_id = erase_fingerprints.customer_id;

    update audit.approvals
    set
        changes = privacy.without_changes_of(
            erase_fingerprints.customer_id, erase_fingerprints.user_id, approvals.changes
        )
    where approvals.customer_id = erase_fingerprints.customer_id;
$$;


--
-- Name: erasure_of(bigint, bigint); Type: FUNCTION; Schema: privacy; Owner: -
--

CREATE FUNCTION privacy.erasure_of(customer_id bigint, user_id bigint) RETURNS TABLE(table_name text, erasure text, row_count bigint)
    LANGUAGE sql STABLE
    AS $$
    select
        held_about.table_name,
        places.erasure,
        jsonb_array_length(held_about.held)::bigint
    from privacy.held_about(erasure_of.customer_id, erasure_of.user_id)
    inner join privacy.places on held_about.table_name = places.table_name
    order by held_about.table_name;
$$;


--
-- Name: export_of(bigint, bigint, timestamp with time zone); Type: FUNCTION; Schema: privacy; Owner: -
--

CREATE FUNCTION privacy.export_of(customer_id bigint, user_id bigint, at timestamp with time zone) RETURNS text
    LANGUAGE sql STABLE
    AS $$
    select jsonb_pretty(
        jsonb_build_object(
            'customer', persons.customer_key,
            'user', persons.user_key,
            'exported_at', export_of.at,
            'tables', (
                select jsonb_agg(
                    jsonb_build_object(
                        'table', held_about.table_name,
                        'meaning', held_about.meaning,
                        'purpose', held_about.purpose,
                        'rows', held_about.held
                    )
                    order by held_about.table_name
                )
                from privacy.held_about(export_of.customer_id, export_of.user_id)
            )
        )
    )
    from privacy.persons
    where
        persons.customer_id = export_of.customer_id and persons.user_id = export_of.user_id;
$$;


--
-- Name: held_about(bigint, bigint); Type: FUNCTION; Schema: privacy; Owner: -
--

CREATE FUNCTION privacy.held_about(customer_id bigint, user_id bigint) RETURNS TABLE(table_name text, meaning text, purpose text, held jsonb)
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    person privacy.persons;
    place privacy.places;
    found jsonb;
begin
    select * into person from privacy.persons
    where persons.customer_id = held_about.customer_id and persons.user_id = held_about.user_id;
    for place in
        select * from privacy.places
        where privacy.condition_of(places.found_by) is not null
        order by places.table_name
    loop
        execute format(
            'select jsonb_agg(to_jsonb(held) order by held::text) from %s as held where %s',
            place.oid::regclass, privacy.condition_of(place.found_by)
        )
        into found
        using
            person.customer_id, person.user_id, person.mail_addresses, person.customer_key,
            person.extensions;
        if found is not null then
            return query select place.table_name, place.meaning, place.purpose, found;
        end if;
    end loop;
end
$$;


--
-- Name: obstacles(bigint, bigint, timestamp with time zone); Type: FUNCTION; Schema: privacy; Owner: -
--

CREATE FUNCTION privacy.obstacles(customer_id bigint, user_id bigint, at timestamp with time zone) RETURNS TABLE(obstacle text)
    LANGUAGE sql STABLE
    AS $$
    select 'in_roster'
    from roster.users
    where
        users.customer_id = obstacles.customer_id
        and users.user_id = obstacles.user_id
        and users.is_active

    union all

    select 'placed'
    where exists (
        select from telephony.placed
        where placed.customer_id = obstacles.customer_id
            and placed.user_id = obstacles.user_id
            and placed.ends_at > obstacles.at
    )

    union all

    select 'unknown'
    from absence.unsettled_users
    where
        unsettled_users.customer_id = obstacles.customer_id
        and unsettled_users.user_id = obstacles.user_id;
$$;


--
-- Name: without_changes_of(bigint, bigint, text[]); Type: FUNCTION; Schema: privacy; Owner: -
--

CREATE FUNCTION privacy.without_changes_of(customer_id bigint, user_id bigint, fingerprints text[]) RETURNS text[]
    LANGUAGE sql STABLE
    AS $$
    select coalesce(array_agg(told.fingerprint order by told.place), '{}')
    from unnest(without_changes_of.fingerprints) with ordinality as told (fingerprint, place)
    where
        not starts_with(
            told.fingerprint, 'create for ' || without_changes_of.user_id || ' '
        )
        and not exists (
            select from audit.changes
            where changes.customer_id = without_changes_of.customer_id
                and changes.user_id = without_changes_of.user_id
                and changes.absence_key::text = split_part(told.fingerprint, ' ', 2)
        );
$$;


--
-- Name: absence_route(text, text, text, timestamp with time zone); Type: FUNCTION; Schema: switchboard; Owner: -
--

CREATE FUNCTION switchboard.absence_route(customer text, called text, caller text DEFAULT ''::text, at timestamp with time zone DEFAULT statement_timestamp()) RETURNS TABLE(kind text, reason text, until text, ring_ms integer, target text, shown_text text, language text, display_name text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    return query
    select
        held.kind::text,
        held.announced_reason,
        to_char(held.back_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
        held.ring_seconds * 1000,
        held.target,
        coalesce(held.shown_text, ''),
        extensions.language,
        extensions.display_name
    from switchboard.absences as held
    inner join switchboard.extensions
        on held.customer_key = extensions.customer_key and held.extension = extensions.extension
    where held.customer_key = absence_route.customer
        and held.extension = absence_route.called
        and held.starts_at <= absence_route.at
        and held.ends_at > absence_route.at
        and not exists (
            select from switchboard.extensions as calling
            where calling.customer_key = absence_route.customer
                and calling.extension = absence_route.caller
                and calling.is_attendant
        )
    order by (held.origin = 'calendar'), held.kind desc, held.ends_at desc, held.absence_key
    limit 1;
end
$$;


--
-- Name: FUNCTION absence_route(customer text, called text, caller text, at timestamp with time zone); Type: COMMENT; Schema: switchboard; Owner: -
--

COMMENT ON FUNCTION switchboard.absence_route(customer text, called text, caller text, at timestamp with time zone) IS 'What now for this extension: the absence that counts for a call, or no row.';


--
-- Name: apply_batch(text, bigint, timestamp with time zone, jsonb, jsonb); Type: FUNCTION; Schema: switchboard; Owner: -
--

CREATE FUNCTION switchboard.apply_batch(customer text, fence bigint, at timestamp with time zone, extensions jsonb, changes jsonb) RETURNS TABLE(absence_key uuid, outcome text, version bigint)
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
begin
    insert into switchboard.fences as held (customer_key, fence)
    values (apply_batch.customer, apply_batch.fence)
    on conflict (customer_key) do update set fence = excluded.fence
    where held.fence <= excluded.fence;
    if not found then
        raise exception 'a newer run writes to this switchboard' using errcode = 'KK001';
    end if;

    insert into switchboard.extensions as known
        (customer_key, extension, display_name, language, time_zone)
    select apply_batch.customer, wanted.extension, wanted.display_name, wanted.language,
        wanted.time_zone
    from jsonb_to_recordset(apply_batch.extensions) as wanted (
        extension text, display_name text, language text, time_zone text
    )
    on conflict (customer_key, extension) do update set
        display_name = excluded.display_name,
        language = excluded.language,
        time_zone = excluded.time_zone
    where (known.display_name, known.language, known.time_zone)
        is distinct from (excluded.display_name, excluded.language, excluded.time_zone);

    return query
    with wanted as materialized (
        select *
        from jsonb_to_recordset(apply_batch.changes) as wanted (
            action text, absence_key uuid, expected_version bigint, extension text,
            kind switchboard.kind, reason text, announced_reason text, starts_at timestamptz,
            ends_at timestamptz, back_at timestamptz, shown_text text, target text,
            ring_seconds integer
        )
    ),
    judged as materialized (
        select
            wanted.*,
            seen.version as seen_version,
            case
                when seen.absence_key is null and wanted.action = 'withdraw' then 'unchanged'
                when seen.absence_key is null and wanted.action = 'update' then 'conflict'
                when seen.absence_key is null then 'done'
                when seen.origin <> 'calendar' then 'conflict'
                when wanted.action <> 'withdraw' and (
                    seen.extension, seen.kind, seen.reason, seen.announced_reason,
                    seen.starts_at, seen.ends_at, seen.back_at, seen.shown_text, seen.target,
                    seen.ring_seconds
                ) is not distinct from (
                    wanted.extension, wanted.kind, wanted.reason, wanted.announced_reason,
                    wanted.starts_at, wanted.ends_at, wanted.back_at, wanted.shown_text,
                    wanted.target, wanted.ring_seconds
                ) then 'unchanged'
                when seen.version <> wanted.expected_version then 'conflict'
                else 'done'
            end as outcome
        from wanted
        left join switchboard.absences as seen
            on seen.customer_key = apply_batch.customer
            and wanted.absence_key = seen.absence_key
    ),
    removed as (
        delete from switchboard.absences as gone
        using judged
        where judged.outcome = 'done' and judged.action = 'withdraw'
            and gone.customer_key = apply_batch.customer
            and gone.absence_key = judged.absence_key
        returning gone.absence_key, null::bigint as version
    ),
    changed as (
        update switchboard.absences as kept
        set extension = judged.extension,
            kind = judged.kind,
            reason = judged.reason,
            announced_reason = judged.announced_reason,
            starts_at = judged.starts_at,
            ends_at = judged.ends_at,
            back_at = judged.back_at,
            shown_text = judged.shown_text,
            target = judged.target,
            ring_seconds = judged.ring_seconds,
            set_by = 'kalenderkoppling',
            set_at = apply_batch.at
        from judged
        where judged.outcome = 'done' and judged.action <> 'withdraw'
            and kept.customer_key = apply_batch.customer
            and kept.absence_key = judged.absence_key
        returning kept.absence_key, kept.version
    ),
    created as (
        insert into switchboard.absences (
            customer_key, absence_key, extension, kind, reason, announced_reason, starts_at,
            ends_at, back_at, shown_text, target, ring_seconds, origin, set_by, set_at
        )
        select apply_batch.customer, judged.absence_key, judged.extension, judged.kind,
            judged.reason, judged.announced_reason, judged.starts_at, judged.ends_at,
            judged.back_at, judged.shown_text, judged.target, judged.ring_seconds, 'calendar',
            'kalenderkoppling', apply_batch.at
        from judged
        where judged.outcome = 'done' and judged.action = 'create'
            and judged.seen_version is null
        returning switchboard.absences.absence_key, switchboard.absences.version
    )
    select
        judged.absence_key,
        judged.outcome,
        coalesce(changed.version, created.version, judged.seen_version)
    from judged
    left join changed on judged.absence_key = changed.absence_key
    left join created on judged.absence_key = created.absence_key
    left join removed on judged.absence_key = removed.absence_key;

    -- A pair that overlaps in the end is told here and not at the commit.
    set constraints switchboard.absences_calendar_one_at_a_time_excl immediate;
end
$$;


--
-- Name: FUNCTION apply_batch(customer text, fence bigint, at timestamp with time zone, extensions jsonb, changes jsonb); Type: COMMENT; Schema: switchboard; Owner: -
--

COMMENT ON FUNCTION switchboard.apply_batch(customer text, fence bigint, at timestamp with time zone, extensions jsonb, changes jsonb) IS 'Puts and removes Kalenderkoppling''s own absences, repeatably; one row per change.';


--
-- Name: call_route(text, text, text, timestamp with time zone); Type: FUNCTION; Schema: switchboard; Owner: -
--

CREATE FUNCTION switchboard.call_route(customer text, called text, caller text DEFAULT ''::text, at timestamp with time zone DEFAULT statement_timestamp()) RETURNS TABLE(kind text, reason text, until text, ring_ms integer, target text, shown_text text, proxy_mode text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    held record;
    back_at timestamptz;
    told_reason text;
    target_number text;
begin
    select
        absences.kind,
        absences.announced_reason,
        absences.back_at,
        absences.ring_seconds,
        absences.target,
        absences.shown_text,
        extensions.display_name,
        extensions.time_zone,
        case extensions.language
            when 'no' then 'nb_NO' when 'en' then 'en_GB' else 'sv_SE'
        end as locale,
        settings.sip_domain,
        settings.announcement,
        settings.voicemail,
        settings.trunk,
        settings.proxy_mode,
        calling.extension is not null as is_colleague,
        coalesce(calling.is_attendant, false) as rings_through
    into held
    from switchboard.absences
    inner join switchboard.extensions
        on absences.customer_key = extensions.customer_key
        and absences.extension = extensions.extension
    inner join switchboard.settings on absences.customer_key = settings.customer_key
    left join switchboard.extensions as calling
        on calling.customer_key = call_route.customer and calling.extension = call_route.caller
    where absences.customer_key = call_route.customer
        and absences.extension = call_route.called
        and absences.starts_at <= call_route.at
        and absences.ends_at > call_route.at
    order by
        (absences.origin = 'calendar'), absences.kind desc, absences.ends_at desc,
        absences.absence_key
    limit 1;
    if not found then
        return;
    end if;

    back_at := held.back_at;
    if held.kind <> 'information' then
        with standing as materialized (
            select
                tstzrange(absences.starts_at, absences.ends_at) as during,
                absences.back_at,
                absences.kind <> 'information' as diverts,
                absences.origin = 'calendar' as is_calendar
            from switchboard.absences
            where absences.customer_key = call_route.customer
                and absences.extension = call_route.called
                and absences.ends_at > call_route.at
        ),
        -- The calendar's diversions do not hold where a person's own information stands.
        runs as (
            select
                coalesce(range_agg(during) filter (where diverts and not is_calendar), '{}')
                + (
                    coalesce(range_agg(during) filter (where diverts and is_calendar), '{}')
                    - coalesce(
                        range_agg(during) filter (where not diverts and not is_calendar), '{}'
                    )
                ) as during
            from standing
        ),
        run as (
            select stretch.during
            from runs
            cross join lateral unnest(runs.during) as stretch (during)
            where stretch.during @> call_route.at
        )
        select
            greatest(
                held.back_at,
                upper(run.during),
                max(standing.back_at) filter (where standing.back_at > upper(standing.during))
            )
        into back_at
        from run
        inner join standing on run.during && standing.during and standing.diverts
        group by run.during;
    end if;

    told_reason := case
        when held.announced_reason in ('sick', 'sick_child') then 'unavailable'
        else held.announced_reason
    end;
    target_number := substr(held.target, length('number:') + 1);

    return query select
        case when held.rings_through then 'information' else held.kind::text end,
        switchboard.uri_escaped(told_reason),
        case
            when isfinite(back_at)
                then to_char(back_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
            else ''
        end,
        held.ring_seconds * 1000,
        case
            when held.target = 'announcement' then
                'sip:annc@' || held.announcement || ';play=absence;locale=' || held.locale
                || ';param1=' || switchboard.uri_escaped(told_reason)
                || case
                    when isfinite(back_at) then
                        ';param2='
                        || to_char(back_at at time zone held.time_zone, 'YYYYMMDD"T"HH24MI')
                    else ''
                end
                || ';param3=' || switchboard.uri_escaped(left(held.display_name, 60))
            when held.target = 'voicemail' then 'sip:' || call_route.called || '@' || held.voicemail
            when exists (
                select from switchboard.extensions as known
                where known.customer_key = call_route.customer
                    and known.extension = target_number
            ) then 'sip:' || target_number || '@' || held.sip_domain
            else 'sip:' || target_number || '@' || coalesce(held.trunk, held.sip_domain)
        end,
        case
            when held.is_colleague
                then coalesce(switchboard.uri_escaped(left(held.shown_text, 60)), '')
            else ''
        end,
        held.proxy_mode;
end
$$;


--
-- Name: FUNCTION call_route(customer text, called text, caller text, at timestamp with time zone); Type: COMMENT; Schema: switchboard; Owner: -
--

COMMENT ON FUNCTION switchboard.call_route(customer text, called text, caller text, at timestamp with time zone) IS 'What now for a call, and which address it goes to; no row where it rings as usual.';


--
-- Name: count_version(); Type: FUNCTION; Schema: switchboard; Owner: -
--

CREATE FUNCTION switchboard.count_version() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    new.version := old.version + 1;
    return new;
end
$$;


--
-- Name: feature_code(text, text, text, timestamp with time zone); Type: FUNCTION; Schema: switchboard; Owner: -
--

CREATE FUNCTION switchboard.feature_code(customer text, caller text, dialled text, at timestamp with time zone DEFAULT statement_timestamp()) RETURNS TABLE(done text, target text)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
#variable_conflict use_column
declare
    code text := replace(feature_code.dialled, '%23', '#');
    parts text[];
    is_back boolean;
    person text;
    phone switchboard.extensions;
    dialled_reason text;
    locale text;
    today timestamp;
    dialled_time interval;
    ends_at timestamptz := 'infinity';
begin
    parts := regexp_match(code, '^#23(?:0\*([0-9]{2,15}))?#$');
    is_back := parts is not null;
    if not is_back then
        parts := regexp_match(
            code, '^\*23(?:0\*([0-9]{2,15}))?\*([0-9])(?:\*([0-9]{4}))?#$'
        );
        if parts is null then
            return;
        end if;
    end if;
    person := coalesce(parts[1], feature_code.caller);

    select case known.language when 'no' then 'nb_NO' when 'en' then 'en_GB' else 'sv_SE' end
    into locale
    from switchboard.extensions as known
    where known.customer_key = feature_code.customer
        and known.extension = feature_code.caller
        and (known.is_attendant or person = feature_code.caller);
    if not found then
        return;
    end if;

    -- Two who dial for one extension at once wait for each other.
    select * into phone
    from switchboard.extensions
    where customer_key = feature_code.customer and extension = person
    for no key update;
    if not found then
        return;
    end if;

    if not is_back then
        select reasons.reason into dialled_reason
        from switchboard.feature_reasons as reasons
        where reasons.customer_key in ('', feature_code.customer) and reasons.digit = parts[2]
        order by reasons.customer_key desc
        limit 1;
        if not found then
            return;
        end if;

        if parts[3] is not null then
            if parts[3] !~ '^([01][0-9]|2[0-3])[0-5][0-9]$' then
                return;
            end if;
            today := date_trunc('day', feature_code.at at time zone phone.time_zone);
            dialled_time := make_interval(
                hours => left(parts[3], 2)::integer, mins => right(parts[3], 2)::integer
            );
            ends_at := (today + dialled_time) at time zone phone.time_zone;
            if ends_at <= feature_code.at then
                ends_at := (today + interval '1 day' + dialled_time) at time zone phone.time_zone;
            end if;
        end if;
    end if;

    delete from switchboard.absences as standing
    where standing.customer_key = feature_code.customer
        and standing.extension = person
        and standing.starts_at <= feature_code.at
        and standing.ends_at > feature_code.at
        and (is_back or standing.origin <> 'calendar');
    if not is_back then
        insert into switchboard.absences (
            customer_key, absence_key, extension, kind, reason, announced_reason, starts_at,
            ends_at, back_at, origin, set_by, set_at
        )
        values (
            feature_code.customer, gen_random_uuid(), person, 'direct', dialled_reason,
            dialled_reason, feature_code.at, ends_at, ends_at,
            case when person = feature_code.caller then 'person' else 'attendant' end
            ::switchboard.origin,
            feature_code.caller, feature_code.at
        );
    end if;

    return query select
        case when is_back then 'back' else 'away' end,
        'sip:annc@' || settings.announcement || ';play=confirm;locale=' || locale
        || ';param1=' || case when is_back then 'back' else 'away' end
    from switchboard.settings
    where settings.customer_key = feature_code.customer;
end
$_$;


--
-- Name: FUNCTION feature_code(customer text, caller text, dialled text, at timestamp with time zone); Type: COMMENT; Schema: switchboard; Owner: -
--

COMMENT ON FUNCTION switchboard.feature_code(customer text, caller text, dialled text, at timestamp with time zone) IS 'Sets or removes an absence as it was dialled (*23*3*1200#, #23#); no row where refused.';


--
-- Name: uri_escaped(text); Type: FUNCTION; Schema: switchboard; Owner: -
--

CREATE FUNCTION switchboard.uri_escaped(given text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    return (
        select coalesce(
            string_agg(
                case
                    when letter ~ '[A-Za-z0-9._-]' then letter
                    else regexp_replace(
                        upper(encode(convert_to(letter, 'UTF8'), 'hex')), '(..)', '%\1', 'g'
                    )
                end,
                '' order by place
            ),
            ''
        )
        from regexp_split_to_table(uri_escaped.given, '')
            with ordinality as letters (letter, place)
    );
end
$$;


--
-- Name: FUNCTION uri_escaped(given text); Type: COMMENT; Schema: switchboard; Owner: -
--

COMMENT ON FUNCTION switchboard.uri_escaped(given text) IS 'As it may stand in a SIP address and a header: UTF-8, of which much is escaped.';


--
-- Name: as_of(); Type: FUNCTION; Schema: watch; Owner: -
--

CREATE FUNCTION watch.as_of() RETURNS timestamp with time zone
    LANGUAGE sql STABLE
    AS $$
    select coalesce(
        nullif(current_setting('kalenderkoppling.as_of', true), '')::timestamptz, now()
    );
$$;


--
-- Name: accountable; Type: VIEW; Schema: absence; Owner: -
--

CREATE VIEW absence.accountable AS
 SELECT claims.customer_id,
    claims.user_id,
    claims.calendar_id,
    claims.resource_key,
    claims.booking_key,
    claims.load_id,
    claims.held_from,
    claims.starts_at,
    claims.ends_at,
    claims.mark,
    claims.account,
    claims.account_because,
    claims.because,
    claims.is_clipped,
    claims.merge_gap,
    claims.days_ahead
   FROM absence.claims
UNION ALL
 SELECT calendars.customer_id,
    calendars.user_id,
    calendars.calendar_id,
    bookings.resource_key,
    bookings.booking_key,
    bookings.load_id,
    bookings.held_from,
    bookings.starts_at,
    bookings.ends_at,
    bookings.mark,
    bookings.account,
    bookings.account_because,
    'calendar_not_in_use'::text AS because,
    false AS is_clipped,
    NULL::interval AS merge_gap,
    NULL::integer AS days_ahead
   FROM (roster.calendars
     JOIN calendar.bookings ON (((calendars.customer_id = bookings.customer_id) AND (calendars.user_id = bookings.user_id) AND (calendars.calendar_id = bookings.calendar_id))))
  WHERE ((NOT (EXISTS ( SELECT
           FROM intake.calendars_in_use
          WHERE ((calendars_in_use.customer_id = calendars.customer_id) AND (calendars_in_use.user_id = calendars.user_id) AND (calendars_in_use.calendar_id = calendars.calendar_id))))) OR (NOT (EXISTS ( SELECT
           FROM customer.rule_sets
          WHERE ((rule_sets.customer_id = calendars.customer_id) AND upper_inf(rule_sets.held_during))))));


--
-- Name: coded_meetings; Type: VIEW; Schema: absence; Owner: -
--

CREATE VIEW absence.coded_meetings AS
 SELECT claims.customer_id,
    claims.booking_key,
    count(DISTINCT claims.user_id) AS phone_count
   FROM absence.claims
  WHERE ((claims.code IS NOT NULL) AND (claims.decided_by = 'code'::text) AND (claims.kind = 'direct'::customer.kind) AND (claims.because IS NULL))
  GROUP BY claims.customer_id, claims.booking_key;


--
-- Name: known_extensions; Type: VIEW; Schema: absence; Owner: -
--

CREATE VIEW absence.known_extensions AS
 SELECT users.customer_id,
    users.user_id,
    users.extension
   FROM roster.users
UNION
 SELECT placed.customer_id,
    placed.user_id,
    placed.extension
   FROM telephony.placed;


--
-- Name: on_phones; Type: VIEW; Schema: absence; Owner: -
--

CREATE VIEW absence.on_phones AS
 SELECT placed.customer_id,
    placed.user_id,
    users.user_key,
    users.name,
    placed.extension,
    placed.starts_at,
    placed.ends_at,
    placed.kind,
    absence.told_reason(placed.reason) AS reason,
    placed.back_at,
    placed.shown_text,
    'calendar'::text AS origin,
    placed.booking_keys,
    placed.acknowledged_at
   FROM (telephony.placed
     JOIN roster.users ON (((placed.customer_id = users.customer_id) AND (placed.user_id = users.user_id))))
UNION ALL
 SELECT shown.customer_id,
    shown.user_id,
    users.user_key,
    users.name,
    shown.extension,
    shown.starts_at,
    shown.ends_at,
    shown.kind,
    absence.told_reason(shown.reason) AS reason,
    COALESCE(shown.back_at, shown.ends_at) AS back_at,
    shown.shown_text,
    shown.origin,
    '{}'::text[] AS booking_keys,
    shown.set_at AS acknowledged_at
   FROM (telephony.shown
     JOIN roster.users ON (((shown.customer_id = users.customer_id) AND (shown.user_id = users.user_id))))
  WHERE (shown.origin <> 'calendar'::text);


--
-- Name: phones; Type: VIEW; Schema: absence; Owner: -
--

CREATE VIEW absence.phones AS
 SELECT participants.customer_id,
    participants.user_id,
    participants.extension,
    users.name,
    participants.language,
    participants.time_zone,
    users.is_active
   FROM (absence.participants
     JOIN roster.users ON (((participants.customer_id = users.customer_id) AND (participants.user_id = users.user_id))));


--
-- Name: runs; Type: TABLE; Schema: audit; Owner: -
--

CREATE TABLE audit.runs (
    customer_id bigint NOT NULL,
    run_id bigint NOT NULL,
    mode text NOT NULL,
    scope text NOT NULL,
    as_of timestamp with time zone NOT NULL,
    started_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    touched_count bigint NOT NULL,
    planned_count bigint DEFAULT 0 NOT NULL,
    done_count bigint DEFAULT 0 NOT NULL,
    failed_count bigint DEFAULT 0 NOT NULL,
    held_count bigint DEFAULT 0 NOT NULL,
    refusal text,
    refused_digest text,
    CONSTRAINT runs_mode_check CHECK ((mode = ANY (ARRAY['dry_run'::text, 'apply'::text, 'withdraw'::text]))),
    CONSTRAINT runs_refusal_has_digest_check CHECK (((refusal IS NULL) = (refused_digest IS NULL))),
    CONSTRAINT runs_scope_check CHECK ((scope = ANY (ARRAY['everybody'::text, 'touched'::text])))
)
PARTITION BY RANGE (started_at);


--
-- Name: TABLE runs; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON TABLE audit.runs IS 'One row per reconciling pass; without an end it was cut off.';


--
-- Name: COLUMN runs.customer_id; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.runs.customer_id IS 'Whose pass.';


--
-- Name: COLUMN runs.run_id; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.runs.run_id IS 'The fencing number of the pass.';


--
-- Name: COLUMN runs.mode; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.runs.mode IS 'dry_run only plans, apply carries out, withdraw removes all that is ours.';


--
-- Name: COLUMN runs.scope; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.runs.scope IS 'Everybody, or the users that were touched since they last converged.';


--
-- Name: COLUMN runs.as_of; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.runs.as_of IS 'The instant that the pass took for now.';


--
-- Name: COLUMN runs.started_at; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.runs.started_at IS 'When it began.';


--
-- Name: COLUMN runs.ended_at; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.runs.ended_at IS 'When it was over; null where it was cut off, or still runs.';


--
-- Name: COLUMN runs.touched_count; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.runs.touched_count IS 'Users that it looked at.';


--
-- Name: COLUMN runs.planned_count; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.runs.planned_count IS 'Changes that it planned.';


--
-- Name: COLUMN runs.done_count; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.runs.done_count IS 'Changes that the telephone side acknowledged.';


--
-- Name: COLUMN runs.failed_count; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.runs.failed_count IS 'Changes that it did not.';


--
-- Name: COLUMN runs.held_count; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.runs.held_count IS 'Changes that were held back, by the limits or for a hand edit.';


--
-- Name: COLUMN runs.refusal; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.runs.refusal IS 'Why the limits held back some users, in figures.';


--
-- Name: COLUMN runs.refused_digest; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.runs.refused_digest IS 'What --approve must name to let them through.';


--
-- Name: planned_changes; Type: VIEW; Schema: absence; Owner: -
--

CREATE VIEW absence.planned_changes AS
 SELECT changes.customer_id,
    changes.user_id,
    changes.run_id,
    changes.planned_at,
    changes.absence_key,
    changes.action,
    changes.held_because,
    changes.withdrawn_because,
    changes.outcome,
    changes.ended_at,
    changes.booking_keys,
    LEAST(((changes.before ->> 'starts_at'::text))::timestamp with time zone, ((changes.after ->> 'starts_at'::text))::timestamp with time zone) AS starts_at,
    GREATEST(((changes.before ->> 'ends_at'::text))::timestamp with time zone, ((changes.after ->> 'ends_at'::text))::timestamp with time zone) AS ends_at
   FROM (audit.changes
     JOIN audit.runs ON (((changes.customer_id = runs.customer_id) AND (changes.run_id = runs.run_id) AND (changes.planned_at = runs.started_at))))
  WHERE (runs.mode <> 'dry_run'::text);


--
-- Name: reasons; Type: TABLE; Schema: customer; Owner: -
--

CREATE TABLE customer.reasons (
    customer_id bigint NOT NULL,
    rule_set_version integer NOT NULL,
    reason text NOT NULL,
    phone_code text,
    label_sv text NOT NULL,
    label_no text NOT NULL,
    label_en text NOT NULL
);


--
-- Name: reasons; Type: VIEW; Schema: absence; Owner: -
--

CREATE VIEW absence.reasons AS
 SELECT reasons.customer_id,
    reasons.reason,
    reasons.phone_code,
    reasons.label_sv,
    reasons.label_no,
    reasons.label_en
   FROM (customer.reasons
     JOIN customer.rule_sets ON (((reasons.customer_id = rule_sets.customer_id) AND (reasons.rule_set_version = rule_sets.rule_set_version) AND upper_inf(rule_sets.held_during))));


--
-- Name: holds; Type: TABLE; Schema: telephony; Owner: -
--

CREATE TABLE telephony.holds (
    customer_id bigint NOT NULL,
    user_id bigint NOT NULL,
    absence_key uuid NOT NULL,
    held_from timestamp with time zone NOT NULL,
    cause text NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    booking_marks text[] NOT NULL,
    set_by text,
    set_at timestamp with time zone,
    CONSTRAINT holds_cause_check CHECK ((cause = ANY (ARRAY['deleted_by_hand'::text, 'changed_by_hand'::text])))
);


--
-- Name: TABLE holds; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON TABLE telephony.holds IS 'What a person deleted or changed by hand stays so until the bookings behind it change (P-4).';


--
-- Name: COLUMN holds.set_at; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON COLUMN telephony.holds.set_at IS 'When the person did it, where the telephone system tells.';


--
-- Name: standing_holds; Type: VIEW; Schema: absence; Owner: -
--

CREATE VIEW absence.standing_holds AS
 SELECT holds.customer_id,
    holds.user_id,
    holds.absence_key,
    holds.held_from,
    holds.cause,
    holds.starts_at,
    holds.ends_at,
    holds.booking_marks,
    holds.set_by,
    holds.set_at
   FROM telephony.holds
  WHERE (holds.booking_marks <@ ARRAY( SELECT encode(bookings.mark, 'hex'::text) AS encode
           FROM calendar.bookings
          WHERE ((bookings.customer_id = holds.customer_id) AND (bookings.user_id = holds.user_id))));


--
-- Name: exchanges; Type: TABLE; Schema: telephony; Owner: -
--

CREATE TABLE telephony.exchanges (
    customer_id bigint NOT NULL,
    kinds customer.kind[] NOT NULL,
    targets text[] NOT NULL,
    has_future_start boolean NOT NULL,
    ends_by_itself boolean NOT NULL,
    end_reach text NOT NULL,
    entries_per_user integer,
    time_grain integer NOT NULL,
    text_length integer,
    has_ring_seconds boolean NOT NULL,
    has_return_time boolean NOT NULL,
    reasons text[],
    default_reason text,
    is_readable boolean NOT NULL,
    is_complete boolean GENERATED ALWAYS AS (((kinds @> ARRAY['information'::customer.kind, 'open'::customer.kind, 'direct'::customer.kind]) AND (targets @> ARRAY['announcement'::text, 'voicemail'::text, 'number'::text]) AND has_future_start AND ends_by_itself AND (end_reach = 'any'::text) AND (entries_per_user IS NULL) AND (time_grain = 1) AND (text_length IS NULL) AND has_ring_seconds AND has_return_time AND (reasons IS NULL))) STORED NOT NULL,
    learned_at timestamp with time zone NOT NULL,
    boundaries_at timestamp with time zone,
    CONSTRAINT exchanges_counts_are_positive_check CHECK (((entries_per_user > 0) AND (time_grain > 0) AND (text_length >= 0))),
    CONSTRAINT exchanges_end_reach_check CHECK ((end_reach = ANY (ARRAY['any'::text, 'today'::text])))
);


--
-- Name: TABLE exchanges; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON TABLE telephony.exchanges IS 'One row per customer whose telephone system has told what it can express.';


--
-- Name: COLUMN exchanges.customer_id; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON COLUMN telephony.exchanges.customer_id IS 'Whose telephone system.';


--
-- Name: COLUMN exchanges.kinds; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON COLUMN telephony.exchanges.kinds IS 'The kinds of absence that it knows.';


--
-- Name: COLUMN exchanges.targets; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON COLUMN telephony.exchanges.targets IS 'Where it can send diverted callers: announcement, voicemail, number.';


--
-- Name: COLUMN exchanges.has_future_start; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON COLUMN telephony.exchanges.has_future_start IS 'Whether an absence can be placed before it starts.';


--
-- Name: COLUMN exchanges.ends_by_itself; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON COLUMN telephony.exchanges.ends_by_itself IS 'Whether an absence ends by the system''s own clock.';


--
-- Name: COLUMN exchanges.end_reach; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON COLUMN telephony.exchanges.end_reach IS 'How far ahead an end may lie: any, or today, where it is told as a time of day.';


--
-- Name: COLUMN exchanges.entries_per_user; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON COLUMN telephony.exchanges.entries_per_user IS 'How many absences an extension can have; null for any number.';


--
-- Name: COLUMN exchanges.time_grain; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON COLUMN telephony.exchanges.time_grain IS 'The step of its times, in seconds.';


--
-- Name: COLUMN exchanges.text_length; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON COLUMN telephony.exchanges.text_length IS 'How many characters of text it shows; null for any number.';


--
-- Name: COLUMN exchanges.has_ring_seconds; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON COLUMN telephony.exchanges.has_ring_seconds IS 'Whether an open diversion may ring for a time of its own.';


--
-- Name: COLUMN exchanges.has_return_time; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON COLUMN telephony.exchanges.has_return_time IS 'Whether callers may hear another return than the end.';


--
-- Name: COLUMN exchanges.reasons; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON COLUMN telephony.exchanges.reasons IS 'The reasons that it knows; null for all.';


--
-- Name: COLUMN exchanges.default_reason; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON COLUMN telephony.exchanges.default_reason IS 'What it gets for any other reason.';


--
-- Name: COLUMN exchanges.is_readable; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON COLUMN telephony.exchanges.is_readable IS 'Whether what stands there can be read back.';


--
-- Name: COLUMN exchanges.is_complete; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON COLUMN telephony.exchanges.is_complete IS 'Whether it can express every absence, so that nothing has to be fitted to it.';


--
-- Name: COLUMN exchanges.learned_at; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON COLUMN telephony.exchanges.learned_at IS 'When it last told something new.';


--
-- Name: COLUMN exchanges.boundaries_at; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON COLUMN telephony.exchanges.boundaries_at IS 'Up to when starts and ends have marked their users, where nothing can be placed ahead.';


--
-- Name: standing; Type: VIEW; Schema: absence; Owner: -
--

CREATE VIEW absence.standing AS
 WITH edited AS (
         SELECT DISTINCT standing_holds.customer_id,
            standing_holds.user_id,
            standing_holds.absence_key
           FROM absence.standing_holds
          WHERE (standing_holds.cause = 'changed_by_hand'::text)
        ), met AS (
         SELECT DISTINCT placed_1.customer_id,
            placed_1.user_id,
            placed_1.absence_key
           FROM (telephony.placed placed_1
             JOIN telephony.shown ON (((placed_1.customer_id = shown.customer_id) AND (placed_1.user_id = shown.user_id) AND (shown.origin <> 'calendar'::text) AND (placed_1.starts_at < shown.ends_at) AND (placed_1.ends_at > shown.starts_at))))
        )
 SELECT users.customer_id,
    users.user_id,
    placed.absence_key,
    placed.extension,
    placed.kind,
    placed.reason,
    placed.announced_reason,
    placed.starts_at,
    placed.ends_at,
    placed.back_at,
    placed.shown_text,
    placed.target,
    placed.ring_seconds,
    placed.booking_keys,
    placed.booking_marks,
    placed.version_tag,
    users.user_key,
    users.time_zone,
    (edited.absence_key IS NOT NULL) AS is_by_hand,
    (met.absence_key IS NOT NULL) AS is_met_by_person,
    placed.is_unconfirmed,
        CASE
            WHEN (exchanges.ends_by_itself IS FALSE) THEN 'infinity'::timestamp with time zone
            ELSE placed.ends_at
        END AS stands_until
   FROM ((((telephony.placed
     JOIN roster.users ON (((placed.customer_id = users.customer_id) AND (placed.user_id = users.user_id))))
     LEFT JOIN telephony.exchanges ON ((placed.customer_id = exchanges.customer_id)))
     LEFT JOIN edited ON (((placed.customer_id = edited.customer_id) AND (placed.user_id = edited.user_id) AND (placed.absence_key = edited.absence_key))))
     LEFT JOIN met ON (((placed.customer_id = met.customer_id) AND (placed.user_id = met.user_id) AND (placed.absence_key = met.absence_key))));


--
-- Name: touched; Type: TABLE; Schema: calendar; Owner: -
--

CREATE TABLE calendar.touched (
    customer_id bigint NOT NULL,
    user_id bigint NOT NULL,
    cause text NOT NULL,
    since timestamp with time zone NOT NULL,
    times bigint DEFAULT 1 NOT NULL
);


--
-- Name: TABLE touched; Type: COMMENT; Schema: calendar; Owner: -
--

COMMENT ON TABLE calendar.touched IS 'Users whose wanted state may have changed since they last converged, and why.';


--
-- Name: COLUMN touched.times; Type: COMMENT; Schema: calendar; Owner: -
--

COMMENT ON COLUMN calendar.touched.times IS 'Counts the marks, so that a pass takes away only what it saw.';


--
-- Name: calendars_to_load; Type: VIEW; Schema: intake; Owner: -
--

CREATE VIEW intake.calendars_to_load AS
 SELECT calendars.customer_id,
    calendars.user_id,
    calendars.calendar_id,
    calendars.source,
    calendars.address,
    participants.time_zone,
    users.user_key,
    users.mail_addresses,
    calendars.generation,
    GREATEST(cursors.loaded_at, cursors.failed_at) AS asked_at,
        CASE
            WHEN ((cursors.cursor IS NOT NULL) AND (cursors.failure IS NULL)) THEN cursors.load_id
            ELSE NULL::bigint
        END AS taken_in_by,
        CASE
            WHEN ((cursors.cursor IS NOT NULL) AND (cursors.failure IS NULL)) THEN cursors.whole_load_id
            ELSE NULL::bigint
        END AS taken_in_whole_by
   FROM (((roster.calendars
     JOIN absence.participants ON (((calendars.customer_id = participants.customer_id) AND (calendars.user_id = participants.user_id) AND (participants.why_not IS NULL))))
     JOIN roster.users ON (((calendars.customer_id = users.customer_id) AND (calendars.user_id = users.user_id))))
     LEFT JOIN calendar.cursors ON (((calendars.customer_id = cursors.customer_id) AND (calendars.user_id = cursors.user_id) AND (calendars.calendar_id = cursors.calendar_id))))
  WHERE calendars.is_active;


--
-- Name: unloaded_users; Type: VIEW; Schema: absence; Owner: -
--

CREATE VIEW absence.unloaded_users AS
 SELECT touched.customer_id,
    touched.user_id
   FROM calendar.touched
  WHERE ((touched.cause = 'restored'::text) AND (EXISTS ( SELECT
           FROM (intake.calendars_to_load
             LEFT JOIN calendar.cursors ON (((calendars_to_load.customer_id = cursors.customer_id) AND (calendars_to_load.user_id = cursors.user_id) AND (calendars_to_load.calendar_id = cursors.calendar_id))))
          WHERE ((calendars_to_load.customer_id = touched.customer_id) AND (calendars_to_load.user_id = touched.user_id) AND ((cursors.loaded_at IS NULL) OR (cursors.loaded_at < touched.since))))));


--
-- Name: unsettled_users; Type: VIEW; Schema: absence; Owner: -
--

CREATE VIEW absence.unsettled_users AS
 SELECT DISTINCT changes.customer_id,
    changes.user_id,
    sides.extension
   FROM (audit.changes
     CROSS JOIN LATERAL unnest(ARRAY[(changes.before ->> 'extension'::text), (changes.after ->> 'extension'::text)]) sides(extension))
  WHERE ((changes.outcome IS NULL) AND (changes.held_because IS NULL) AND (sides.extension IS NOT NULL));


--
-- Name: approvals; Type: TABLE; Schema: audit; Owner: -
--

CREATE TABLE audit.approvals (
    customer_id bigint NOT NULL,
    digest text NOT NULL,
    changes text[] NOT NULL,
    approved_by text NOT NULL,
    approved_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL
);


--
-- Name: TABLE approvals; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON TABLE audit.approvals IS 'One row per approval: the guarded changes that a person let through, until when.';


--
-- Name: COLUMN approvals.customer_id; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.approvals.customer_id IS 'Whose changes.';


--
-- Name: COLUMN approvals.digest; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.approvals.digest IS 'What the person named: the digest of the guarded changes, sorted.';


--
-- Name: COLUMN approvals.changes; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.approvals.changes IS 'The guarded changes that it covers, each by its fingerprint.';


--
-- Name: COLUMN approvals.approved_by; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.approvals.approved_by IS 'Who let them through.';


--
-- Name: COLUMN approvals.approved_at; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.approvals.approved_at IS 'When.';


--
-- Name: COLUMN approvals.expires_at; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.approvals.expires_at IS 'Until when it counts.';


--
-- Name: balances; Type: TABLE; Schema: audit; Owner: -
--

CREATE TABLE audit.balances (
    customer_id bigint NOT NULL,
    run_id bigint NOT NULL,
    balanced_at timestamp with time zone NOT NULL,
    as_of timestamp with time zone NOT NULL,
    scope text NOT NULL,
    user_count bigint NOT NULL,
    taken_in_count bigint NOT NULL,
    applied_count bigint NOT NULL,
    suppressed_count bigint NOT NULL,
    superseded_count bigint NOT NULL,
    pending_count bigint NOT NULL,
    failed_count bigint NOT NULL,
    unaccounted_count bigint NOT NULL,
    is_balanced boolean NOT NULL,
    CONSTRAINT balances_is_balanced_check CHECK ((is_balanced = ((unaccounted_count = 0) AND (taken_in_count = ((((applied_count + suppressed_count) + superseded_count) + pending_count) + failed_count))))),
    CONSTRAINT balances_scope_check CHECK ((scope = ANY (ARRAY['everybody'::text, 'touched'::text])))
)
PARTITION BY RANGE (balanced_at);


--
-- Name: TABLE balances; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON TABLE audit.balances IS 'One row per run that carried out: every booking version of its users in exactly one account.';


--
-- Name: COLUMN balances.customer_id; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.balances.customer_id IS 'Whose run.';


--
-- Name: COLUMN balances.run_id; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.balances.run_id IS 'The run at whose end it was counted.';


--
-- Name: COLUMN balances.balanced_at; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.balances.balanced_at IS 'When it was counted.';


--
-- Name: COLUMN balances.as_of; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.balances.as_of IS 'The instant for which the run had planned.';


--
-- Name: COLUMN balances.scope; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.balances.scope IS 'touched: of the users that the run looked at. everybody: of all.';


--
-- Name: COLUMN balances.user_count; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.balances.user_count IS 'Users of whom bookings were ever taken in.';


--
-- Name: COLUMN balances.taken_in_count; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.balances.taken_in_count IS 'Booking versions that loads counted as they took them in (calendar.taken_in).';


--
-- Name: COLUMN balances.applied_count; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.balances.applied_count IS 'Those that stand behind an absence that was acknowledged.';


--
-- Name: COLUMN balances.suppressed_count; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.balances.suppressed_count IS 'Those that give nothing, by the rules, the user''s wish, or what the telephone system can say.';


--
-- Name: COLUMN balances.superseded_count; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.balances.superseded_count IS 'Those that a newer version replaced, or that vanished from the calendar.';


--
-- Name: COLUMN balances.pending_count; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.balances.pending_count IS 'Those whose time has not come, or whose user is still to be looked at.';


--
-- Name: COLUMN balances.failed_count; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.balances.failed_count IS 'Those that were wanted, and could not be carried out.';


--
-- Name: COLUMN balances.unaccounted_count; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.balances.unaccounted_count IS 'Those that are wanted, do not stand, and nobody is going to look at: there must be none.';


--
-- Name: COLUMN balances.is_balanced; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.balances.is_balanced IS 'Whether all that was taken in is found, and each in an account.';


--
-- Name: drift_checks; Type: TABLE; Schema: audit; Owner: -
--

CREATE TABLE audit.drift_checks (
    customer_id bigint NOT NULL,
    checked_at timestamp with time zone NOT NULL,
    read_at timestamp with time zone,
    wanted_count bigint NOT NULL,
    placed_count bigint NOT NULL,
    shown_count bigint NOT NULL,
    drift_count bigint NOT NULL
)
PARTITION BY RANGE (checked_at);


--
-- Name: TABLE drift_checks; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON TABLE audit.drift_checks IS 'One row per comparison of what is wanted, what was carried out and what is shown.';


--
-- Name: COLUMN drift_checks.customer_id; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.drift_checks.customer_id IS 'Whose telephone system.';


--
-- Name: COLUMN drift_checks.checked_at; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.drift_checks.checked_at IS 'When it was compared.';


--
-- Name: COLUMN drift_checks.read_at; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.drift_checks.read_at IS 'When the telephone side was last read whole; null where it never was, or cannot be read.';


--
-- Name: COLUMN drift_checks.wanted_count; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.drift_checks.wanted_count IS 'Absences that are wanted.';


--
-- Name: COLUMN drift_checks.placed_count; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.drift_checks.placed_count IS 'Absences of ours that were acknowledged.';


--
-- Name: COLUMN drift_checks.shown_count; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.drift_checks.shown_count IS 'Absences of ours that were shown.';


--
-- Name: COLUMN drift_checks.drift_count; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.drift_checks.drift_count IS 'Absences that do not agree.';


--
-- Name: drifts; Type: TABLE; Schema: audit; Owner: -
--

CREATE TABLE audit.drifts (
    customer_id bigint NOT NULL,
    user_id bigint NOT NULL,
    checked_at timestamp with time zone NOT NULL,
    drift text NOT NULL,
    entry_key text NOT NULL,
    extension text NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    kind customer.kind NOT NULL,
    reason text NOT NULL,
    CONSTRAINT drifts_drift_check CHECK ((drift = ANY (ARRAY['not_carried_out'::text, 'never_shown'::text, 'missing'::text, 'changed'::text, 'stray'::text, 'overlapping'::text])))
)
PARTITION BY RANGE (checked_at);


--
-- Name: TABLE drifts; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON TABLE audit.drifts IS 'One row per absence that did not agree at a comparison.';


--
-- Name: COLUMN drifts.customer_id; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.drifts.customer_id IS 'Whose.';


--
-- Name: COLUMN drifts.user_id; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.drifts.user_id IS 'Whose telephone.';


--
-- Name: COLUMN drifts.checked_at; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.drifts.checked_at IS 'The comparison, as in audit.drift_checks.';


--
-- Name: COLUMN drifts.drift; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.drifts.drift IS 'not_carried_out: wanted, and not acknowledged, or the other way round. never_shown: acknowledged and never seen: the telephone system says done and does nothing. missing: seen once and gone, and no person''s doing as far as is known. changed: shown otherwise than placed. stray: ours, and not known to us. overlapping: two of ours at one instant.';


--
-- Name: COLUMN drifts.entry_key; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.drifts.entry_key IS 'The absence''s key; for what was never placed the start that it is wanted from.';


--
-- Name: COLUMN drifts.extension; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.drifts.extension IS 'Where it stands, or should.';


--
-- Name: COLUMN drifts.starts_at; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.drifts.starts_at IS 'When it begins.';


--
-- Name: COLUMN drifts.ends_at; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.drifts.ends_at IS 'When it ends.';


--
-- Name: COLUMN drifts.kind; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.drifts.kind IS 'What it does to calls.';


--
-- Name: COLUMN drifts.reason; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.drifts.reason IS 'Why.';


--
-- Name: erasures; Type: TABLE; Schema: audit; Owner: -
--

CREATE TABLE audit.erasures (
    customer_id bigint NOT NULL,
    user_id bigint NOT NULL,
    erased_at timestamp with time zone NOT NULL,
    pseudonym text NOT NULL,
    erased_by text NOT NULL,
    row_count bigint NOT NULL
);


--
-- Name: TABLE erasures; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON TABLE audit.erasures IS 'One row per person who was erased.';


--
-- Name: COLUMN erasures.customer_id; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.erasures.customer_id IS 'Whose user.';


--
-- Name: COLUMN erasures.user_id; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.erasures.user_id IS 'The number under which counts of the person stand, for billing; it leads to nobody now.';


--
-- Name: COLUMN erasures.erased_at; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.erasures.erased_at IS 'When.';


--
-- Name: COLUMN erasures.pseudonym; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.erasures.pseudonym IS 'HMAC-SHA256 of the customer''s and the user''s key: only who has its key can tell who it was.';


--
-- Name: COLUMN erasures.erased_by; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.erasures.erased_by IS 'Who did it.';


--
-- Name: COLUMN erasures.row_count; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.erasures.row_count IS 'Rows that were deleted or emptied.';


--
-- Name: forgotten_versions; Type: TABLE; Schema: audit; Owner: -
--

CREATE TABLE audit.forgotten_versions (
    customer_id bigint NOT NULL,
    load_id bigint NOT NULL,
    forgotten_at timestamp with time zone NOT NULL,
    version_count bigint NOT NULL
)
PARTITION BY RANGE (forgotten_at);


--
-- Name: TABLE forgotten_versions; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON TABLE audit.forgotten_versions IS 'How many booking versions of a load were deleted, their time being over or their person erased.';


--
-- Name: COLUMN forgotten_versions.customer_id; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.forgotten_versions.customer_id IS 'Whose load.';


--
-- Name: COLUMN forgotten_versions.load_id; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.forgotten_versions.load_id IS 'The load that had brought them.';


--
-- Name: COLUMN forgotten_versions.forgotten_at; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.forgotten_versions.forgotten_at IS 'When they were deleted.';


--
-- Name: COLUMN forgotten_versions.version_count; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.forgotten_versions.version_count IS 'How many.';


--
-- Name: group_changes; Type: TABLE; Schema: audit; Owner: -
--

CREATE TABLE audit.group_changes (
    customer_id bigint NOT NULL,
    user_id bigint NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    source text NOT NULL,
    group_key text NOT NULL,
    service text NOT NULL,
    change text NOT NULL,
    CONSTRAINT group_changes_change_check CHECK ((change = ANY (ARRAY['joined'::text, 'left'::text])))
)
PARTITION BY RANGE (changed_at);


--
-- Name: TABLE group_changes; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON TABLE audit.group_changes IS 'One row per user who joined or left a group whose members have a service.';


--
-- Name: COLUMN group_changes.customer_id; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.group_changes.customer_id IS 'Whose user.';


--
-- Name: COLUMN group_changes.user_id; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.group_changes.user_id IS 'Who joined or left.';


--
-- Name: COLUMN group_changes.changed_at; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.group_changes.changed_at IS 'When that was taken in.';


--
-- Name: COLUMN group_changes.source; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.group_changes.source IS 'The name of the source in the customer file.';


--
-- Name: COLUMN group_changes.group_key; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.group_changes.group_key IS 'What the directory calls the group.';


--
-- Name: COLUMN group_changes.service; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.group_changes.service IS 'What the members of the group have.';


--
-- Name: COLUMN group_changes.change; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.group_changes.change IS 'joined or left; a user also joins or leaves by the roster, or where the customer file names the group no longer.';


--
-- Name: group_reads; Type: TABLE; Schema: audit; Owner: -
--

CREATE TABLE audit.group_reads (
    customer_id bigint NOT NULL,
    group_id integer NOT NULL,
    read_at timestamp with time zone NOT NULL,
    read_by text NOT NULL,
    source text NOT NULL,
    group_key text NOT NULL,
    service text NOT NULL,
    member_count integer NOT NULL,
    joined_count integer NOT NULL,
    left_count integer NOT NULL,
    failure text
)
PARTITION BY RANGE (read_at);


--
-- Name: TABLE group_reads; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON TABLE audit.group_reads IS 'One row per group that was asked for its members.';


--
-- Name: COLUMN group_reads.customer_id; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.group_reads.customer_id IS 'Whose group.';


--
-- Name: COLUMN group_reads.group_id; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.group_reads.group_id IS 'Which group, as in roster.groups.';


--
-- Name: COLUMN group_reads.read_at; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.group_reads.read_at IS 'When it was taken in.';


--
-- Name: COLUMN group_reads.read_by; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.group_reads.read_by IS 'Who did.';


--
-- Name: COLUMN group_reads.source; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.group_reads.source IS 'The name of the source in the customer file.';


--
-- Name: COLUMN group_reads.group_key; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.group_reads.group_key IS 'What its directory calls it.';


--
-- Name: COLUMN group_reads.service; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.group_reads.service IS 'What its members have.';


--
-- Name: COLUMN group_reads.member_count; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.group_reads.member_count IS 'Members that count from now on; after a failure those that counted before.';


--
-- Name: COLUMN group_reads.joined_count; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.group_reads.joined_count IS 'Users who joined.';


--
-- Name: COLUMN group_reads.left_count; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.group_reads.left_count IS 'Users who left.';


--
-- Name: COLUMN group_reads.failure; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.group_reads.failure IS 'What went wrong and what to do; null where nothing did. Nobody leaves by a failure.';


--
-- Name: load_failures; Type: TABLE; Schema: audit; Owner: -
--

CREATE TABLE audit.load_failures (
    customer_id bigint NOT NULL,
    load_id bigint NOT NULL,
    user_id bigint NOT NULL,
    calendar_id integer NOT NULL,
    failure text NOT NULL,
    failed_at timestamp with time zone NOT NULL,
    load_started_at timestamp with time zone NOT NULL
)
PARTITION BY RANGE (load_started_at);


--
-- Name: TABLE load_failures; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON TABLE audit.load_failures IS 'One row per calendar that failed in a load, with the reason.';


--
-- Name: COLUMN load_failures.customer_id; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.load_failures.customer_id IS 'Whose load.';


--
-- Name: COLUMN load_failures.load_id; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.load_failures.load_id IS 'The load, as in audit.loads.';


--
-- Name: COLUMN load_failures.user_id; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.load_failures.user_id IS 'Whose calendar.';


--
-- Name: COLUMN load_failures.calendar_id; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.load_failures.calendar_id IS 'Which of the user''s calendars, as in roster.calendars.';


--
-- Name: COLUMN load_failures.failure; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.load_failures.failure IS 'What went wrong and what to do; quotes nothing of a booking.';


--
-- Name: COLUMN load_failures.failed_at; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.load_failures.failed_at IS 'When it failed.';


--
-- Name: COLUMN load_failures.load_started_at; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.load_failures.load_started_at IS 'When the load began.';


--
-- Name: loads; Type: TABLE; Schema: audit; Owner: -
--

CREATE TABLE audit.loads (
    customer_id bigint NOT NULL,
    load_id bigint NOT NULL,
    source text NOT NULL,
    is_full boolean NOT NULL,
    window_start timestamp with time zone NOT NULL,
    window_end timestamp with time zone NOT NULL,
    started_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    calendar_count integer DEFAULT 0 NOT NULL,
    failed_count integer DEFAULT 0 NOT NULL,
    booking_count bigint DEFAULT 0 NOT NULL,
    added_count bigint DEFAULT 0 NOT NULL,
    changed_count bigint DEFAULT 0 NOT NULL,
    vanished_count bigint DEFAULT 0 NOT NULL,
    broken_count bigint DEFAULT 0 NOT NULL,
    byte_count bigint DEFAULT 0 NOT NULL,
    resumes_from bigint,
    request_count bigint DEFAULT 0 NOT NULL,
    retry_count bigint DEFAULT 0 NOT NULL,
    wait_count bigint DEFAULT 0 NOT NULL,
    wait_seconds numeric(12,3) DEFAULT 0 NOT NULL
)
PARTITION BY RANGE (started_at);


--
-- Name: TABLE loads; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON TABLE audit.loads IS 'One row per load of one source; without an end it was cut off.';


--
-- Name: COLUMN loads.customer_id; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.loads.customer_id IS 'Whose load.';


--
-- Name: COLUMN loads.load_id; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.loads.load_id IS 'The fencing number of the load.';


--
-- Name: COLUMN loads.source; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.loads.source IS 'The name of the source in the customer file.';


--
-- Name: COLUMN loads.is_full; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.loads.is_full IS 'Whether everything was asked for, or only what changed.';


--
-- Name: COLUMN loads.window_start; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.loads.window_start IS 'Where the window that was asked for begins.';


--
-- Name: COLUMN loads.window_end; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.loads.window_end IS 'Where it ends.';


--
-- Name: COLUMN loads.started_at; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.loads.started_at IS 'When it began.';


--
-- Name: COLUMN loads.ended_at; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.loads.ended_at IS 'When it was over; null where it was cut off, or still runs.';


--
-- Name: COLUMN loads.calendar_count; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.loads.calendar_count IS 'Calendars that were asked.';


--
-- Name: COLUMN loads.failed_count; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.loads.failed_count IS 'Calendars that did not answer, or not whole.';


--
-- Name: COLUMN loads.booking_count; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.loads.booking_count IS 'Bookings that came.';


--
-- Name: COLUMN loads.added_count; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.loads.added_count IS 'Bookings that were not known before.';


--
-- Name: COLUMN loads.changed_count; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.loads.changed_count IS 'Bookings that had changed.';


--
-- Name: COLUMN loads.vanished_count; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.loads.vanished_count IS 'Bookings that were there before and are no more.';


--
-- Name: COLUMN loads.broken_count; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.loads.broken_count IS 'Bookings and files that could not be read; see watch.quarantine.';


--
-- Name: COLUMN loads.byte_count; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.loads.byte_count IS 'Bytes that the source sent.';


--
-- Name: COLUMN loads.resumes_from; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.loads.resumes_from IS 'The first of the loads before it that were cut off: what they took in is not asked again. Null where the load before it came to its end.';


--
-- Name: COLUMN loads.request_count; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.loads.request_count IS 'Requests that were sent to the source, repetitions included; known at the end.';


--
-- Name: COLUMN loads.retry_count; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.loads.retry_count IS 'Requests that were sent again.';


--
-- Name: COLUMN loads.wait_count; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.loads.wait_count IS 'How often a request waited: asked to by the server, or for its turn.';


--
-- Name: COLUMN loads.wait_seconds; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.loads.wait_seconds IS 'How long, all waits together.';


--
-- Name: outages; Type: TABLE; Schema: audit; Owner: -
--

CREATE TABLE audit.outages (
    customer_id bigint NOT NULL,
    began_at timestamp with time zone NOT NULL,
    last_tried_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    try_count integer DEFAULT 1 NOT NULL,
    failure text NOT NULL
);


--
-- Name: TABLE outages; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON TABLE audit.outages IS 'One row per stretch of time in which a telephone system did not answer.';


--
-- Name: COLUMN outages.customer_id; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.outages.customer_id IS 'Whose telephone system.';


--
-- Name: COLUMN outages.began_at; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.outages.began_at IS 'When a pass first found it so.';


--
-- Name: COLUMN outages.last_tried_at; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.outages.last_tried_at IS 'When a pass last found it so.';


--
-- Name: COLUMN outages.ended_at; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.outages.ended_at IS 'When it answered again; null while it does not.';


--
-- Name: COLUMN outages.try_count; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.outages.try_count IS 'How many passes found it so.';


--
-- Name: COLUMN outages.failure; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.outages.failure IS 'What happened at the last try, and what to do.';


--
-- Name: read_backs; Type: TABLE; Schema: audit; Owner: -
--

CREATE TABLE audit.read_backs (
    customer_id bigint NOT NULL,
    read_back_id bigint NOT NULL,
    read_at timestamp with time zone NOT NULL,
    is_whole boolean NOT NULL,
    user_count integer,
    entry_count bigint NOT NULL,
    failure text
)
PARTITION BY RANGE (read_at);


--
-- Name: TABLE read_backs; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON TABLE audit.read_backs IS 'One row per read-back from the telephone side.';


--
-- Name: COLUMN read_backs.customer_id; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.read_backs.customer_id IS 'Whose absences were read.';


--
-- Name: COLUMN read_backs.read_back_id; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.read_backs.read_back_id IS 'The fencing number of the read-back.';


--
-- Name: COLUMN read_backs.read_at; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.read_backs.read_at IS 'When the telephone side was asked.';


--
-- Name: COLUMN read_backs.is_whole; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.read_backs.is_whole IS 'Only a whole one can tell that something is missing.';


--
-- Name: COLUMN read_backs.user_count; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.read_backs.user_count IS 'Users that it covered.';


--
-- Name: COLUMN read_backs.entry_count; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.read_backs.entry_count IS 'Absences that it showed, whoever made them.';


--
-- Name: COLUMN read_backs.failure; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.read_backs.failure IS 'What went wrong; null where nothing did.';


--
-- Name: refusals; Type: TABLE; Schema: audit; Owner: -
--

CREATE TABLE audit.refusals (
    customer_id bigint NOT NULL,
    digest text NOT NULL,
    changes text[] NOT NULL,
    refused_at timestamp with time zone NOT NULL
);


--
-- Name: TABLE refusals; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON TABLE audit.refusals IS 'One row per set of changes that the limits refused: what an approval can name.';


--
-- Name: COLUMN refusals.customer_id; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.refusals.customer_id IS 'The customer.';


--
-- Name: COLUMN refusals.digest; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.refusals.digest IS 'SHA-256 of the changes, one a line: what --approve names.';


--
-- Name: COLUMN refusals.changes; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.refusals.changes IS 'The refused changes, sorted, as an approval holds them.';


--
-- Name: COLUMN refusals.refused_at; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.refusals.refused_at IS 'When a run refused them.';


--
-- Name: rosters; Type: TABLE; Schema: audit; Owner: -
--

CREATE TABLE audit.rosters (
    customer_id bigint NOT NULL,
    imported_at timestamp with time zone NOT NULL,
    imported_by text NOT NULL,
    user_count integer NOT NULL,
    added_count integer NOT NULL,
    changed_count integer NOT NULL,
    left_count integer NOT NULL
);


--
-- Name: TABLE rosters; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON TABLE audit.rosters IS 'One row per roster import.';


--
-- Name: COLUMN rosters.customer_id; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.rosters.customer_id IS 'Whose roster.';


--
-- Name: COLUMN rosters.imported_at; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.rosters.imported_at IS 'When it was taken in.';


--
-- Name: COLUMN rosters.imported_by; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.rosters.imported_by IS 'Who did.';


--
-- Name: COLUMN rosters.user_count; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.rosters.user_count IS 'Users in it.';


--
-- Name: COLUMN rosters.added_count; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.rosters.added_count IS 'Users who were new.';


--
-- Name: COLUMN rosters.changed_count; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.rosters.changed_count IS 'Users who changed or came back.';


--
-- Name: COLUMN rosters.left_count; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.rosters.left_count IS 'Users who are in it no longer.';


--
-- Name: skipped_runs; Type: TABLE; Schema: audit; Owner: -
--

CREATE TABLE audit.skipped_runs (
    customer_id bigint NOT NULL,
    work text NOT NULL,
    skipped_at timestamp with time zone NOT NULL,
    skipped_by text NOT NULL
)
PARTITION BY RANGE (skipped_at);


--
-- Name: TABLE skipped_runs; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON TABLE audit.skipped_runs IS 'One row per run that left because another held the lock.';


--
-- Name: COLUMN skipped_runs.customer_id; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.skipped_runs.customer_id IS 'Whose run.';


--
-- Name: COLUMN skipped_runs.work; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.skipped_runs.work IS 'Which work was held: reconcile, or a source to load.';


--
-- Name: COLUMN skipped_runs.skipped_at; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.skipped_runs.skipped_at IS 'When the run left.';


--
-- Name: COLUMN skipped_runs.skipped_by; Type: COMMENT; Schema: audit; Owner: -
--

COMMENT ON COLUMN audit.skipped_runs.skipped_by IS 'Which host and process left.';


--
-- Name: balances_default; Type: TABLE; Schema: audit_months; Owner: -
--

CREATE TABLE audit_months.balances_default (
    customer_id bigint NOT NULL,
    run_id bigint NOT NULL,
    balanced_at timestamp with time zone NOT NULL,
    as_of timestamp with time zone NOT NULL,
    scope text NOT NULL,
    user_count bigint NOT NULL,
    taken_in_count bigint NOT NULL,
    applied_count bigint NOT NULL,
    suppressed_count bigint NOT NULL,
    superseded_count bigint NOT NULL,
    pending_count bigint NOT NULL,
    failed_count bigint NOT NULL,
    unaccounted_count bigint NOT NULL,
    is_balanced boolean NOT NULL,
    CONSTRAINT balances_is_balanced_check CHECK ((is_balanced = ((unaccounted_count = 0) AND (taken_in_count = ((((applied_count + suppressed_count) + superseded_count) + pending_count) + failed_count))))),
    CONSTRAINT balances_scope_check CHECK ((scope = ANY (ARRAY['everybody'::text, 'touched'::text])))
);


--
-- Name: changes_default; Type: TABLE; Schema: audit_months; Owner: -
--

CREATE TABLE audit_months.changes_default (
    customer_id bigint NOT NULL,
    user_id bigint NOT NULL,
    run_id bigint NOT NULL,
    absence_key uuid NOT NULL,
    action audit.action NOT NULL,
    before jsonb,
    after jsonb,
    booking_keys text[] NOT NULL,
    booking_marks text[] NOT NULL,
    is_guarded boolean NOT NULL,
    held_because text,
    is_approved boolean DEFAULT false NOT NULL,
    outcome audit.outcome,
    ended_at timestamp with time zone,
    failure text,
    withdrawn_because text,
    losses text[] DEFAULT '{}'::text[] NOT NULL,
    planned_at timestamp with time zone NOT NULL,
    caused_at timestamp with time zone,
    CONSTRAINT changes_held_back_is_not_done_check CHECK (((held_because IS NULL) OR (outcome IS NULL) OR (outcome = 'not_carried_out'::audit.outcome))),
    CONSTRAINT changes_only_withdrawals_have_a_cause_check CHECK (((withdrawn_because IS NULL) OR (action = 'withdraw'::audit.action))),
    CONSTRAINT changes_outcome_has_end_check CHECK (((outcome IS NULL) = (ended_at IS NULL))),
    CONSTRAINT changes_sides_match_action_check CHECK ((((before IS NOT NULL) = (action = ANY (ARRAY['update'::audit.action, 'withdraw'::audit.action]))) AND ((after IS NOT NULL) = (action = ANY (ARRAY['create'::audit.action, 'update'::audit.action])))))
);


--
-- Name: drift_checks_default; Type: TABLE; Schema: audit_months; Owner: -
--

CREATE TABLE audit_months.drift_checks_default (
    customer_id bigint NOT NULL,
    checked_at timestamp with time zone NOT NULL,
    read_at timestamp with time zone,
    wanted_count bigint NOT NULL,
    placed_count bigint NOT NULL,
    shown_count bigint NOT NULL,
    drift_count bigint NOT NULL
);


--
-- Name: drifts_default; Type: TABLE; Schema: audit_months; Owner: -
--

CREATE TABLE audit_months.drifts_default (
    customer_id bigint NOT NULL,
    user_id bigint NOT NULL,
    checked_at timestamp with time zone NOT NULL,
    drift text NOT NULL,
    entry_key text NOT NULL,
    extension text NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    kind customer.kind NOT NULL,
    reason text NOT NULL,
    CONSTRAINT drifts_drift_check CHECK ((drift = ANY (ARRAY['not_carried_out'::text, 'never_shown'::text, 'missing'::text, 'changed'::text, 'stray'::text, 'overlapping'::text])))
);


--
-- Name: forgotten_versions_default; Type: TABLE; Schema: audit_months; Owner: -
--

CREATE TABLE audit_months.forgotten_versions_default (
    customer_id bigint NOT NULL,
    load_id bigint NOT NULL,
    forgotten_at timestamp with time zone NOT NULL,
    version_count bigint NOT NULL
);


--
-- Name: group_changes_default; Type: TABLE; Schema: audit_months; Owner: -
--

CREATE TABLE audit_months.group_changes_default (
    customer_id bigint NOT NULL,
    user_id bigint NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    source text NOT NULL,
    group_key text NOT NULL,
    service text NOT NULL,
    change text NOT NULL,
    CONSTRAINT group_changes_change_check CHECK ((change = ANY (ARRAY['joined'::text, 'left'::text])))
);


--
-- Name: group_reads_default; Type: TABLE; Schema: audit_months; Owner: -
--

CREATE TABLE audit_months.group_reads_default (
    customer_id bigint NOT NULL,
    group_id integer NOT NULL,
    read_at timestamp with time zone NOT NULL,
    read_by text NOT NULL,
    source text NOT NULL,
    group_key text NOT NULL,
    service text NOT NULL,
    member_count integer NOT NULL,
    joined_count integer NOT NULL,
    left_count integer NOT NULL,
    failure text
);


--
-- Name: load_failures_default; Type: TABLE; Schema: audit_months; Owner: -
--

CREATE TABLE audit_months.load_failures_default (
    customer_id bigint NOT NULL,
    load_id bigint NOT NULL,
    user_id bigint NOT NULL,
    calendar_id integer NOT NULL,
    failure text NOT NULL,
    failed_at timestamp with time zone NOT NULL,
    load_started_at timestamp with time zone NOT NULL
);


--
-- Name: loads_default; Type: TABLE; Schema: audit_months; Owner: -
--

CREATE TABLE audit_months.loads_default (
    customer_id bigint NOT NULL,
    load_id bigint NOT NULL,
    source text NOT NULL,
    is_full boolean NOT NULL,
    window_start timestamp with time zone NOT NULL,
    window_end timestamp with time zone NOT NULL,
    started_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    calendar_count integer DEFAULT 0 NOT NULL,
    failed_count integer DEFAULT 0 NOT NULL,
    booking_count bigint DEFAULT 0 NOT NULL,
    added_count bigint DEFAULT 0 NOT NULL,
    changed_count bigint DEFAULT 0 NOT NULL,
    vanished_count bigint DEFAULT 0 NOT NULL,
    broken_count bigint DEFAULT 0 NOT NULL,
    byte_count bigint DEFAULT 0 NOT NULL,
    resumes_from bigint,
    request_count bigint DEFAULT 0 NOT NULL,
    retry_count bigint DEFAULT 0 NOT NULL,
    wait_count bigint DEFAULT 0 NOT NULL,
    wait_seconds numeric(12,3) DEFAULT 0 NOT NULL
);


--
-- Name: read_backs_default; Type: TABLE; Schema: audit_months; Owner: -
--

CREATE TABLE audit_months.read_backs_default (
    customer_id bigint NOT NULL,
    read_back_id bigint NOT NULL,
    read_at timestamp with time zone NOT NULL,
    is_whole boolean NOT NULL,
    user_count integer,
    entry_count bigint NOT NULL,
    failure text
);


--
-- Name: runs_default; Type: TABLE; Schema: audit_months; Owner: -
--

CREATE TABLE audit_months.runs_default (
    customer_id bigint NOT NULL,
    run_id bigint NOT NULL,
    mode text NOT NULL,
    scope text NOT NULL,
    as_of timestamp with time zone NOT NULL,
    started_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    touched_count bigint NOT NULL,
    planned_count bigint DEFAULT 0 NOT NULL,
    done_count bigint DEFAULT 0 NOT NULL,
    failed_count bigint DEFAULT 0 NOT NULL,
    held_count bigint DEFAULT 0 NOT NULL,
    refusal text,
    refused_digest text,
    CONSTRAINT runs_mode_check CHECK ((mode = ANY (ARRAY['dry_run'::text, 'apply'::text, 'withdraw'::text]))),
    CONSTRAINT runs_refusal_has_digest_check CHECK (((refusal IS NULL) = (refused_digest IS NULL))),
    CONSTRAINT runs_scope_check CHECK ((scope = ANY (ARRAY['everybody'::text, 'touched'::text])))
);


--
-- Name: skipped_runs_default; Type: TABLE; Schema: audit_months; Owner: -
--

CREATE TABLE audit_months.skipped_runs_default (
    customer_id bigint NOT NULL,
    work text NOT NULL,
    skipped_at timestamp with time zone NOT NULL,
    skipped_by text NOT NULL
);


--
-- Name: customers; Type: TABLE; Schema: customer; Owner: -
--

CREATE TABLE customer.customers (
    customer_id bigint NOT NULL,
    customer_key text NOT NULL,
    name text NOT NULL,
    time_zone text NOT NULL,
    language text DEFAULT 'sv'::text NOT NULL,
    is_active boolean DEFAULT true NOT NULL,
    calendars jsonb DEFAULT '[]'::jsonb NOT NULL,
    exchange jsonb DEFAULT '{"kind": "table"}'::jsonb NOT NULL,
    contract jsonb,
    fence bigint DEFAULT 0 NOT NULL,
    horizon_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    presence jsonb,
    CONSTRAINT customers_language_is_known_check CHECK ((language = ANY (ARRAY['sv'::text, 'no'::text, 'en'::text])))
);


--
-- Name: TABLE customers; Type: COMMENT; Schema: customer; Owner: -
--

COMMENT ON TABLE customer.customers IS 'One row per customer.';


--
-- Name: COLUMN customers.calendars; Type: COMMENT; Schema: customer; Owner: -
--

COMMENT ON COLUMN customer.customers.calendars IS 'The calendar sources, as in the customer file.';


--
-- Name: COLUMN customers.exchange; Type: COMMENT; Schema: customer; Owner: -
--

COMMENT ON COLUMN customer.customers.exchange IS 'The telephone side, as in the customer file.';


--
-- Name: COLUMN customers.fence; Type: COMMENT; Schema: customer; Owner: -
--

COMMENT ON COLUMN customer.customers.fence IS 'The newest number given to a run; runs, loads and read-backs are numbered by it.';


--
-- Name: COLUMN customers.horizon_at; Type: COMMENT; Schema: customer; Owner: -
--

COMMENT ON COLUMN customer.customers.horizon_at IS 'Up to here starting absences were judged by a pass.';


--
-- Name: COLUMN customers.presence; Type: COMMENT; Schema: customer; Owner: -
--

COMMENT ON COLUMN customer.customers.presence IS 'Where presence is published, as in the customer file; null where nowhere.';


--
-- Name: readers; Type: TABLE; Schema: customer; Owner: -
--

CREATE TABLE customer.readers (
    customer_id bigint NOT NULL,
    role_name text NOT NULL
);


--
-- Name: TABLE readers; Type: COMMENT; Schema: customer; Owner: -
--

COMMENT ON TABLE customer.readers IS 'One row per customer and role that may see it; members of the role may as well.';


--
-- Name: COLUMN readers.customer_id; Type: COMMENT; Schema: customer; Owner: -
--

COMMENT ON COLUMN customer.readers.customer_id IS 'Which customer is seen.';


--
-- Name: COLUMN readers.role_name; Type: COMMENT; Schema: customer; Owner: -
--

COMMENT ON COLUMN customer.readers.role_name IS 'By whom: a login role or a group of them, as pg_roles names it.';


--
-- Name: visible_customers; Type: VIEW; Schema: customer; Owner: -
--

CREATE VIEW customer.visible_customers WITH (security_barrier='true') AS
 SELECT customers.customer_id,
    customers.customer_key,
    customers.name,
    customers.time_zone,
    customers.language,
    customers.is_active,
    customers.calendars,
    customers.exchange,
    customers.presence,
    customers.contract,
    customers.horizon_at,
    customers.created_at
   FROM customer.customers
  WHERE (pg_has_role('kk_all_customers'::name, 'usage'::text) OR (customers.customer_id = ANY (ARRAY( SELECT readers.customer_id
           FROM (customer.readers
             JOIN pg_roles ON ((readers.role_name = pg_roles.rolname)))
          WHERE pg_has_role(pg_roles.oid, 'usage'::text)))));


--
-- Name: VIEW visible_customers; Type: COMMENT; Schema: customer; Owner: -
--

COMMENT ON VIEW customer.visible_customers IS 'The customers that the role which asks may see: nobody''s unless customer.readers says so.';


--
-- Name: contracts; Type: VIEW; Schema: billing; Owner: -
--

CREATE VIEW billing.contracts WITH (security_barrier='true') AS
 SELECT customers.customer_key,
    contracts.contract_number,
    contracts.starts_date,
    (billing.month_start(contracts.starts_date, contracts.periods, (contracts.last_month + 1)) - 1) AS ends_date,
    jsonb_strip_nulls((to_jsonb(contracts.*) - ARRAY['customer_id'::text, 'contract_number'::text, 'starts_date'::text, 'last_month'::text, 'is_replaced'::text])) AS terms
   FROM (customer.visible_customers customers
     CROSS JOIN LATERAL billing.contracts_known(customers.customer_id, 'infinity'::timestamp with time zone) contracts(customer_id, contract_number, starts_date, notice_date, term, users, counted, minimum_per, periods, first_month, setup, prices, rounding, vat_rate, termination_share, termination_after, termination_users, termination_minimum, currency, setup_price, notice_months, term_months, notice_month, is_replaced, last_month));


--
-- Name: VIEW contracts; Type: COMMENT; Schema: billing; Owner: -
--

COMMENT ON VIEW billing.contracts IS 'The contracts, each setting with its value or its default.';


--
-- Name: invoice_lines; Type: TABLE; Schema: ledger; Owner: -
--

CREATE TABLE ledger.invoice_lines (
    customer_id bigint NOT NULL,
    invoice_number integer NOT NULL,
    line_number integer NOT NULL,
    contract_number integer NOT NULL,
    kind text NOT NULL,
    month_number integer NOT NULL,
    first_date date NOT NULL,
    last_date date NOT NULL,
    quantity numeric NOT NULL,
    unit_price numeric NOT NULL,
    amount numeric(14,2) NOT NULL,
    vat_rate numeric,
    evidence_hash text NOT NULL,
    corrects_invoice_number integer,
    is_correction boolean NOT NULL,
    CONSTRAINT invoice_lines_kind_check CHECK ((kind = ANY (ARRAY['setup'::text, 'subscription'::text, 'minimum'::text, 'termination'::text, 'vat'::text])))
);


--
-- Name: TABLE invoice_lines; Type: COMMENT; Schema: ledger; Owner: -
--

COMMENT ON TABLE ledger.invoice_lines IS 'One row per line of a closed invoice. What is due for a contract, kind and month is the sum of its lines on all invoices: a correction is a line with the difference.';


--
-- Name: COLUMN invoice_lines.customer_id; Type: COMMENT; Schema: ledger; Owner: -
--

COMMENT ON COLUMN ledger.invoice_lines.customer_id IS 'Whose invoice.';


--
-- Name: COLUMN invoice_lines.invoice_number; Type: COMMENT; Schema: ledger; Owner: -
--

COMMENT ON COLUMN ledger.invoice_lines.invoice_number IS 'Which invoice.';


--
-- Name: COLUMN invoice_lines.line_number; Type: COMMENT; Schema: ledger; Owner: -
--

COMMENT ON COLUMN ledger.invoice_lines.line_number IS 'From 1, as printed.';


--
-- Name: COLUMN invoice_lines.contract_number; Type: COMMENT; Schema: ledger; Owner: -
--

COMMENT ON COLUMN ledger.invoice_lines.contract_number IS 'The contract that it is due by.';


--
-- Name: COLUMN invoice_lines.kind; Type: COMMENT; Schema: ledger; Owner: -
--

COMMENT ON COLUMN ledger.invoice_lines.kind IS 'setup; subscription: a month''s users; minimum: what a month or quarter lacks of its minimum; termination: the fee for ending early; vat.';


--
-- Name: COLUMN invoice_lines.month_number; Type: COMMENT; Schema: ledger; Owner: -
--

COMMENT ON COLUMN ledger.invoice_lines.month_number IS 'The month of the contract, from 0; the last one of a quarter or contract where it is for more.';


--
-- Name: COLUMN invoice_lines.first_date; Type: COMMENT; Schema: ledger; Owner: -
--

COMMENT ON COLUMN ledger.invoice_lines.first_date IS 'The first day that it is for.';


--
-- Name: COLUMN invoice_lines.last_date; Type: COMMENT; Schema: ledger; Owner: -
--

COMMENT ON COLUMN ledger.invoice_lines.last_date IS 'The last one.';


--
-- Name: COLUMN invoice_lines.quantity; Type: COMMENT; Schema: ledger; Owner: -
--

COMMENT ON COLUMN ledger.invoice_lines.quantity IS 'Users of a month; of a termination the mean of users times the months that remained.';


--
-- Name: COLUMN invoice_lines.unit_price; Type: COMMENT; Schema: ledger; Owner: -
--

COMMENT ON COLUMN ledger.invoice_lines.unit_price IS 'What one costs.';


--
-- Name: COLUMN invoice_lines.amount; Type: COMMENT; Schema: ledger; Owner: -
--

COMMENT ON COLUMN ledger.invoice_lines.amount IS 'What is due; of a correction, the difference to what was invoiced before.';


--
-- Name: COLUMN invoice_lines.vat_rate; Type: COMMENT; Schema: ledger; Owner: -
--

COMMENT ON COLUMN ledger.invoice_lines.vat_rate IS 'The rate of VAT, such as 0.25; null is none.';


--
-- Name: COLUMN invoice_lines.evidence_hash; Type: COMMENT; Schema: ledger; Owner: -
--

COMMENT ON COLUMN ledger.invoice_lines.evidence_hash IS 'SHA-256 of the evidence as billing.line_evidence wrote it then.';


--
-- Name: COLUMN invoice_lines.corrects_invoice_number; Type: COMMENT; Schema: ledger; Owner: -
--

COMMENT ON COLUMN ledger.invoice_lines.corrects_invoice_number IS 'The first invoice with that contract, kind and month; null where this is it.';


--
-- Name: COLUMN invoice_lines.is_correction; Type: COMMENT; Schema: ledger; Owner: -
--

COMMENT ON COLUMN ledger.invoice_lines.is_correction IS 'Whether it is the difference to what was invoiced before.';


--
-- Name: invoices; Type: TABLE; Schema: ledger; Owner: -
--

CREATE TABLE ledger.invoices (
    customer_id bigint NOT NULL,
    invoice_number integer NOT NULL,
    contract_number integer NOT NULL,
    quarter_number integer,
    first_date date NOT NULL,
    last_date date NOT NULL,
    currency text NOT NULL,
    closed_at timestamp with time zone NOT NULL,
    closed_by text NOT NULL
);


--
-- Name: TABLE invoices; Type: COMMENT; Schema: ledger; Owner: -
--

COMMENT ON TABLE ledger.invoices IS 'One row per closed invoice. It never changes.';


--
-- Name: COLUMN invoices.customer_id; Type: COMMENT; Schema: ledger; Owner: -
--

COMMENT ON COLUMN ledger.invoices.customer_id IS 'Whose invoice.';


--
-- Name: COLUMN invoices.invoice_number; Type: COMMENT; Schema: ledger; Owner: -
--

COMMENT ON COLUMN ledger.invoices.invoice_number IS 'From 1 for each customer, without gaps.';


--
-- Name: COLUMN invoices.contract_number; Type: COMMENT; Schema: ledger; Owner: -
--

COMMENT ON COLUMN ledger.invoices.contract_number IS 'The contract, as in ledger.contracts.';


--
-- Name: COLUMN invoices.quarter_number; Type: COMMENT; Schema: ledger; Owner: -
--

COMMENT ON COLUMN ledger.invoices.quarter_number IS 'The quarter of the contract, from 1; 0 is a setup of its own, null corrections after the end.';


--
-- Name: COLUMN invoices.first_date; Type: COMMENT; Schema: ledger; Owner: -
--

COMMENT ON COLUMN ledger.invoices.first_date IS 'The first day that it is for.';


--
-- Name: COLUMN invoices.last_date; Type: COMMENT; Schema: ledger; Owner: -
--

COMMENT ON COLUMN ledger.invoices.last_date IS 'The last one.';


--
-- Name: COLUMN invoices.currency; Type: COMMENT; Schema: ledger; Owner: -
--

COMMENT ON COLUMN ledger.invoices.currency IS 'What its amounts are in.';


--
-- Name: COLUMN invoices.closed_at; Type: COMMENT; Schema: ledger; Owner: -
--

COMMENT ON COLUMN ledger.invoices.closed_at IS 'When it was closed.';


--
-- Name: COLUMN invoices.closed_by; Type: COMMENT; Schema: ledger; Owner: -
--

COMMENT ON COLUMN ledger.invoices.closed_by IS 'Who closed it.';


--
-- Name: invoice_lines; Type: VIEW; Schema: billing; Owner: -
--

CREATE VIEW billing.invoice_lines WITH (security_barrier='true') AS
 SELECT customers.customer_key,
    lines.invoice_number,
    invoices.contract_number AS invoice_contract_number,
    invoices.quarter_number,
    lines.line_number,
    lines.contract_number,
    lines.kind,
    lines.month_number,
    lines.first_date,
    lines.last_date,
    lines.quantity,
    lines.unit_price,
    lines.amount,
    lines.vat_rate,
    lines.evidence_hash,
    lines.corrects_invoice_number,
    lines.is_correction
   FROM ((ledger.invoice_lines lines
     JOIN ledger.invoices ON (((lines.customer_id = invoices.customer_id) AND (lines.invoice_number = invoices.invoice_number))))
     JOIN customer.visible_customers customers ON ((lines.customer_id = customers.customer_id)))
UNION ALL
 SELECT customers.customer_key,
    NULL::integer AS invoice_number,
    lines.invoice_contract_number,
    lines.quarter_number,
    lines.line_number,
    lines.contract_number,
    lines.kind,
    lines.month_number,
    lines.first_date,
    lines.last_date,
    lines.quantity,
    lines.unit_price,
    lines.amount,
    lines.vat_rate,
    lines.evidence_hash,
    lines.corrects_invoice_number,
    lines.is_correction
   FROM (customer.visible_customers customers
     CROSS JOIN LATERAL billing.draft_invoice_lines(customers.customer_id) lines(customer_id, invoice_contract_number, quarter_number, line_number, contract_number, kind, month_number, first_date, last_date, quantity, unit_price, amount, vat_rate, evidence_hash, corrects_invoice_number, is_correction, closes_quarter));


--
-- Name: VIEW invoice_lines; Type: COMMENT; Schema: billing; Owner: -
--

COMMENT ON VIEW billing.invoice_lines IS 'The lines of all invoices; those of an invoice to come have no number yet.';


--
-- Name: invoices; Type: VIEW; Schema: billing; Owner: -
--

CREATE VIEW billing.invoices WITH (security_barrier='true') AS
 WITH sums AS (
         SELECT invoice_lines.customer_id,
            invoice_lines.invoice_number,
            COALESCE(sum(invoice_lines.amount) FILTER (WHERE (invoice_lines.kind <> 'vat'::text)), (0)::numeric) AS net_amount,
            COALESCE(sum(invoice_lines.amount) FILTER (WHERE (invoice_lines.kind = 'vat'::text)), (0)::numeric) AS vat_amount
           FROM ledger.invoice_lines
          GROUP BY invoice_lines.customer_id, invoice_lines.invoice_number
        )
 SELECT customers.customer_key,
    customers.name,
    customers.language,
    invoices.invoice_number,
    invoices.contract_number,
    invoices.quarter_number,
    invoices.first_date,
    invoices.last_date,
    invoices.currency,
    'closed'::text AS state,
    sums.net_amount,
    sums.vat_amount,
    (sums.net_amount + sums.vat_amount) AS total_amount,
    invoices.closed_at,
    invoices.closed_by
   FROM ((ledger.invoices
     JOIN sums ON (((invoices.customer_id = sums.customer_id) AND (invoices.invoice_number = sums.invoice_number))))
     JOIN customer.visible_customers customers ON ((invoices.customer_id = customers.customer_id)))
UNION ALL
 SELECT customers.customer_key,
    customers.name,
    customers.language,
    NULL::integer AS invoice_number,
    drafts.contract_number,
    drafts.quarter_number,
    drafts.first_date,
    drafts.last_date,
    drafts.currency,
        CASE
            WHEN drafts.is_complete THEN 'complete'::text
            ELSE 'open'::text
        END AS state,
    drafts.net_amount,
    drafts.vat_amount,
    (drafts.net_amount + drafts.vat_amount) AS total_amount,
    NULL::timestamp with time zone AS closed_at,
    NULL::text AS closed_by
   FROM (customer.visible_customers customers
     CROSS JOIN LATERAL billing.drafts(customers.customer_id) drafts(customer_id, contract_number, quarter_number, first_date, last_date, currency, is_complete, net_amount, vat_amount));


--
-- Name: VIEW invoices; Type: COMMENT; Schema: billing; Owner: -
--

COMMENT ON VIEW billing.invoices IS 'All invoices: closed, complete so that they can be closed, or open and still growing.';


--
-- Name: unlike_lines; Type: VIEW; Schema: billing; Owner: -
--

CREATE VIEW billing.unlike_lines WITH (security_barrier='true') AS
 SELECT customers.customer_key,
    lines.invoice_number,
    lines.line_number,
    lines.kind,
    lines.month_number,
    lines.evidence_hash,
    lines.present_hash
   FROM (customer.visible_customers customers
     CROSS JOIN LATERAL billing.unlike_lines_of(customers.customer_id) lines(invoice_number, line_number, kind, month_number, evidence_hash, present_hash));


--
-- Name: VIEW unlike_lines; Type: COMMENT; Schema: billing; Owner: -
--

COMMENT ON VIEW billing.unlike_lines IS 'Lines of closed invoices whose evidence was changed by hand since.';


--
-- Name: user_months; Type: VIEW; Schema: billing; Owner: -
--

CREATE VIEW billing.user_months WITH (security_barrier='true') AS
 SELECT customers.customer_key,
    months.contract_number,
    months.month_number,
    months.first_date,
    months.last_date,
    COALESCE(users.user_key, ('user '::text || counted.user_id)) AS user_key,
    counted.user_id,
    counted.enabled_count,
    counted.verified_count,
    counted.absence_count,
    counted.corrected_count,
    counted.first_enabled_date,
    counted.last_enabled_date,
    counted.is_counted
   FROM (((customer.visible_customers customers
     CROSS JOIN LATERAL billing.months_known(customers.customer_id, 'infinity'::timestamp with time zone) months(customer_id, contract_number, month_number, quarter_number, first_date, last_date, counted_until_date, is_complete, ends_quarter, charged_day_count, day_count, user_price, month_minimum))
     JOIN LATERAL billing.user_months_known(customers.customer_id, 'infinity'::timestamp with time zone) counted(customer_id, contract_number, month_number, user_id, enabled_count, verified_count, absence_count, corrected_count, first_enabled_date, last_enabled_date, is_counted, evidence) ON (((months.customer_id = counted.customer_id) AND (months.contract_number = counted.contract_number) AND (months.month_number = counted.month_number))))
     LEFT JOIN roster.users ON (((counted.customer_id = users.customer_id) AND (counted.user_id = users.user_id))));


--
-- Name: VIEW user_months; Type: COMMENT; Schema: billing; Owner: -
--

COMMENT ON VIEW billing.user_months IS 'Who counts in which month of a contract: one row per month and user of whom there is evidence.';


--
-- Name: booking_versions; Type: TABLE; Schema: calendar; Owner: -
--

CREATE TABLE calendar.booking_versions (
    customer_id bigint NOT NULL,
    user_id bigint NOT NULL,
    calendar_id integer NOT NULL,
    resource_key text NOT NULL,
    booking_key text NOT NULL,
    held_during tstzrange NOT NULL,
    ended_by text NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    start_date date,
    end_date date,
    show_as customer.show_as,
    sensitivity customer.sensitivity NOT NULL,
    response customer.response,
    is_cancelled boolean NOT NULL,
    code text,
    code_reason text,
    code_kind customer.kind,
    shown_text text,
    is_choice boolean NOT NULL,
    is_choice_skip boolean NOT NULL,
    choice_reason text,
    choice_kind customer.kind,
    mark bytea NOT NULL,
    rule_set_version integer NOT NULL,
    load_id bigint NOT NULL,
    account text,
    account_because text,
    CONSTRAINT booking_versions_account_check CHECK ((account = ANY (ARRAY['applied'::text, 'suppressed'::text, 'failed'::text]))),
    CONSTRAINT booking_versions_ended_by_check CHECK ((ended_by = ANY (ARRAY['changed'::text, 'vanished'::text, 'pruned'::text])))
);


--
-- Name: TABLE booking_versions; Type: COMMENT; Schema: calendar; Owner: -
--

COMMENT ON TABLE calendar.booking_versions IS 'How a booking stood earlier, when, and what ended that.';


--
-- Name: COLUMN booking_versions.account; Type: COMMENT; Schema: calendar; Owner: -
--

COMMENT ON COLUMN calendar.booking_versions.account IS 'What became of it in the end, where it was not superseded.';


--
-- Name: COLUMN booking_versions.account_because; Type: COMMENT; Schema: calendar; Owner: -
--

COMMENT ON COLUMN calendar.booking_versions.account_because IS 'Why, as absence.accounts_within says.';


--
-- Name: quarantine; Type: TABLE; Schema: calendar; Owner: -
--

CREATE TABLE calendar.quarantine (
    customer_id bigint NOT NULL,
    user_id bigint NOT NULL,
    calendar_id integer NOT NULL,
    resource_key text NOT NULL,
    booking_key text DEFAULT ''::text NOT NULL,
    reason text NOT NULL,
    is_degraded boolean NOT NULL,
    since timestamp with time zone NOT NULL
);


--
-- Name: TABLE quarantine; Type: COMMENT; Schema: calendar; Owner: -
--

COMMENT ON TABLE calendar.quarantine IS 'What could not be read, and why; a booking key of '''' means the whole resource.';


--
-- Name: COLUMN quarantine.is_degraded; Type: COMMENT; Schema: calendar; Owner: -
--

COMMENT ON COLUMN calendar.quarantine.is_degraded IS 'The booking counts all the same, with less than its whole meaning.';


--
-- Name: resources; Type: TABLE; Schema: calendar; Owner: -
--

CREATE TABLE calendar.resources (
    customer_id bigint NOT NULL,
    user_id bigint NOT NULL,
    calendar_id integer NOT NULL,
    resource_key text NOT NULL,
    mark text NOT NULL
);


--
-- Name: TABLE resources; Type: COMMENT; Schema: calendar; Owner: -
--

COMMENT ON TABLE calendar.resources IS 'One row per file or collection member with the mark it had when read.';


--
-- Name: taken_in; Type: TABLE; Schema: calendar; Owner: -
--

CREATE TABLE calendar.taken_in (
    customer_id bigint NOT NULL,
    user_id bigint NOT NULL,
    version_count bigint NOT NULL,
    forgotten_count bigint DEFAULT 0 NOT NULL,
    CONSTRAINT taken_in_no_more_forgotten_check CHECK (((forgotten_count >= 0) AND (forgotten_count <= version_count)))
);


--
-- Name: TABLE taken_in; Type: COMMENT; Schema: calendar; Owner: -
--

COMMENT ON TABLE calendar.taken_in IS 'How many booking versions were taken in of a user: what must be found again.';


--
-- Name: COLUMN taken_in.customer_id; Type: COMMENT; Schema: calendar; Owner: -
--

COMMENT ON COLUMN calendar.taken_in.customer_id IS 'Whose user.';


--
-- Name: COLUMN taken_in.user_id; Type: COMMENT; Schema: calendar; Owner: -
--

COMMENT ON COLUMN calendar.taken_in.user_id IS 'Whose bookings.';


--
-- Name: COLUMN taken_in.version_count; Type: COMMENT; Schema: calendar; Owner: -
--

COMMENT ON COLUMN calendar.taken_in.version_count IS 'Bookings that loads added or changed, since the user joined.';


--
-- Name: COLUMN taken_in.forgotten_count; Type: COMMENT; Schema: calendar; Owner: -
--

COMMENT ON COLUMN calendar.taken_in.forgotten_count IS 'How many of them were deleted since, their time being over.';


--
-- Name: announced_reasons; Type: TABLE; Schema: customer; Owner: -
--

CREATE TABLE customer.announced_reasons (
    customer_id bigint NOT NULL,
    rule_set_version integer NOT NULL,
    reason text NOT NULL,
    announced_reason text NOT NULL
);


--
-- Name: code_signs; Type: TABLE; Schema: customer; Owner: -
--

CREATE TABLE customer.code_signs (
    customer_id bigint NOT NULL,
    rule_set_version integer NOT NULL,
    grammar text NOT NULL,
    sign text NOT NULL,
    kind customer.kind NOT NULL
);


--
-- Name: codes; Type: TABLE; Schema: customer; Owner: -
--

CREATE TABLE customer.codes (
    customer_id bigint NOT NULL,
    rule_set_version integer NOT NULL,
    grammar text NOT NULL,
    code text NOT NULL,
    reason text NOT NULL,
    is_doubtful boolean DEFAULT false NOT NULL
);


--
-- Name: COLUMN codes.code; Type: COMMENT; Schema: customer; Owner: -
--

COMMENT ON COLUMN customer.codes.code IS 'In lower case and Unicode form C.';


--
-- Name: COLUMN codes.is_doubtful; Type: COMMENT; Schema: customer; Owner: -
--

COMMENT ON COLUMN customer.codes.is_doubtful IS 'Also an ordinary word or name: counts, and is listed where it stands behind other text.';


--
-- Name: customer_versions; Type: TABLE; Schema: customer; Owner: -
--

CREATE TABLE customer.customer_versions (
    customer_id bigint NOT NULL,
    held_during tstzrange NOT NULL,
    settings jsonb NOT NULL,
    applied_by text NOT NULL
);


--
-- Name: TABLE customer_versions; Type: COMMENT; Schema: customer; Owner: -
--

COMMENT ON TABLE customer.customer_versions IS 'One row per customer and version of its file, without the rules: those are in customer.rule_sets.';


--
-- Name: COLUMN customer_versions.customer_id; Type: COMMENT; Schema: customer; Owner: -
--

COMMENT ON COLUMN customer.customer_versions.customer_id IS 'Whose file.';


--
-- Name: COLUMN customer_versions.held_during; Type: COMMENT; Schema: customer; Owner: -
--

COMMENT ON COLUMN customer.customer_versions.held_during IS 'When this version counted; the current one has no end.';


--
-- Name: COLUMN customer_versions.settings; Type: COMMENT; Schema: customer; Owner: -
--

COMMENT ON COLUMN customer.customer_versions.settings IS 'What the file said: calendars, groups, exchange, presence, contract, limits, retention.';


--
-- Name: COLUMN customer_versions.applied_by; Type: COMMENT; Schema: customer; Owner: -
--

COMMENT ON COLUMN customer.customer_versions.applied_by IS 'Who took it in.';


--
-- Name: epochs; Type: TABLE; Schema: customer; Owner: -
--

CREATE TABLE customer.epochs (
    customer_id bigint NOT NULL,
    epoch integer NOT NULL,
    cause text NOT NULL,
    database_mark text NOT NULL,
    first_fence bigint NOT NULL,
    began_at timestamp with time zone NOT NULL,
    adopted_at timestamp with time zone,
    CONSTRAINT epochs_cause_check CHECK ((cause = ANY (ARRAY['first'::text, 'database'::text, 'telephone_side'::text, 'told'::text]))),
    CONSTRAINT epochs_first_has_nothing_to_adopt_check CHECK (((cause <> 'first'::text) OR (adopted_at IS NOT NULL)))
);


--
-- Name: TABLE epochs; Type: COMMENT; Schema: customer; Owner: -
--

COMMENT ON TABLE customer.epochs IS 'One row per stretch in which one database wrote a customer''s rows. A new one begins when the database was restored: since then the telephone side may know more than the tables here.';


--
-- Name: COLUMN epochs.customer_id; Type: COMMENT; Schema: customer; Owner: -
--

COMMENT ON COLUMN customer.epochs.customer_id IS 'Whose rows.';


--
-- Name: COLUMN epochs.epoch; Type: COMMENT; Schema: customer; Owner: -
--

COMMENT ON COLUMN customer.epochs.epoch IS 'Counts from 1; the largest is the current one.';


--
-- Name: COLUMN epochs.cause; Type: COMMENT; Schema: customer; Owner: -
--

COMMENT ON COLUMN customer.epochs.cause IS 'How it was found: first (none before), database (another server, timeline or database than before), telephone_side (it had seen newer runs than this database gave out), told (by a person).';


--
-- Name: COLUMN epochs.database_mark; Type: COMMENT; Schema: customer; Owner: -
--

COMMENT ON COLUMN customer.epochs.database_mark IS 'The server''s identifier, its timeline and the database''s number.';


--
-- Name: COLUMN epochs.first_fence; Type: COMMENT; Schema: customer; Owner: -
--

COMMENT ON COLUMN customer.epochs.first_fence IS 'Runs of this epoch have larger numbers: larger also than any that the telephone side has seen.';


--
-- Name: COLUMN epochs.began_at; Type: COMMENT; Schema: customer; Owner: -
--

COMMENT ON COLUMN customer.epochs.began_at IS 'When it was found.';


--
-- Name: COLUMN epochs.adopted_at; Type: COMMENT; Schema: customer; Owner: -
--

COMMENT ON COLUMN customer.epochs.adopted_at IS 'When what stood on the telephone side was taken over as placed; until then nothing is planned.';


--
-- Name: grammars; Type: TABLE; Schema: customer; Owner: -
--

CREATE TABLE customer.grammars (
    customer_id bigint NOT NULL,
    rule_set_version integer NOT NULL,
    grammar text NOT NULL,
    pattern text NOT NULL,
    code_groups integer[] NOT NULL,
    sign_group integer NOT NULL,
    kind customer.kind,
    near_patterns text[]
);


--
-- Name: COLUMN grammars.pattern; Type: COMMENT; Schema: customer; Owner: -
--

COMMENT ON COLUMN customer.grammars.pattern IS 'A regular expression over the subject in lower case and Unicode form C, spaces made plain.';


--
-- Name: COLUMN grammars.code_groups; Type: COMMENT; Schema: customer; Owner: -
--

COMMENT ON COLUMN customer.grammars.code_groups IS 'Which groups of the pattern may hold the code.';


--
-- Name: COLUMN grammars.sign_group; Type: COMMENT; Schema: customer; Owner: -
--

COMMENT ON COLUMN customer.grammars.sign_group IS 'Which group of the pattern holds the sign of the kind; 0 is none.';


--
-- Name: COLUMN grammars.kind; Type: COMMENT; Schema: customer; Owner: -
--

COMMENT ON COLUMN customer.grammars.kind IS 'The kind of a code without a sign; null is the rules'' own default.';


--
-- Name: COLUMN grammars.near_patterns; Type: COMMENT; Schema: customer; Owner: -
--

COMMENT ON COLUMN customer.grammars.near_patterns IS 'What looks like a code of this grammar in a subject without one: what the first matches does for certain; the second where its second group is one letter away from a code.';


--
-- Name: hosts; Type: TABLE; Schema: customer; Owner: -
--

CREATE TABLE customer.hosts (
    customer_id bigint NOT NULL,
    host text NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    clock_ahead interval NOT NULL
);


--
-- Name: TABLE hosts; Type: COMMENT; Schema: customer; Owner: -
--

COMMENT ON TABLE customer.hosts IS 'One row per host that works for a customer.';


--
-- Name: COLUMN hosts.customer_id; Type: COMMENT; Schema: customer; Owner: -
--

COMMENT ON COLUMN customer.hosts.customer_id IS 'For whom it works.';


--
-- Name: COLUMN hosts.host; Type: COMMENT; Schema: customer; Owner: -
--

COMMENT ON COLUMN customer.hosts.host IS 'Its name, as it tells it.';


--
-- Name: COLUMN hosts.seen_at; Type: COMMENT; Schema: customer; Owner: -
--

COMMENT ON COLUMN customer.hosts.seen_at IS 'When it last took work.';


--
-- Name: COLUMN hosts.clock_ahead; Type: COMMENT; Schema: customer; Owner: -
--

COMMENT ON COLUMN customer.hosts.clock_ahead IS 'How far its clock was ahead of the database''s then; less than nothing where it was behind.';


--
-- Name: keys; Type: TABLE; Schema: customer; Owner: -
--

CREATE TABLE customer.keys (
    customer_key text NOT NULL,
    customer_id bigint NOT NULL
);


--
-- Name: TABLE keys; Type: COMMENT; Schema: customer; Owner: -
--

COMMENT ON TABLE customer.keys IS 'One row per key of a customer, written when the customer is.';


--
-- Name: COLUMN keys.customer_key; Type: COMMENT; Schema: customer; Owner: -
--

COMMENT ON COLUMN customer.keys.customer_key IS 'What commands and the telephone side say.';


--
-- Name: COLUMN keys.customer_id; Type: COMMENT; Schema: customer; Owner: -
--

COMMENT ON COLUMN customer.keys.customer_id IS 'The customer''s number.';


--
-- Name: limits; Type: TABLE; Schema: customer; Owner: -
--

CREATE TABLE customer.limits (
    customer_id bigint NOT NULL,
    withdrawn_share numeric DEFAULT 0.30 NOT NULL,
    withdrawn_share_from integer DEFAULT 10 NOT NULL,
    withdrawn_count integer DEFAULT 500 NOT NULL,
    newly_direct_share numeric DEFAULT 0.50 NOT NULL,
    newly_direct_from integer DEFAULT 10 NOT NULL,
    newly_direct_count integer DEFAULT 500 NOT NULL,
    CONSTRAINT limits_shares_check CHECK ((((withdrawn_share >= (0)::numeric) AND (withdrawn_share <= (1)::numeric)) AND ((newly_direct_share >= (0)::numeric) AND (newly_direct_share <= (1)::numeric))))
);


--
-- Name: TABLE limits; Type: COMMENT; Schema: customer; Owner: -
--

COMMENT ON TABLE customer.limits IS 'How much a rolling day may take, and how many phones may close at once, without approval.';


--
-- Name: outcome_counts; Type: TABLE; Schema: customer; Owner: -
--

CREATE TABLE customer.outcome_counts (
    customer_id bigint NOT NULL,
    outcome text NOT NULL,
    change_count bigint NOT NULL
);


--
-- Name: TABLE outcome_counts; Type: COMMENT; Schema: customer; Owner: -
--

COMMENT ON TABLE customer.outcome_counts IS 'One row per customer and outcome: how many changes ended so in passes that came to their end. It only ever grows, whatever is forgotten of the audit.';


--
-- Name: COLUMN outcome_counts.customer_id; Type: COMMENT; Schema: customer; Owner: -
--

COMMENT ON COLUMN customer.outcome_counts.customer_id IS 'Whose changes.';


--
-- Name: COLUMN outcome_counts.outcome; Type: COMMENT; Schema: customer; Owner: -
--

COMMENT ON COLUMN customer.outcome_counts.outcome IS 'done, unchanged, conflict, failed or unknown, as the telephone side told it.';


--
-- Name: COLUMN outcome_counts.change_count; Type: COMMENT; Schema: customer; Owner: -
--

COMMENT ON COLUMN customer.outcome_counts.change_count IS 'How many.';


--
-- Name: passes; Type: TABLE; Schema: customer; Owner: -
--

CREATE TABLE customer.passes (
    customer_id bigint NOT NULL,
    scope text NOT NULL,
    ended_at timestamp with time zone NOT NULL,
    pass_count bigint NOT NULL,
    CONSTRAINT passes_scope_check CHECK ((scope = ANY (ARRAY['everybody'::text, 'touched'::text])))
);


--
-- Name: TABLE passes; Type: COMMENT; Schema: customer; Owner: -
--

COMMENT ON TABLE customer.passes IS 'One row per customer and scope of pass: when one last came to its end, also with nothing to do.';


--
-- Name: COLUMN passes.customer_id; Type: COMMENT; Schema: customer; Owner: -
--

COMMENT ON COLUMN customer.passes.customer_id IS 'Whose pass.';


--
-- Name: COLUMN passes.scope; Type: COMMENT; Schema: customer; Owner: -
--

COMMENT ON COLUMN customer.passes.scope IS 'Whom it looked at, as in audit.runs.';


--
-- Name: COLUMN passes.ended_at; Type: COMMENT; Schema: customer; Owner: -
--

COMMENT ON COLUMN customer.passes.ended_at IS 'When the last one came to its end.';


--
-- Name: COLUMN passes.pass_count; Type: COMMENT; Schema: customer; Owner: -
--

COMMENT ON COLUMN customer.passes.pass_count IS 'How many have.';


--
-- Name: retentions; Type: TABLE; Schema: customer; Owner: -
--

CREATE TABLE customer.retentions (
    customer_id bigint NOT NULL,
    purpose text NOT NULL,
    months integer NOT NULL,
    CONSTRAINT retentions_months_check CHECK (((months >= 1) AND (months <= 240)))
);


--
-- Name: TABLE retentions; Type: COMMENT; Schema: customer; Owner: -
--

COMMENT ON TABLE customer.retentions IS 'One row per purpose that a customer file names: how long is kept what is kept for it. What it leaves out has the months of intake.retentions.';


--
-- Name: COLUMN retentions.customer_id; Type: COMMENT; Schema: customer; Owner: -
--

COMMENT ON COLUMN customer.retentions.customer_id IS 'Whose.';


--
-- Name: COLUMN retentions.purpose; Type: COMMENT; Schema: customer; Owner: -
--

COMMENT ON COLUMN customer.retentions.purpose IS 'What for: audit, versions.';


--
-- Name: COLUMN retentions.months; Type: COMMENT; Schema: customer; Owner: -
--

COMMENT ON COLUMN customer.retentions.months IS 'For how many months.';


--
-- Name: template_reasons; Type: TABLE; Schema: customer; Owner: -
--

CREATE TABLE customer.template_reasons (
    system text NOT NULL,
    reason text NOT NULL,
    phone_code text,
    label_sv text NOT NULL,
    label_no text NOT NULL,
    label_en text NOT NULL
);


--
-- Name: templates; Type: TABLE; Schema: customer; Owner: -
--

CREATE TABLE customer.templates (
    system text NOT NULL,
    rules jsonb NOT NULL
);


--
-- Name: TABLE templates; Type: COMMENT; Schema: customer; Owner: -
--

COMMENT ON TABLE customer.templates IS 'One row per system that a customer can choose.';


--
-- Name: COLUMN templates.rules; Type: COMMENT; Schema: customer; Owner: -
--

COMMENT ON COLUMN customer.templates.rules IS 'Every key of the rules with its value, in the form that intake.take_in_rule_set reads.';


--
-- Name: turns; Type: TABLE; Schema: customer; Owner: -
--

CREATE TABLE customer.turns (
    customer_id bigint NOT NULL,
    turn text NOT NULL,
    fence bigint NOT NULL,
    shift text,
    ended_fence bigint,
    ended_shift text
);


--
-- Name: TABLE turns; Type: COMMENT; Schema: customer; Owner: -
--

COMMENT ON TABLE customer.turns IS 'One row per customer and kind of run that goes from customer to customer: the newest ones.';


--
-- Name: COLUMN turns.customer_id; Type: COMMENT; Schema: customer; Owner: -
--

COMMENT ON COLUMN customer.turns.customer_id IS 'Whose turn it was.';


--
-- Name: COLUMN turns.turn; Type: COMMENT; Schema: customer; Owner: -
--

COMMENT ON COLUMN customer.turns.turn IS 'What the run does: reconcile everybody, or those touched; load all of a source, or what changed.';


--
-- Name: COLUMN turns.fence; Type: COMMENT; Schema: customer; Owner: -
--

COMMENT ON COLUMN customer.turns.fence IS 'The newest run that began it.';


--
-- Name: COLUMN turns.shift; Type: COMMENT; Schema: customer; Owner: -
--

COMMENT ON COLUMN customer.turns.shift IS 'Which runs it shares the customers out with, as they began together; null where it runs alone.';


--
-- Name: COLUMN turns.ended_fence; Type: COMMENT; Schema: customer; Owner: -
--

COMMENT ON COLUMN customer.turns.ended_fence IS 'The newest run that came to its end.';


--
-- Name: COLUMN turns.ended_shift; Type: COMMENT; Schema: customer; Owner: -
--

COMMENT ON COLUMN customer.turns.ended_shift IS 'The same of that one.';


--
-- Name: work; Type: TABLE; Schema: customer; Owner: -
--

CREATE TABLE customer.work (
    customer_id bigint NOT NULL,
    work text NOT NULL,
    fence bigint NOT NULL,
    taken_at timestamp with time zone NOT NULL,
    taken_by text NOT NULL
);


--
-- Name: audit_tables; Type: VIEW; Schema: intake; Owner: -
--

CREATE VIEW intake.audit_tables AS
 SELECT pg_class.oid AS table_id,
    pg_class.relname AS table_name,
    pg_attribute.attname AS instant,
    strays.relname AS strays,
    ( SELECT count(*) AS count
           FROM pg_constraint
          WHERE ((pg_constraint.conrelid = pg_class.oid) AND (pg_constraint.contype = 'f'::"char"))) AS reference_count
   FROM (((pg_partitioned_table
     JOIN pg_class ON ((pg_partitioned_table.partrelid = pg_class.oid)))
     JOIN pg_attribute ON (((pg_class.oid = pg_attribute.attrelid) AND (pg_attribute.attnum = pg_partitioned_table.partattrs[0]))))
     JOIN pg_class strays ON ((pg_partitioned_table.partdefid = strays.oid)))
  WHERE (pg_class.relnamespace = ('audit'::regnamespace)::oid);


--
-- Name: audit_months; Type: VIEW; Schema: intake; Owner: -
--

CREATE VIEW intake.audit_months AS
 SELECT audit_tables.table_name,
    audit_tables.reference_count,
    months.oid AS month_id,
    months.relname AS month_name,
    to_date("substring"((months.relname)::text, '_([0-9]{4}_[0-9]{2})$'::text), 'YYYY_MM'::text) AS month
   FROM ((intake.audit_tables
     JOIN pg_inherits ON ((audit_tables.table_id = pg_inherits.inhparent)))
     JOIN pg_class months ON ((pg_inherits.inhrelid = months.oid)));


--
-- Name: group_members; Type: TABLE; Schema: roster; Owner: -
--

CREATE TABLE roster.group_members (
    customer_id bigint NOT NULL,
    group_id integer NOT NULL,
    member_key text NOT NULL,
    mail_addresses text[] NOT NULL
);


--
-- Name: TABLE group_members; Type: COMMENT; Schema: roster; Owner: -
--

COMMENT ON TABLE roster.group_members IS 'One row per member of a group, direct or not, as it last told them.';


--
-- Name: COLUMN group_members.member_key; Type: COMMENT; Schema: roster; Owner: -
--

COMMENT ON COLUMN roster.group_members.member_key IS 'The directory''s own key.';


--
-- Name: COLUMN group_members.mail_addresses; Type: COMMENT; Schema: roster; Owner: -
--

COMMENT ON COLUMN roster.group_members.mail_addresses IS 'In lower case.';


--
-- Name: roster; Type: TABLE; Schema: staging; Owner: -
--

CREATE UNLOGGED TABLE staging.roster (
    customer_id bigint NOT NULL,
    row_number integer NOT NULL,
    user_key text NOT NULL,
    name text NOT NULL,
    extension text NOT NULL,
    time_zone text NOT NULL,
    language text NOT NULL,
    mail_addresses text[] NOT NULL,
    has_calendar boolean NOT NULL,
    has_diversion boolean NOT NULL,
    calendar_sources text[] NOT NULL,
    calendar_addresses text[] NOT NULL
);


--
-- Name: group_matches; Type: VIEW; Schema: intake; Owner: -
--

CREATE VIEW intake.group_matches AS
 WITH people AS (
         SELECT roster.customer_id,
            roster.user_key,
            roster.mail_addresses,
            true AS is_staged
           FROM staging.roster
        UNION ALL
         SELECT users.customer_id,
            users.user_key,
            users.mail_addresses,
            false AS is_staged
           FROM roster.users
          WHERE users.is_active
        ), names AS (
         SELECT people.customer_id,
            people.user_key,
            people.is_staged,
            named.name
           FROM (people
             CROSS JOIN LATERAL unnest(array_append(people.mail_addresses, lower(people.user_key))) named(name))
        ), members AS (
         SELECT group_members.customer_id,
            group_members.group_id,
            group_members.member_key,
            named.name
           FROM (roster.group_members
             CROSS JOIN LATERAL unnest(group_members.mail_addresses) named(name))
        )
 SELECT DISTINCT names.customer_id,
    members.group_id,
    members.member_key,
    names.user_key,
    names.is_staged
   FROM (names
     JOIN members ON (((names.customer_id = members.customer_id) AND (names.name = members.name))));


--
-- Name: groups; Type: TABLE; Schema: roster; Owner: -
--

CREATE TABLE roster.groups (
    customer_id bigint NOT NULL,
    group_id integer NOT NULL,
    source text NOT NULL,
    group_key text NOT NULL,
    service text NOT NULL,
    is_active boolean DEFAULT true NOT NULL,
    answered_at timestamp with time zone,
    failed_at timestamp with time zone,
    failure text,
    CONSTRAINT groups_failure_has_instant_check CHECK (((failure IS NULL) = (failed_at IS NULL))),
    CONSTRAINT groups_service_is_known_check CHECK ((service = ANY (ARRAY['calendar'::text, 'diversion'::text])))
);


--
-- Name: TABLE groups; Type: COMMENT; Schema: roster; Owner: -
--

COMMENT ON TABLE roster.groups IS 'One row per group and service that the customer file names or named: its members have the service, and nobody else.';


--
-- Name: COLUMN groups.source; Type: COMMENT; Schema: roster; Owner: -
--

COMMENT ON COLUMN roster.groups.source IS 'The name of the source in the customer file.';


--
-- Name: COLUMN groups.group_key; Type: COMMENT; Schema: roster; Owner: -
--

COMMENT ON COLUMN roster.groups.group_key IS 'What its directory calls it, in lower case.';


--
-- Name: COLUMN groups.service; Type: COMMENT; Schema: roster; Owner: -
--

COMMENT ON COLUMN roster.groups.service IS 'As in the column services of a roster.';


--
-- Name: COLUMN groups.is_active; Type: COMMENT; Schema: roster; Owner: -
--

COMMENT ON COLUMN roster.groups.is_active IS 'False where the customer file names it no longer.';


--
-- Name: COLUMN groups.answered_at; Type: COMMENT; Schema: roster; Owner: -
--

COMMENT ON COLUMN roster.groups.answered_at IS 'When it last told its members; null where it never did: nobody gains or loses a service then.';


--
-- Name: COLUMN groups.failed_at; Type: COMMENT; Schema: roster; Owner: -
--

COMMENT ON COLUMN roster.groups.failed_at IS 'When it failed last, where nothing went right since.';


--
-- Name: COLUMN groups.failure; Type: COMMENT; Schema: roster; Owner: -
--

COMMENT ON COLUMN roster.groups.failure IS 'What went wrong then, and what to do.';


--
-- Name: groups_to_read; Type: VIEW; Schema: intake; Owner: -
--

CREATE VIEW intake.groups_to_read AS
 SELECT groups.customer_id,
    groups.group_id,
    groups.source,
    groups.group_key,
    groups.service
   FROM roster.groups
  WHERE groups.is_active;


--
-- Name: retentions; Type: VIEW; Schema: intake; Owner: -
--

CREATE VIEW intake.retentions AS
 SELECT customers.customer_id,
    purposes.purpose,
    COALESCE(retentions.months, purposes.months) AS months
   FROM ((customer.customers
     CROSS JOIN ( VALUES ('audit'::text,24), ('versions'::text,13)) purposes(purpose, months))
     LEFT JOIN customer.retentions ON (((customers.customer_id = retentions.customer_id) AND (purposes.purpose = retentions.purpose))));


--
-- Name: services_by_group; Type: VIEW; Schema: intake; Owner: -
--

CREATE VIEW intake.services_by_group AS
 WITH people AS (
         SELECT roster.customer_id,
            roster.user_key,
            true AS is_staged
           FROM staging.roster
        UNION ALL
         SELECT users.customer_id,
            users.user_key,
            false AS is_staged
           FROM roster.users
          WHERE users.is_active
        ), deciding AS (
         SELECT groups.customer_id,
            bool_and((groups.answered_at IS NOT NULL)) FILTER (WHERE (groups.service = 'calendar'::text)) AS is_calendar_decided,
            bool_and((groups.answered_at IS NOT NULL)) FILTER (WHERE (groups.service = 'diversion'::text)) AS is_diversion_decided
           FROM roster.groups
          WHERE groups.is_active
          GROUP BY groups.customer_id
        ), given AS NOT MATERIALIZED (
         SELECT matches.customer_id,
            matches.user_key,
            matches.is_staged,
            bool_or((groups.service = 'calendar'::text)) AS has_calendar,
            bool_or((groups.service = 'diversion'::text)) AS has_diversion
           FROM (intake.group_matches matches
             JOIN roster.groups ON (((matches.customer_id = groups.customer_id) AND (matches.group_id = groups.group_id) AND groups.is_active)))
          GROUP BY matches.customer_id, matches.user_key, matches.is_staged
        ), found AS (
         SELECT given_1.customer_id,
            given_1.is_staged,
            bool_or(given_1.has_calendar) AS is_anyone_of_calendar,
            bool_or(given_1.has_diversion) AS is_anyone_of_diversion
           FROM given given_1
          GROUP BY given_1.customer_id, given_1.is_staged
        )
 SELECT people.customer_id,
    people.user_key,
    people.is_staged,
    (deciding.is_calendar_decided IS NOT NULL) AS is_calendar_named,
    (deciding.is_diversion_decided IS NOT NULL) AS is_diversion_named,
        CASE
            WHEN (deciding.is_calendar_decided AND found.is_anyone_of_calendar) THEN COALESCE(given.has_calendar, false)
            ELSE NULL::boolean
        END AS has_calendar,
        CASE
            WHEN (deciding.is_diversion_decided AND found.is_anyone_of_diversion) THEN COALESCE(given.has_diversion, false)
            ELSE NULL::boolean
        END AS has_diversion
   FROM (((people
     JOIN deciding ON ((people.customer_id = deciding.customer_id)))
     LEFT JOIN found ON (((people.customer_id = found.customer_id) AND (people.is_staged = found.is_staged))))
     LEFT JOIN given ON (((people.customer_id = given.customer_id) AND (people.user_key = given.user_key) AND (people.is_staged = given.is_staged))));


--
-- Name: contracts; Type: TABLE; Schema: ledger; Owner: -
--

CREATE TABLE ledger.contracts (
    customer_id bigint NOT NULL,
    contract_number integer NOT NULL,
    contract_version integer NOT NULL,
    starts_date date NOT NULL,
    notice_date date,
    settings jsonb NOT NULL,
    held_during tstzrange NOT NULL,
    applied_by text NOT NULL,
    CONSTRAINT contracts_notice_after_start_check CHECK ((notice_date >= starts_date))
);


--
-- Name: TABLE contracts; Type: COMMENT; Schema: ledger; Owner: -
--

COMMENT ON TABLE ledger.contracts IS 'One row per version of a contract; a later contract of the same customer has a higher number.';


--
-- Name: COLUMN contracts.customer_id; Type: COMMENT; Schema: ledger; Owner: -
--

COMMENT ON COLUMN ledger.contracts.customer_id IS 'Whose contract.';


--
-- Name: COLUMN contracts.contract_number; Type: COMMENT; Schema: ledger; Owner: -
--

COMMENT ON COLUMN ledger.contracts.contract_number IS 'From 1, in the order of their starts.';


--
-- Name: COLUMN contracts.contract_version; Type: COMMENT; Schema: ledger; Owner: -
--

COMMENT ON COLUMN ledger.contracts.contract_version IS 'From 1, in the order of their writing.';


--
-- Name: COLUMN contracts.starts_date; Type: COMMENT; Schema: ledger; Owner: -
--

COMMENT ON COLUMN ledger.contracts.starts_date IS 'The first day on which the service is in operation.';


--
-- Name: COLUMN contracts.notice_date; Type: COMMENT; Schema: ledger; Owner: -
--

COMMENT ON COLUMN ledger.contracts.notice_date IS 'The day on which notice was given; null where none was.';


--
-- Name: COLUMN contracts.settings; Type: COMMENT; Schema: ledger; Owner: -
--

COMMENT ON COLUMN ledger.contracts.settings IS 'What the customer file said; billing.contracts has what was left out.';


--
-- Name: COLUMN contracts.held_during; Type: COMMENT; Schema: ledger; Owner: -
--

COMMENT ON COLUMN ledger.contracts.held_during IS 'When this version was what the file said; the current one has no end.';


--
-- Name: COLUMN contracts.applied_by; Type: COMMENT; Schema: ledger; Owner: -
--

COMMENT ON COLUMN ledger.contracts.applied_by IS 'Who took the file in.';


--
-- Name: corrections; Type: TABLE; Schema: ledger; Owner: -
--

CREATE TABLE ledger.corrections (
    customer_id bigint NOT NULL,
    user_id bigint NOT NULL,
    day_date date NOT NULL,
    corrected_at timestamp with time zone NOT NULL,
    is_enabled boolean NOT NULL,
    because text,
    corrected_by text NOT NULL
);


--
-- Name: TABLE corrections; Type: COMMENT; Schema: ledger; Owner: -
--

COMMENT ON TABLE ledger.corrections IS 'One row per user day that a person corrected after it was counted; the newest counts.';


--
-- Name: COLUMN corrections.customer_id; Type: COMMENT; Schema: ledger; Owner: -
--

COMMENT ON COLUMN ledger.corrections.customer_id IS 'Whose user.';


--
-- Name: COLUMN corrections.user_id; Type: COMMENT; Schema: ledger; Owner: -
--

COMMENT ON COLUMN ledger.corrections.user_id IS 'Which user.';


--
-- Name: COLUMN corrections.day_date; Type: COMMENT; Schema: ledger; Owner: -
--

COMMENT ON COLUMN ledger.corrections.day_date IS 'The day that was counted wrongly.';


--
-- Name: COLUMN corrections.corrected_at; Type: COMMENT; Schema: ledger; Owner: -
--

COMMENT ON COLUMN ledger.corrections.corrected_at IS 'When it was corrected.';


--
-- Name: COLUMN corrections.is_enabled; Type: COMMENT; Schema: ledger; Owner: -
--

COMMENT ON COLUMN ledger.corrections.is_enabled IS 'What should have been counted.';


--
-- Name: COLUMN corrections.because; Type: COMMENT; Schema: ledger; Owner: -
--

COMMENT ON COLUMN ledger.corrections.because IS 'Why; null where the user was erased since.';


--
-- Name: COLUMN corrections.corrected_by; Type: COMMENT; Schema: ledger; Owner: -
--

COMMENT ON COLUMN ledger.corrections.corrected_by IS 'Who corrected it.';


--
-- Name: counted_days; Type: TABLE; Schema: ledger; Owner: -
--

CREATE TABLE ledger.counted_days (
    customer_id bigint NOT NULL,
    day_date date NOT NULL,
    counted_at timestamp with time zone NOT NULL
);


--
-- Name: TABLE counted_days; Type: COMMENT; Schema: ledger; Owner: -
--

COMMENT ON TABLE ledger.counted_days IS 'One row per day whose users were counted, also where there were none.';


--
-- Name: COLUMN counted_days.customer_id; Type: COMMENT; Schema: ledger; Owner: -
--

COMMENT ON COLUMN ledger.counted_days.customer_id IS 'Whose users.';


--
-- Name: COLUMN counted_days.day_date; Type: COMMENT; Schema: ledger; Owner: -
--

COMMENT ON COLUMN ledger.counted_days.day_date IS 'The day, on the customer''s wall.';


--
-- Name: COLUMN counted_days.counted_at; Type: COMMENT; Schema: ledger; Owner: -
--

COMMENT ON COLUMN ledger.counted_days.counted_at IS 'When they were counted.';


--
-- Name: price_lists; Type: TABLE; Schema: ledger; Owner: -
--

CREATE TABLE ledger.price_lists (
    valid_from_date date NOT NULL,
    term text NOT NULL,
    currency text NOT NULL,
    user_price numeric(12,2) NOT NULL,
    setup_price numeric(12,2) NOT NULL,
    month_minimum numeric(12,2) NOT NULL,
    notice_months integer NOT NULL,
    CONSTRAINT price_lists_not_negative_check CHECK (((user_price >= (0)::numeric) AND (setup_price >= (0)::numeric) AND (month_minimum >= (0)::numeric) AND (notice_months >= 0))),
    CONSTRAINT price_lists_term_check CHECK ((term = ANY (ARRAY['none'::text, '12'::text, '24'::text, '36'::text])))
);


--
-- Name: TABLE price_lists; Type: COMMENT; Schema: ledger; Owner: -
--

COMMENT ON TABLE ledger.price_lists IS 'One row per term of each price list. A list holds until the next one is valid.';


--
-- Name: COLUMN price_lists.valid_from_date; Type: COMMENT; Schema: ledger; Owner: -
--

COMMENT ON COLUMN ledger.price_lists.valid_from_date IS 'The first day on which it is valid.';


--
-- Name: COLUMN price_lists.term; Type: COMMENT; Schema: ledger; Owner: -
--

COMMENT ON COLUMN ledger.price_lists.term IS 'The term in months, or none.';


--
-- Name: COLUMN price_lists.currency; Type: COMMENT; Schema: ledger; Owner: -
--

COMMENT ON COLUMN ledger.price_lists.currency IS 'What prices are in; an ISO 4217 code.';


--
-- Name: COLUMN price_lists.user_price; Type: COMMENT; Schema: ledger; Owner: -
--

COMMENT ON COLUMN ledger.price_lists.user_price IS 'For one user and month, without VAT.';


--
-- Name: COLUMN price_lists.setup_price; Type: COMMENT; Schema: ledger; Owner: -
--

COMMENT ON COLUMN ledger.price_lists.setup_price IS 'Once, without VAT.';


--
-- Name: COLUMN price_lists.month_minimum; Type: COMMENT; Schema: ledger; Owner: -
--

COMMENT ON COLUMN ledger.price_lists.month_minimum IS 'What a month costs at least, without VAT.';


--
-- Name: COLUMN price_lists.notice_months; Type: COMMENT; Schema: ledger; Owner: -
--

COMMENT ON COLUMN ledger.price_lists.notice_months IS 'Months from a notice to the end; 0 is the end of the current month.';


--
-- Name: user_days; Type: TABLE; Schema: ledger; Owner: -
--

CREATE TABLE ledger.user_days (
    customer_id bigint NOT NULL,
    user_id bigint NOT NULL,
    day_date date NOT NULL,
    is_enabled boolean NOT NULL,
    is_verified boolean NOT NULL,
    has_absences boolean NOT NULL,
    CONSTRAINT user_days_says_something_check CHECK ((is_enabled OR is_verified OR has_absences))
);


--
-- Name: TABLE user_days; Type: COMMENT; Schema: ledger; Owner: -
--

COMMENT ON TABLE ledger.user_days IS 'One row per user and day on which anything below is true: the evidence of what is billed.';


--
-- Name: COLUMN user_days.customer_id; Type: COMMENT; Schema: ledger; Owner: -
--

COMMENT ON COLUMN ledger.user_days.customer_id IS 'Whose user.';


--
-- Name: COLUMN user_days.user_id; Type: COMMENT; Schema: ledger; Owner: -
--

COMMENT ON COLUMN ledger.user_days.user_id IS 'The user''s number, which stays where the user is erased from the roster.';


--
-- Name: COLUMN user_days.day_date; Type: COMMENT; Schema: ledger; Owner: -
--

COMMENT ON COLUMN ledger.user_days.day_date IS 'The day, on the customer''s wall.';


--
-- Name: COLUMN user_days.is_enabled; Type: COMMENT; Schema: ledger; Owner: -
--

COMMENT ON COLUMN ledger.user_days.is_enabled IS 'Whether the user had the service at any time of the day.';


--
-- Name: COLUMN user_days.is_verified; Type: COMMENT; Schema: ledger; Owner: -
--

COMMENT ON COLUMN ledger.user_days.is_verified IS 'Whether a pass of that day looked at the user''s phone and nothing went wrong.';


--
-- Name: COLUMN user_days.has_absences; Type: COMMENT; Schema: ledger; Owner: -
--

COMMENT ON COLUMN ledger.user_days.has_absences IS 'Whether an absence of ours stood on the phone at any time of the day.';


--
-- Name: erased; Type: VIEW; Schema: privacy; Owner: -
--

CREATE VIEW privacy.erased AS
 SELECT erasures.customer_id,
    erasures.pseudonym,
    max(erasures.erased_at) AS erased_at
   FROM audit.erasures
  GROUP BY erasures.customer_id, erasures.pseudonym;


--
-- Name: purposes; Type: VIEW; Schema: privacy; Owner: -
--

CREATE VIEW privacy.purposes AS
 SELECT purposes.table_name,
    purposes.purpose,
    purposes.found_by,
    purposes.erasure,
    COALESCE(purposes.emptied, '{}'::text[]) AS emptied
   FROM ( VALUES ('roster.users'::text,'roster'::text,'user'::text,'renamed'::text,NULL::text[]), ('roster.user_versions'::text,'versions'::text,'user'::text,'deleted'::text,NULL::text[]), ('roster.calendars'::text,'roster'::text,'user'::text,'deleted'::text,NULL::text[]), ('roster.calendar_versions'::text,'versions'::text,'user'::text,'deleted'::text,NULL::text[]), ('roster.preferences'::text,'roster'::text,'user'::text,'deleted'::text,NULL::text[]), ('roster.preference_versions'::text,'versions'::text,'user'::text,'deleted'::text,NULL::text[]), ('roster.show_as_preferences'::text,'roster'::text,'user'::text,'deleted'::text,NULL::text[]), ('roster.announced_reasons'::text,'roster'::text,'user'::text,'deleted'::text,NULL::text[]), ('roster.targets'::text,'roster'::text,'user'::text,'deleted'::text,NULL::text[]), ('roster.groups'::text,'roster'::text,'nothing'::text,'kept'::text,NULL::text[]), ('roster.group_members'::text,'roster'::text,'mail'::text,'deleted'::text,NULL::text[]), ('roster.memberships'::text,'roster'::text,'user'::text,'deleted'::text,NULL::text[]), ('calendar.bookings'::text,'placing'::text,'user'::text,'deleted'::text,NULL::text[]), ('calendar.booking_versions'::text,'versions'::text,'user'::text,'deleted'::text,NULL::text[]), ('calendar.resources'::text,'placing'::text,'user'::text,'deleted'::text,NULL::text[]), ('calendar.cursors'::text,'placing'::text,'user'::text,'deleted'::text,NULL::text[]), ('calendar.quarantine'::text,'placing'::text,'user'::text,'deleted'::text,NULL::text[]), ('calendar.touched'::text,'placing'::text,'user'::text,'deleted'::text,NULL::text[]), ('calendar.taken_in'::text,'placing'::text,'user'::text,'deleted'::text,NULL::text[]), ('telephony.placed'::text,'placing'::text,'user'::text,'deleted'::text,NULL::text[]), ('telephony.shown'::text,'placing'::text,'user'::text,'deleted'::text,NULL::text[]), ('telephony.placed_versions'::text,'versions'::text,'user'::text,'deleted'::text,NULL::text[]), ('telephony.shown_versions'::text,'versions'::text,'user'::text,'deleted'::text,NULL::text[]), ('telephony.holds'::text,'placing'::text,'user'::text,'deleted'::text,NULL::text[]), ('telephony.published'::text,'placing'::text,'user'::text,'deleted'::text,NULL::text[]), ('telephony.exchanges'::text,'placing'::text,'nothing'::text,'kept'::text,NULL::text[]), ('telephony.verified'::text,'placing'::text,'user'::text,'deleted'::text,NULL::text[]), ('switchboard.extensions'::text,'placing'::text,'phone'::text,'deleted'::text,NULL::text[]), ('switchboard.absences'::text,'placing'::text,'phone'::text,'deleted'::text,NULL::text[]), ('switchboard.settings'::text,'settings'::text,'nothing'::text,'kept'::text,NULL::text[]), ('switchboard.feature_reasons'::text,'settings'::text,'nothing'::text,'kept'::text,NULL::text[]), ('switchboard.fences'::text,'placing'::text,'nothing'::text,'kept'::text,NULL::text[]), ('staging.bookings'::text,'placing'::text,'transit'::text,'kept'::text,NULL::text[]), ('staging.coverage'::text,'placing'::text,'transit'::text,'kept'::text,NULL::text[]), ('staging.resources'::text,'placing'::text,'transit'::text,'kept'::text,NULL::text[]), ('staging.quarantine'::text,'placing'::text,'transit'::text,'kept'::text,NULL::text[]), ('staging.cursors'::text,'placing'::text,'transit'::text,'kept'::text,NULL::text[]), ('staging.roster'::text,'placing'::text,'transit'::text,'kept'::text,NULL::text[]), ('staging.shown'::text,'placing'::text,'transit'::text,'kept'::text,NULL::text[]), ('staging.group_answers'::text,'placing'::text,'transit'::text,'kept'::text,NULL::text[]), ('staging.group_members'::text,'placing'::text,'transit'::text,'kept'::text,NULL::text[]), ('audit.changes'::text,'audit'::text,'user'::text,'emptied'::text,ARRAY['before'::text, 'after'::text, 'booking_keys'::text, 'booking_marks'::text, 'failure'::text]), ('audit.load_failures'::text,'audit'::text,'user'::text,'deleted'::text,NULL::text[]), ('audit.drifts'::text,'audit'::text,'user'::text,'deleted'::text,NULL::text[]), ('audit.group_changes'::text,'audit'::text,'user'::text,'deleted'::text,NULL::text[]), ('audit.erasures'::text,'audit'::text,'user'::text,'kept'::text,NULL::text[]), ('audit.loads'::text,'audit'::text,'nothing'::text,'kept'::text,NULL::text[]), ('audit.forgotten_versions'::text,'audit'::text,'nothing'::text,'kept'::text,NULL::text[]), ('audit.balances'::text,'audit'::text,'nothing'::text,'kept'::text,NULL::text[]), ('audit.read_backs'::text,'audit'::text,'nothing'::text,'kept'::text,NULL::text[]), ('audit.runs'::text,'audit'::text,'nothing'::text,'kept'::text,NULL::text[]), ('audit.approvals'::text,'audit'::text,'nothing'::text,'kept'::text,NULL::text[]), ('audit.refusals'::text,'audit'::text,'nothing'::text,'kept'::text,NULL::text[]), ('audit.skipped_runs'::text,'audit'::text,'nothing'::text,'kept'::text,NULL::text[]), ('audit.rosters'::text,'audit'::text,'nothing'::text,'kept'::text,NULL::text[]), ('audit.group_reads'::text,'audit'::text,'nothing'::text,'kept'::text,NULL::text[]), ('audit.outages'::text,'audit'::text,'nothing'::text,'kept'::text,NULL::text[]), ('audit.drift_checks'::text,'audit'::text,'nothing'::text,'kept'::text,NULL::text[]), ('ledger.user_days'::text,'billing'::text,'user'::text,'kept'::text,NULL::text[]), ('ledger.corrections'::text,'billing'::text,'user'::text,'emptied'::text,ARRAY['because'::text]), ('ledger.counted_days'::text,'billing'::text,'nothing'::text,'kept'::text,NULL::text[]), ('ledger.contracts'::text,'billing'::text,'nothing'::text,'kept'::text,NULL::text[]), ('ledger.invoices'::text,'billing'::text,'nothing'::text,'kept'::text,NULL::text[]), ('ledger.invoice_lines'::text,'billing'::text,'nothing'::text,'kept'::text,NULL::text[]), ('ledger.price_lists'::text,'billing'::text,'nothing'::text,'kept'::text,NULL::text[]), ('customer.customers'::text,'settings'::text,'nothing'::text,'kept'::text,NULL::text[]), ('customer.keys'::text,'settings'::text,'nothing'::text,'kept'::text,NULL::text[]), ('customer.readers'::text,'settings'::text,'nothing'::text,'kept'::text,NULL::text[]), ('customer.work'::text,'settings'::text,'nothing'::text,'kept'::text,NULL::text[]), ('customer.turns'::text,'settings'::text,'nothing'::text,'kept'::text,NULL::text[]), ('customer.passes'::text,'settings'::text,'nothing'::text,'kept'::text,NULL::text[]), ('customer.outcome_counts'::text,'settings'::text,'nothing'::text,'kept'::text,NULL::text[]), ('customer.hosts'::text,'settings'::text,'nothing'::text,'kept'::text,NULL::text[]), ('customer.epochs'::text,'settings'::text,'nothing'::text,'kept'::text,NULL::text[]), ('customer.limits'::text,'settings'::text,'nothing'::text,'kept'::text,NULL::text[]), ('customer.retentions'::text,'settings'::text,'nothing'::text,'kept'::text,NULL::text[]), ('customer.customer_versions'::text,'versions'::text,'nothing'::text,'kept'::text,NULL::text[]), ('customer.rule_sets'::text,'versions'::text,'nothing'::text,'kept'::text,NULL::text[]), ('customer.show_as_rules'::text,'versions'::text,'nothing'::text,'kept'::text,NULL::text[]), ('customer.office_hours'::text,'versions'::text,'nothing'::text,'kept'::text,NULL::text[]), ('customer.holidays'::text,'versions'::text,'nothing'::text,'kept'::text,NULL::text[]), ('customer.announced_reasons'::text,'versions'::text,'nothing'::text,'kept'::text,NULL::text[]), ('customer.reasons'::text,'versions'::text,'nothing'::text,'kept'::text,NULL::text[]), ('customer.grammars'::text,'versions'::text,'nothing'::text,'kept'::text,NULL::text[]), ('customer.codes'::text,'versions'::text,'nothing'::text,'kept'::text,NULL::text[]), ('customer.code_signs'::text,'versions'::text,'nothing'::text,'kept'::text,NULL::text[]), ('customer.templates'::text,'settings'::text,'nothing'::text,'kept'::text,NULL::text[]), ('customer.template_reasons'::text,'settings'::text,'nothing'::text,'kept'::text,NULL::text[])) purposes(table_name, purpose, found_by, erasure, emptied);


--
-- Name: places; Type: VIEW; Schema: privacy; Owner: -
--

CREATE VIEW privacy.places AS
 WITH RECURSIVE tables AS (
         SELECT pg_class.oid,
            format('%I.%I'::text, pg_namespace.nspname, pg_class.relname) AS table_name,
            obj_description(pg_class.oid, 'pg_class'::name) AS meaning,
            (GREATEST(pg_class.reltuples, (0)::real))::bigint AS row_estimate
           FROM (pg_class
             JOIN pg_namespace ON ((pg_class.relnamespace = pg_namespace.oid)))
          WHERE ((pg_namespace.nspname = ANY (ARRAY['customer'::name, 'roster'::name, 'staging'::name, 'calendar'::name, 'telephony'::name, 'audit'::name, 'ledger'::name, 'switchboard'::name])) AND (pg_class.relkind = ANY (ARRAY['r'::"char", 'p'::"char"])) AND (NOT pg_class.relispartition))
        ), heights AS (
         SELECT tables_1.oid,
            0 AS height
           FROM tables tables_1
        UNION ALL
         SELECT pg_constraint.confrelid AS oid,
            (heights.height + 1) AS height
           FROM (heights
             JOIN pg_constraint ON ((heights.oid = pg_constraint.conrelid)))
          WHERE ((pg_constraint.contype = 'f'::"char") AND (pg_constraint.confrelid <> pg_constraint.conrelid) AND (pg_constraint.conparentid = (0)::oid))
        )
 SELECT tables.oid,
    tables.table_name,
    tables.meaning,
    tables.row_estimate,
    purposes.purpose,
    purposes.found_by,
    purposes.erasure,
    purposes.emptied,
    ( SELECT max(heights.height) AS max
           FROM heights
          WHERE (heights.oid = tables.oid)) AS height
   FROM (tables
     LEFT JOIN privacy.purposes ON ((tables.table_name = purposes.table_name)));


--
-- Name: kept; Type: VIEW; Schema: privacy; Owner: -
--

CREATE VIEW privacy.kept AS
 SELECT places.table_name,
    COALESCE(places.meaning, ''::text) AS meaning,
    places.purpose,
    periods.kept_for,
        CASE places.found_by
            WHEN 'nothing'::text THEN 'no'::text
            WHEN 'transit'::text THEN 'for one transaction'::text
            ELSE 'yes'::text
        END AS about_persons,
    places.erasure,
    places.row_estimate
   FROM (privacy.places
     LEFT JOIN ( VALUES ('settings'::text,'as long as the customer'::text), ('roster'::text,'as long as the user takes part; the roster''s number and name until erased'::text), ('placing'::text,'bookings 40 days past their end, absences 2; one transaction while staged'::text), ('versions'::text,'the customer''s retention of versions'::text), ('audit'::text,'the customer''s retention of the audit'::text), ('billing'::text,'as long as bookkeeping must, under a number'::text)) periods(purpose, kept_for) ON ((places.purpose = periods.purpose)));


--
-- Name: user_versions; Type: TABLE; Schema: roster; Owner: -
--

CREATE TABLE roster.user_versions (
    customer_id bigint NOT NULL,
    user_id bigint NOT NULL,
    held_during tstzrange NOT NULL,
    user_key text NOT NULL,
    name text NOT NULL,
    extension text NOT NULL,
    time_zone text NOT NULL,
    language text NOT NULL,
    has_calendar boolean NOT NULL,
    has_diversion boolean NOT NULL,
    is_active boolean NOT NULL,
    mail_addresses text[] DEFAULT '{}'::text[] NOT NULL,
    changed_by text
);


--
-- Name: TABLE user_versions; Type: COMMENT; Schema: roster; Owner: -
--

COMMENT ON TABLE roster.user_versions IS 'How a user''s row stood earlier, and when.';


--
-- Name: COLUMN user_versions.mail_addresses; Type: COMMENT; Schema: roster; Owner: -
--

COMMENT ON COLUMN roster.user_versions.mail_addresses IS 'By which directories knew the user; empty also where that was not kept yet.';


--
-- Name: COLUMN user_versions.changed_by; Type: COMMENT; Schema: roster; Owner: -
--

COMMENT ON COLUMN roster.user_versions.changed_by IS 'Who ended this version: who imported the roster, read the groups or took the file in.';


--
-- Name: persons; Type: VIEW; Schema: privacy; Owner: -
--

CREATE VIEW privacy.persons AS
 SELECT users.customer_id,
    users.user_id,
    users.user_key,
    users.is_active,
    customers.customer_key,
    users.mail_addresses,
    ARRAY((
                 SELECT users.extension
                UNION
                 SELECT user_versions.extension
                   FROM roster.user_versions
                  WHERE ((user_versions.customer_id = users.customer_id) AND (user_versions.user_id = users.user_id))
        ) EXCEPT
         SELECT others.extension
           FROM roster.users others
          WHERE ((others.customer_id = users.customer_id) AND (others.user_id <> users.user_id) AND others.is_active)) AS extensions
   FROM (roster.users
     JOIN customer.customers ON ((users.customer_id = customers.customer_id)));


--
-- Name: announced_reasons; Type: TABLE; Schema: roster; Owner: -
--

CREATE TABLE roster.announced_reasons (
    customer_id bigint NOT NULL,
    user_id bigint NOT NULL,
    reason text NOT NULL,
    announced_reason text NOT NULL
);


--
-- Name: calendar_versions; Type: TABLE; Schema: roster; Owner: -
--

CREATE TABLE roster.calendar_versions (
    customer_id bigint NOT NULL,
    user_id bigint NOT NULL,
    calendar_id integer NOT NULL,
    held_during tstzrange NOT NULL,
    is_active boolean NOT NULL
);


--
-- Name: TABLE calendar_versions; Type: COMMENT; Schema: roster; Owner: -
--

COMMENT ON TABLE roster.calendar_versions IS 'When the roster named a calendar that it no longer names, or names again.';


--
-- Name: COLUMN calendar_versions.customer_id; Type: COMMENT; Schema: roster; Owner: -
--

COMMENT ON COLUMN roster.calendar_versions.customer_id IS 'Whose user.';


--
-- Name: COLUMN calendar_versions.user_id; Type: COMMENT; Schema: roster; Owner: -
--

COMMENT ON COLUMN roster.calendar_versions.user_id IS 'Whose calendar.';


--
-- Name: COLUMN calendar_versions.calendar_id; Type: COMMENT; Schema: roster; Owner: -
--

COMMENT ON COLUMN roster.calendar_versions.calendar_id IS 'Which, as in roster.calendars.';


--
-- Name: COLUMN calendar_versions.held_during; Type: COMMENT; Schema: roster; Owner: -
--

COMMENT ON COLUMN roster.calendar_versions.held_during IS 'From when until when it was so.';


--
-- Name: COLUMN calendar_versions.is_active; Type: COMMENT; Schema: roster; Owner: -
--

COMMENT ON COLUMN roster.calendar_versions.is_active IS 'Whether the roster named it.';


--
-- Name: memberships; Type: TABLE; Schema: roster; Owner: -
--

CREATE TABLE roster.memberships (
    customer_id bigint NOT NULL,
    user_id bigint NOT NULL,
    group_id integer NOT NULL,
    held_from timestamp with time zone NOT NULL
);


--
-- Name: TABLE memberships; Type: COMMENT; Schema: roster; Owner: -
--

COMMENT ON TABLE roster.memberships IS 'One row per active user and group that knows them.';


--
-- Name: COLUMN memberships.held_from; Type: COMMENT; Schema: roster; Owner: -
--

COMMENT ON COLUMN roster.memberships.held_from IS 'When the user joined.';


--
-- Name: preference_versions; Type: TABLE; Schema: roster; Owner: -
--

CREATE TABLE roster.preference_versions (
    customer_id bigint NOT NULL,
    user_id bigint NOT NULL,
    held_during tstzrange NOT NULL,
    settings jsonb NOT NULL,
    applied_by text
);


--
-- Name: COLUMN preference_versions.applied_by; Type: COMMENT; Schema: roster; Owner: -
--

COMMENT ON COLUMN roster.preference_versions.applied_by IS 'Who made this version.';


--
-- Name: targets; Type: TABLE; Schema: roster; Owner: -
--

CREATE TABLE roster.targets (
    customer_id bigint NOT NULL,
    user_id bigint NOT NULL,
    reason text NOT NULL,
    target_type customer.target_type NOT NULL,
    target_number text,
    CONSTRAINT targets_number_where_number_check CHECK (((target_type = 'number'::customer.target_type) = (target_number IS NOT NULL)))
);


--
-- Name: TABLE targets; Type: COMMENT; Schema: roster; Owner: -
--

COMMENT ON TABLE roster.targets IS 'Where callers go, per user and reason; no row is the announcement.';


--
-- Name: bookings; Type: TABLE; Schema: staging; Owner: -
--

CREATE UNLOGGED TABLE staging.bookings (
    customer_id bigint NOT NULL,
    load_id bigint NOT NULL,
    user_id bigint NOT NULL,
    calendar_id integer NOT NULL,
    booking_key text NOT NULL,
    resource_key text NOT NULL,
    starts_at timestamp with time zone,
    ends_at timestamp with time zone,
    start_date date,
    end_date date,
    show_as customer.show_as NOT NULL,
    sensitivity customer.sensitivity NOT NULL,
    response customer.response NOT NULL,
    is_cancelled boolean NOT NULL,
    subject text,
    location text,
    body text,
    is_choice boolean NOT NULL,
    is_choice_skip boolean NOT NULL,
    choice_reason text,
    choice_kind customer.kind,
    resource_mark text,
    CONSTRAINT bookings_timed_or_all_day_check CHECK (((num_nonnulls(starts_at, ends_at) = ANY (ARRAY[0, 2])) AND (num_nonnulls(start_date, end_date) = (2 - num_nonnulls(starts_at, ends_at)))))
);


--
-- Name: TABLE bookings; Type: COMMENT; Schema: staging; Owner: -
--

COMMENT ON TABLE staging.bookings IS 'One row per occurrence that a load brought.';


--
-- Name: COLUMN bookings.resource_mark; Type: COMMENT; Schema: staging; Owner: -
--

COMMENT ON COLUMN staging.bookings.resource_mark IS 'The version mark of the resource, where the booking is all there is of it.';


--
-- Name: coverage; Type: TABLE; Schema: staging; Owner: -
--

CREATE UNLOGGED TABLE staging.coverage (
    customer_id bigint NOT NULL,
    load_id bigint NOT NULL,
    user_id bigint NOT NULL,
    calendar_id integer NOT NULL,
    scope text NOT NULL,
    is_prefix boolean NOT NULL,
    window_start timestamp with time zone NOT NULL,
    window_end timestamp with time zone NOT NULL
);


--
-- Name: TABLE coverage; Type: COMMENT; Schema: staging; Owner: -
--

COMMENT ON TABLE staging.coverage IS 'What a load brought whole: all resources that begin with the scope, or just that one.';


--
-- Name: cursors; Type: TABLE; Schema: staging; Owner: -
--

CREATE UNLOGGED TABLE staging.cursors (
    customer_id bigint NOT NULL,
    load_id bigint NOT NULL,
    user_id bigint NOT NULL,
    calendar_id integer NOT NULL,
    generation bigint NOT NULL,
    cursor text,
    byte_count bigint NOT NULL,
    failures text[] NOT NULL
);


--
-- Name: TABLE cursors; Type: COMMENT; Schema: staging; Owner: -
--

COMMENT ON TABLE staging.cursors IS 'One row per calendar that answered: where its next load starts.';


--
-- Name: COLUMN cursors.generation; Type: COMMENT; Schema: staging; Owner: -
--

COMMENT ON COLUMN staging.cursors.generation IS 'Of roster.calendars, when this load began.';


--
-- Name: group_answers; Type: TABLE; Schema: staging; Owner: -
--

CREATE UNLOGGED TABLE staging.group_answers (
    customer_id bigint NOT NULL,
    group_id integer NOT NULL,
    failure text
);


--
-- Name: TABLE group_answers; Type: COMMENT; Schema: staging; Owner: -
--

COMMENT ON TABLE staging.group_answers IS 'One row per group that was asked; a failure where it did not tell all of its members.';


--
-- Name: group_members; Type: TABLE; Schema: staging; Owner: -
--

CREATE UNLOGGED TABLE staging.group_members (
    customer_id bigint NOT NULL,
    group_id integer NOT NULL,
    member_key text NOT NULL,
    mail_addresses text[] NOT NULL
);


--
-- Name: quarantine; Type: TABLE; Schema: staging; Owner: -
--

CREATE UNLOGGED TABLE staging.quarantine (
    customer_id bigint NOT NULL,
    load_id bigint NOT NULL,
    user_id bigint NOT NULL,
    calendar_id integer NOT NULL,
    resource_key text NOT NULL,
    booking_key text,
    reason text NOT NULL,
    is_degraded boolean NOT NULL
);


--
-- Name: resources; Type: TABLE; Schema: staging; Owner: -
--

CREATE UNLOGGED TABLE staging.resources (
    customer_id bigint NOT NULL,
    load_id bigint NOT NULL,
    user_id bigint NOT NULL,
    calendar_id integer NOT NULL,
    resource_key text NOT NULL,
    mark text NOT NULL
);


--
-- Name: shown; Type: TABLE; Schema: staging; Owner: -
--

CREATE UNLOGGED TABLE staging.shown (
    customer_id bigint NOT NULL,
    read_back_id bigint NOT NULL,
    entry_key text NOT NULL,
    absence_key uuid,
    extension text NOT NULL,
    origin text NOT NULL,
    kind customer.kind NOT NULL,
    reason text NOT NULL,
    announced_reason text,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    back_at timestamp with time zone,
    shown_text text,
    target text,
    ring_seconds integer,
    version_tag text,
    set_by text,
    set_at timestamp with time zone
);


--
-- Name: absences; Type: TABLE; Schema: switchboard; Owner: -
--

CREATE TABLE switchboard.absences (
    customer_key text NOT NULL,
    absence_key uuid NOT NULL,
    extension text NOT NULL,
    kind switchboard.kind NOT NULL,
    reason text NOT NULL,
    announced_reason text NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    back_at timestamp with time zone NOT NULL,
    shown_text text,
    target text DEFAULT 'announcement'::text NOT NULL,
    ring_seconds integer DEFAULT 15 NOT NULL,
    origin switchboard.origin NOT NULL,
    set_by text,
    set_at timestamp with time zone NOT NULL,
    version bigint DEFAULT 1 NOT NULL,
    CONSTRAINT absences_ends_after_start_check CHECK ((starts_at < ends_at)),
    CONSTRAINT absences_ring_seconds_check CHECK (((ring_seconds >= 1) AND (ring_seconds <= 120))),
    CONSTRAINT absences_target_is_known_check CHECK ((target ~ '^(announcement|voicemail|number:\+?[0-9]{2,15})$'::text))
);


--
-- Name: TABLE absences; Type: COMMENT; Schema: switchboard; Owner: -
--

COMMENT ON TABLE switchboard.absences IS 'One row per absence, whoever made it; only those of origin calendar are Kalenderkoppling''s.';


--
-- Name: COLUMN absences.absence_key; Type: COMMENT; Schema: switchboard; Owner: -
--

COMMENT ON COLUMN switchboard.absences.absence_key IS 'For origin calendar the key that Kalenderkoppling minted.';


--
-- Name: COLUMN absences.back_at; Type: COMMENT; Schema: switchboard; Owner: -
--

COMMENT ON COLUMN switchboard.absences.back_at IS 'The return time that callers hear.';


--
-- Name: COLUMN absences.version; Type: COMMENT; Schema: switchboard; Owner: -
--

COMMENT ON COLUMN switchboard.absences.version IS 'Counts every change, whoever made it.';


--
-- Name: extensions; Type: TABLE; Schema: switchboard; Owner: -
--

CREATE TABLE switchboard.extensions (
    customer_key text NOT NULL,
    extension text NOT NULL,
    display_name text NOT NULL,
    language text DEFAULT 'sv'::text NOT NULL,
    time_zone text DEFAULT 'Europe/Stockholm'::text NOT NULL,
    is_attendant boolean DEFAULT false NOT NULL,
    CONSTRAINT extensions_extension_is_digits_check CHECK ((extension ~ '^[0-9]{2,15}$'::text)),
    CONSTRAINT extensions_language_is_known_check CHECK ((language = ANY (ARRAY['sv'::text, 'no'::text, 'en'::text])))
);


--
-- Name: TABLE extensions; Type: COMMENT; Schema: switchboard; Owner: -
--

COMMENT ON TABLE switchboard.extensions IS 'One row per extension that can be away.';


--
-- Name: feature_reasons; Type: TABLE; Schema: switchboard; Owner: -
--

CREATE TABLE switchboard.feature_reasons (
    customer_key text NOT NULL,
    digit text NOT NULL,
    reason text NOT NULL,
    CONSTRAINT feature_reasons_is_one_digit_check CHECK ((digit ~ '^[0-9]$'::text))
);


--
-- Name: TABLE feature_reasons; Type: COMMENT; Schema: switchboard; Owner: -
--

COMMENT ON TABLE switchboard.feature_reasons IS 'Which reason a digit of *23*digit# means; a customer''s own row counts before that of key ''''.';


--
-- Name: COLUMN feature_reasons.customer_key; Type: COMMENT; Schema: switchboard; Owner: -
--

COMMENT ON COLUMN switchboard.feature_reasons.customer_key IS 'The customer, or '''' for what holds where a customer has no row.';


--
-- Name: COLUMN feature_reasons.digit; Type: COMMENT; Schema: switchboard; Owner: -
--

COMMENT ON COLUMN switchboard.feature_reasons.digit IS 'What is dialled.';


--
-- Name: COLUMN feature_reasons.reason; Type: COMMENT; Schema: switchboard; Owner: -
--

COMMENT ON COLUMN switchboard.feature_reasons.reason IS 'The reason''s key.';


--
-- Name: fences; Type: TABLE; Schema: switchboard; Owner: -
--

CREATE TABLE switchboard.fences (
    customer_key text NOT NULL,
    fence bigint NOT NULL
);


--
-- Name: TABLE fences; Type: COMMENT; Schema: switchboard; Owner: -
--

COMMENT ON TABLE switchboard.fences IS 'The newest run that wrote here; a batch of an older run is refused.';


--
-- Name: in_force; Type: VIEW; Schema: switchboard; Owner: -
--

CREATE VIEW switchboard.in_force AS
 SELECT absences.customer_key,
    absences.extension,
    absences.absence_key,
    absences.kind,
    absences.reason,
    absences.announced_reason,
    absences.starts_at,
    absences.ends_at,
    absences.back_at,
    absences.shown_text,
    absences.target,
    absences.ring_seconds,
    absences.origin,
    absences.set_by,
    row_number() OVER (PARTITION BY absences.customer_key, absences.extension ORDER BY (absences.origin = 'calendar'::switchboard.origin), absences.kind DESC, absences.ends_at DESC, absences.absence_key) AS rank
   FROM switchboard.absences
  WHERE ((absences.starts_at <= statement_timestamp()) AND (absences.ends_at > statement_timestamp()));


--
-- Name: VIEW in_force; Type: COMMENT; Schema: switchboard; Owner: -
--

COMMENT ON VIEW switchboard.in_force IS 'Absences in force at this instant; rank 1 is what counts for a call, a person''s own wins.';


--
-- Name: settings; Type: TABLE; Schema: switchboard; Owner: -
--

CREATE TABLE switchboard.settings (
    customer_key text NOT NULL,
    sip_domain text NOT NULL,
    announcement text DEFAULT '127.0.0.1:5080'::text NOT NULL,
    voicemail text DEFAULT '127.0.0.1:5085'::text NOT NULL,
    trunk text,
    proxy_mode text DEFAULT 'forward'::text NOT NULL,
    CONSTRAINT settings_announcement_is_an_address_check CHECK ((announcement ~ '^[A-Za-z0-9.-]{1,200}(:[0-9]{1,5})?$'::text)),
    CONSTRAINT settings_proxy_mode_is_known_check CHECK ((proxy_mode = ANY (ARRAY['forward'::text, 'redirect'::text]))),
    CONSTRAINT settings_sip_domain_is_a_host_check CHECK ((sip_domain ~ '^[A-Za-z0-9.-]{1,200}$'::text)),
    CONSTRAINT settings_trunk_is_an_address_check CHECK ((trunk ~ '^[A-Za-z0-9.-]{1,200}(:[0-9]{1,5})?$'::text)),
    CONSTRAINT settings_voicemail_is_an_address_check CHECK ((voicemail ~ '^[A-Za-z0-9.-]{1,200}(:[0-9]{1,5})?$'::text))
);


--
-- Name: TABLE settings; Type: COMMENT; Schema: switchboard; Owner: -
--

COMMENT ON TABLE switchboard.settings IS 'One row per customer with a SIP telephone system; without it no call is diverted.';


--
-- Name: COLUMN settings.customer_key; Type: COMMENT; Schema: switchboard; Owner: -
--

COMMENT ON COLUMN switchboard.settings.customer_key IS 'The customer.';


--
-- Name: COLUMN settings.sip_domain; Type: COMMENT; Schema: switchboard; Owner: -
--

COMMENT ON COLUMN switchboard.settings.sip_domain IS 'The host part of the extensions'' addresses.';


--
-- Name: COLUMN settings.announcement; Type: COMMENT; Schema: switchboard; Owner: -
--

COMMENT ON COLUMN switchboard.settings.announcement IS 'Host and port of what speaks to callers (RFC 4240).';


--
-- Name: COLUMN settings.voicemail; Type: COMMENT; Schema: switchboard; Owner: -
--

COMMENT ON COLUMN switchboard.settings.voicemail IS 'Host and port of the voicemail; the extension is the user part.';


--
-- Name: COLUMN settings.trunk; Type: COMMENT; Schema: switchboard; Owner: -
--

COMMENT ON COLUMN switchboard.settings.trunk IS 'Host and port that take numbers which are no extensions; null where the PBX takes them itself.';


--
-- Name: COLUMN settings.proxy_mode; Type: COMMENT; Schema: switchboard; Owner: -
--

COMMENT ON COLUMN switchboard.settings.proxy_mode IS 'Whether the PBX sends a diverted call on (forward) or tells the caller''s side to (redirect).';


--
-- Name: published; Type: TABLE; Schema: telephony; Owner: -
--

CREATE TABLE telephony.published (
    customer_id bigint NOT NULL,
    user_id bigint NOT NULL,
    extension text NOT NULL,
    entity_tag text NOT NULL,
    document_digest text NOT NULL,
    published_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT published_expires_after_publishing_check CHECK ((published_at < expires_at))
);


--
-- Name: TABLE published; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON TABLE telephony.published IS 'One row per extension whose presence stands on the telephone side (RFC 3903).';


--
-- Name: COLUMN published.customer_id; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON COLUMN telephony.published.customer_id IS 'Whose telephone system.';


--
-- Name: COLUMN published.user_id; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON COLUMN telephony.published.user_id IS 'Whose presence.';


--
-- Name: COLUMN published.extension; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON COLUMN telephony.published.extension IS 'The extension that it is told of.';


--
-- Name: COLUMN published.entity_tag; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON COLUMN telephony.published.entity_tag IS 'The telephone system''s name for it, which the next change must tell.';


--
-- Name: COLUMN published.document_digest; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON COLUMN telephony.published.document_digest IS 'SHA-256 of what was published.';


--
-- Name: COLUMN published.published_at; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON COLUMN telephony.published.published_at IS 'When it was published, or kept for longer, last.';


--
-- Name: COLUMN published.expires_at; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON COLUMN telephony.published.expires_at IS 'When the telephone system forgets it by itself.';


--
-- Name: verified; Type: TABLE; Schema: telephony; Owner: -
--

CREATE TABLE telephony.verified (
    customer_id bigint NOT NULL,
    user_id bigint NOT NULL,
    verified_at timestamp with time zone NOT NULL,
    run_id bigint NOT NULL
)
WITH (fillfactor='50');


--
-- Name: TABLE verified; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON TABLE telephony.verified IS 'One row per user whom a pass compared and left with nothing to do: when last, whether or not anything changed.';


--
-- Name: COLUMN verified.customer_id; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON COLUMN telephony.verified.customer_id IS 'Whose user.';


--
-- Name: COLUMN verified.user_id; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON COLUMN telephony.verified.user_id IS 'Whose telephone.';


--
-- Name: COLUMN verified.verified_at; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON COLUMN telephony.verified.verified_at IS 'The instant that the pass took for now: what is wanted then is what was acknowledged.';


--
-- Name: COLUMN verified.run_id; Type: COMMENT; Schema: telephony; Owner: -
--

COMMENT ON COLUMN telephony.verified.run_id IS 'The pass, as in audit.runs.';


--
-- Name: clock_skew; Type: VIEW; Schema: watch; Owner: -
--

CREATE VIEW watch.clock_skew WITH (security_barrier='true') AS
 SELECT customers.customer_key,
    hosts.host,
    hosts.seen_at,
    hosts.clock_ahead
   FROM (customer.hosts
     JOIN customer.visible_customers customers ON ((hosts.customer_id = customers.customer_id)))
  WHERE ((hosts.seen_at > (watch.as_of() - '1 day'::interval)) AND (abs(EXTRACT(epoch FROM hosts.clock_ahead)) >= (5)::numeric));


--
-- Name: VIEW clock_skew; Type: COMMENT; Schema: watch; Owner: -
--

COMMENT ON VIEW watch.clock_skew IS 'Hosts whose clock is five seconds or more from the database''s.';


--
-- Name: drift; Type: VIEW; Schema: watch; Owner: -
--

CREATE VIEW watch.drift WITH (security_barrier='true') AS
 SELECT customers.customer_key,
    users.user_key,
    drifts.drift,
    drifts.extension,
    drifts.starts_at,
    drifts.ends_at,
    drifts.kind,
    absence.told_reason(drifts.reason) AS reason,
    drifts.entry_key,
    drifts.checked_at,
    checks.read_at
   FROM (((( SELECT DISTINCT ON (drift_checks.customer_id) drift_checks.customer_id,
            drift_checks.checked_at,
            drift_checks.read_at,
            drift_checks.wanted_count,
            drift_checks.placed_count,
            drift_checks.shown_count,
            drift_checks.drift_count
           FROM audit.drift_checks
          ORDER BY drift_checks.customer_id, drift_checks.checked_at DESC) checks
     CROSS JOIN LATERAL ( SELECT of_check.customer_id,
            of_check.user_id,
            of_check.checked_at,
            of_check.drift,
            of_check.entry_key,
            of_check.extension,
            of_check.starts_at,
            of_check.ends_at,
            of_check.kind,
            of_check.reason
           FROM audit.drifts of_check
          WHERE ((of_check.customer_id = checks.customer_id) AND (of_check.checked_at = checks.checked_at))) drifts)
     JOIN customer.visible_customers customers ON ((drifts.customer_id = customers.customer_id)))
     JOIN roster.users ON (((drifts.customer_id = users.customer_id) AND (drifts.user_id = users.user_id))));


--
-- Name: VIEW drift; Type: COMMENT; Schema: watch; Owner: -
--

COMMENT ON VIEW watch.drift IS 'Where wanted, carried out and shown did not agree at the last comparison.';


--
-- Name: failed_calendars; Type: VIEW; Schema: watch; Owner: -
--

CREATE VIEW watch.failed_calendars WITH (security_barrier='true') AS
 SELECT customers.customer_key,
    users.user_key,
    calendars.source,
    calendars.address,
    cursors.failure,
    cursors.failed_at,
    cursors.loaded_at,
    cursors.whole_at
   FROM (((calendar.cursors
     JOIN customer.visible_customers customers ON ((cursors.customer_id = customers.customer_id)))
     JOIN roster.users ON (((cursors.customer_id = users.customer_id) AND (cursors.user_id = users.user_id))))
     JOIN roster.calendars ON (((cursors.customer_id = calendars.customer_id) AND (cursors.user_id = calendars.user_id) AND (cursors.calendar_id = calendars.calendar_id))))
  WHERE ((cursors.failure IS NOT NULL) AND calendars.is_active AND users.is_active);


--
-- Name: VIEW failed_calendars; Type: COMMENT; Schema: watch; Owner: -
--

COMMENT ON VIEW watch.failed_calendars IS 'Calendars that did not answer the last time, or not whole; what stands of them is kept.';


--
-- Name: failed_changes; Type: VIEW; Schema: watch; Owner: -
--

CREATE VIEW watch.failed_changes WITH (security_barrier='true') AS
 SELECT customers.customer_key,
    users.user_key,
    touched.since,
    failed.run_id,
    failed.absence_key,
    failed.action,
    failed.outcome,
    failed.ended_at,
    failed.failure
   FROM (((calendar.touched
     JOIN customer.visible_customers customers ON ((touched.customer_id = customers.customer_id)))
     JOIN roster.users ON (((touched.customer_id = users.customer_id) AND (touched.user_id = users.user_id))))
     CROSS JOIN LATERAL ( SELECT changes.customer_id,
            changes.user_id,
            changes.run_id,
            changes.absence_key,
            changes.action,
            changes.before,
            changes.after,
            changes.booking_keys,
            changes.booking_marks,
            changes.is_guarded,
            changes.held_because,
            changes.is_approved,
            changes.outcome,
            changes.ended_at,
            changes.failure,
            changes.withdrawn_because,
            changes.losses,
            changes.planned_at,
            changes.caused_at
           FROM audit.changes
          WHERE ((changes.customer_id = touched.customer_id) AND (changes.user_id = touched.user_id) AND (changes.outcome = ANY (ARRAY['failed'::audit.outcome, 'conflict'::audit.outcome, 'not_carried_out'::audit.outcome])) AND (changes.held_because IS NULL) AND (changes.ended_at >= touched.since) AND (changes.planned_at > (watch.as_of() - '2 days'::interval)))
          ORDER BY changes.run_id DESC
         LIMIT 1) failed)
  WHERE (touched.cause = 'planned'::text);


--
-- Name: VIEW failed_changes; Type: COMMENT; Schema: watch; Owner: -
--

COMMENT ON VIEW watch.failed_changes IS 'Changes that the telephone side did not take, of users who still wait for them.';


--
-- Name: COLUMN failed_changes.since; Type: COMMENT; Schema: watch; Owner: -
--

COMMENT ON COLUMN watch.failed_changes.since IS 'Since when something has been planned for the user and not carried out.';


--
-- Name: failed_groups; Type: VIEW; Schema: watch; Owner: -
--

CREATE VIEW watch.failed_groups WITH (security_barrier='true') AS
 SELECT customers.customer_key,
    groups.source,
    groups.group_key,
    groups.service,
    groups.failure,
    groups.failed_at,
    groups.answered_at
   FROM (roster.groups
     JOIN customer.visible_customers customers ON ((groups.customer_id = customers.customer_id)))
  WHERE (groups.is_active AND (groups.failure IS NOT NULL));


--
-- Name: VIEW failed_groups; Type: COMMENT; Schema: watch; Owner: -
--

COMMENT ON VIEW watch.failed_groups IS 'Groups that did not tell their members the last time; who was in them then still is.';


--
-- Name: missed_runs; Type: VIEW; Schema: watch; Owner: -
--

CREATE VIEW watch.missed_runs WITH (security_barrier='true') AS
 SELECT customers.customer_key,
    jobs.job,
    last.ended_at,
    COALESCE(last.ended_at, customers.created_at) AS since
   FROM ((customer.visible_customers customers
     CROSS JOIN ( VALUES ('minutely'::text,'00:10:00'::interval), ('nightly'::text,'26:00:00'::interval)) jobs(job, allowed))
     CROSS JOIN LATERAL ( SELECT max(passes.ended_at) AS ended_at
           FROM customer.passes
          WHERE ((passes.customer_id = customers.customer_id) AND ((jobs.job = 'minutely'::text) OR (passes.scope = 'everybody'::text)))) last)
  WHERE (customers.is_active AND (COALESCE(last.ended_at, customers.created_at) < (watch.as_of() - jobs.allowed)) AND (NOT (EXISTS ( SELECT
           FROM audit.outages
          WHERE ((outages.customer_id = customers.customer_id) AND (outages.ended_at IS NULL))))));


--
-- Name: VIEW missed_runs; Type: COMMENT; Schema: watch; Owner: -
--

COMMENT ON VIEW watch.missed_runs IS 'Customers for whom a job has not run to its end for too long.';


--
-- Name: COLUMN missed_runs.ended_at; Type: COMMENT; Schema: watch; Owner: -
--

COMMENT ON COLUMN watch.missed_runs.ended_at IS 'When one last came to its end; null where none ever did.';


--
-- Name: COLUMN missed_runs.since; Type: COMMENT; Schema: watch; Owner: -
--

COMMENT ON COLUMN watch.missed_runs.since IS 'When it last did, or since when there is the customer.';


--
-- Name: near_full_months; Type: VIEW; Schema: watch; Owner: -
--

CREATE VIEW watch.near_full_months WITH (security_barrier='true') AS
 SELECT months.table_name,
    months.ends_at,
    months.has_strays
   FROM ( SELECT ('audit.'::text || (audit_tables.table_name)::text) AS table_name,
            max(("substring"(pg_get_expr(parts.relpartbound, parts.oid), ' TO \(''([^'']+)''\)'::text))::timestamp with time zone) AS ends_at,
            bool_or(((parts.relname = audit_tables.strays) AND (pg_stat_get_live_tuples(parts.oid) > 0))) AS has_strays
           FROM ((intake.audit_tables
             CROSS JOIN LATERAL pg_partition_tree((audit_tables.table_id)::regclass) tree(relid, parentrelid, isleaf, level))
             JOIN pg_class parts ON ((((tree.relid)::oid = parts.oid) AND tree.isleaf)))
          GROUP BY audit_tables.table_name) months
  WHERE ((months.has_strays OR (months.ends_at IS NULL) OR (months.ends_at < (watch.as_of() + '14 days'::interval))) AND (EXISTS ( SELECT
           FROM customer.visible_customers customers
          WHERE (customers.created_at < (watch.as_of() - '26:00:00'::interval)))));


--
-- Name: VIEW near_full_months; Type: COMMENT; Schema: watch; Owner: -
--

COMMENT ON VIEW watch.near_full_months IS 'Tables kept by month that have too few months ahead, or rows that no month took.';


--
-- Name: COLUMN near_full_months.ends_at; Type: COMMENT; Schema: watch; Owner: -
--

COMMENT ON COLUMN watch.near_full_months.ends_at IS 'Where the last month ends; null where there is none.';


--
-- Name: COLUMN near_full_months.has_strays; Type: COMMENT; Schema: watch; Owner: -
--

COMMENT ON COLUMN watch.near_full_months.has_strays IS 'Whether rows stand in the part for what belongs to no month.';


--
-- Name: open_runs; Type: VIEW; Schema: watch; Owner: -
--

CREATE VIEW watch.open_runs WITH (security_barrier='true') AS
 SELECT customers.customer_key,
    endless.since,
    endless.run_count,
    endless.last_run_id,
    work.taken_by
   FROM ((customer.visible_customers customers
     JOIN customer.work ON (((customers.customer_id = work.customer_id) AND (work.work = 'reconcile'::text))))
     CROSS JOIN LATERAL ( SELECT min(runs.started_at) AS since,
            count(*) AS run_count,
            max(runs.started_at) AS last_began_at,
            max(runs.run_id) AS last_run_id
           FROM audit.runs
          WHERE ((runs.customer_id = customers.customer_id) AND (runs.started_at > (watch.as_of() - '2 days'::interval)) AND (runs.mode <> 'dry_run'::text) AND (runs.run_id > COALESCE(( SELECT max(ended.run_id) AS max
                   FROM audit.runs ended
                  WHERE ((ended.customer_id = customers.customer_id) AND (ended.started_at > (watch.as_of() - '2 days'::interval)) AND (ended.mode <> 'dry_run'::text) AND (ended.ended_at IS NOT NULL))), (0)::bigint)))) endless)
  WHERE ((endless.run_count >= 3) OR ((endless.last_run_id = work.fence) AND (endless.last_began_at < (watch.as_of() - '00:10:00'::interval))));


--
-- Name: VIEW open_runs; Type: COMMENT; Schema: watch; Owner: -
--

COMMENT ON VIEW watch.open_runs IS 'Customers whose passes do not come to their end, since when, and who has the work.';


--
-- Name: outages; Type: VIEW; Schema: watch; Owner: -
--

CREATE VIEW watch.outages WITH (security_barrier='true') AS
 SELECT customers.customer_key,
    outages.began_at,
    outages.last_tried_at,
    outages.try_count,
    outages.failure,
    ( SELECT count(DISTINCT touched.user_id) AS count
           FROM calendar.touched
          WHERE (touched.customer_id = outages.customer_id)) AS waiting_user_count
   FROM (audit.outages
     JOIN customer.visible_customers customers ON ((outages.customer_id = customers.customer_id)))
  WHERE (outages.ended_at IS NULL);


--
-- Name: VIEW outages; Type: COMMENT; Schema: watch; Owner: -
--

COMMENT ON VIEW watch.outages IS 'Telephone systems that do not answer, since when, and how many users wait.';


--
-- Name: refused_plans; Type: VIEW; Schema: watch; Owner: -
--

CREATE VIEW watch.refused_plans WITH (security_barrier='true') AS
 SELECT customers.customer_key,
    held.since,
    held.user_count,
    newest.refused_at,
    newest.digest,
    cardinality(newest.changes) AS change_count
   FROM ((( SELECT touched.customer_id,
            min(touched.since) AS since,
            count(*) AS user_count
           FROM calendar.touched
          WHERE (touched.cause = 'limits'::text)
          GROUP BY touched.customer_id) held
     JOIN customer.visible_customers customers ON ((held.customer_id = customers.customer_id)))
     LEFT JOIN LATERAL ( SELECT refusals.refused_at,
            refusals.digest,
            refusals.changes
           FROM audit.refusals
          WHERE (refusals.customer_id = held.customer_id)
          ORDER BY refusals.refused_at DESC
         LIMIT 1) newest ON (true));


--
-- Name: VIEW refused_plans; Type: COMMENT; Schema: watch; Owner: -
--

COMMENT ON VIEW watch.refused_plans IS 'Customers of whose plans the limits hold something back, and what --approve must name.';


--
-- Name: COLUMN refused_plans.since; Type: COMMENT; Schema: watch; Owner: -
--

COMMENT ON COLUMN watch.refused_plans.since IS 'Since when somebody has been held back.';


--
-- Name: COLUMN refused_plans.user_count; Type: COMMENT; Schema: watch; Owner: -
--

COMMENT ON COLUMN watch.refused_plans.user_count IS 'Users who are held back.';


--
-- Name: COLUMN refused_plans.digest; Type: COMMENT; Schema: watch; Owner: -
--

COMMENT ON COLUMN watch.refused_plans.digest IS 'What reconcile --approve must name.';


--
-- Name: COLUMN refused_plans.change_count; Type: COMMENT; Schema: watch; Owner: -
--

COMMENT ON COLUMN watch.refused_plans.change_count IS 'Changes that it would let through.';


--
-- Name: restored; Type: VIEW; Schema: watch; Owner: -
--

CREATE VIEW watch.restored WITH (security_barrier='true') AS
 WITH waiting AS (
         SELECT touched.customer_id,
            count(*) AS user_count
           FROM calendar.touched
          WHERE (touched.cause = 'restored'::text)
          GROUP BY touched.customer_id
        )
 SELECT customers.customer_key,
    epochs.began_at,
    epochs.cause,
    epochs.adopted_at,
    COALESCE(waiting.user_count, (0)::bigint) AS waiting_user_count
   FROM ((customer.epochs
     JOIN customer.visible_customers customers ON ((epochs.customer_id = customers.customer_id)))
     LEFT JOIN waiting ON ((epochs.customer_id = waiting.customer_id)))
  WHERE ((epochs.cause <> 'first'::text) AND ((epochs.adopted_at IS NULL) OR (waiting.user_count > 0)) AND (NOT (EXISTS ( SELECT
           FROM customer.epochs newer
          WHERE ((newer.customer_id = epochs.customer_id) AND (newer.epoch > epochs.epoch))))));


--
-- Name: VIEW restored; Type: COMMENT; Schema: watch; Owner: -
--

COMMENT ON VIEW watch.restored IS 'Customers whose database was restored, until all their users are as they should be again.';


--
-- Name: skipped_runs; Type: VIEW; Schema: watch; Owner: -
--

CREATE VIEW watch.skipped_runs WITH (security_barrier='true') AS
 SELECT customers.customer_key,
    work.work,
    work.taken_by,
    work.taken_at,
    skipped.run_count,
    skipped.last_skipped_at,
    skipped.last_skipped_by
   FROM ((customer.work
     JOIN customer.visible_customers customers ON ((work.customer_id = customers.customer_id)))
     CROSS JOIN LATERAL ( SELECT count(*) AS run_count,
            max(skipped_runs.skipped_at) AS last_skipped_at,
            (array_agg(skipped_runs.skipped_by ORDER BY skipped_runs.skipped_at DESC))[1] AS last_skipped_by
           FROM audit.skipped_runs
          WHERE ((skipped_runs.customer_id = work.customer_id) AND (skipped_runs.work = work.work) AND (skipped_runs.skipped_at >= work.taken_at) AND (skipped_runs.skipped_at > (watch.as_of() - '2 days'::interval)) AND (skipped_runs.skipped_at <= watch.as_of()))) skipped)
  WHERE ((skipped.last_skipped_at > (watch.as_of() - '00:10:00'::interval)) AND ((skipped.last_skipped_at - work.taken_at) >
        CASE
            WHEN (work.work ~~ 'load %'::text) THEN '05:00:00'::interval
            ELSE '00:10:00'::interval
        END));


--
-- Name: VIEW skipped_runs; Type: COMMENT; Schema: watch; Owner: -
--

COMMENT ON VIEW watch.skipped_runs IS 'Work that one run has held for long while others left because of it.';


--
-- Name: stale_users; Type: VIEW; Schema: watch; Owner: -
--

CREATE VIEW watch.stale_users WITH (security_barrier='true') AS
 WITH waiting AS (
         SELECT touched.customer_id,
            touched.user_id,
            min(touched.since) AS since,
            array_agg(touched.cause ORDER BY touched.cause) AS causes
           FROM calendar.touched
          GROUP BY touched.customer_id, touched.user_id
        )
 SELECT customers.customer_key,
    users.user_key,
    verified.verified_at,
    waiting.since AS waiting_since,
    COALESCE(waiting.causes, '{}'::text[]) AS waiting_for,
    (COALESCE(verified.verified_at, users.held_from) < (watch.as_of() - '26:00:00'::interval)) AS is_unverified,
    COALESCE(verified.verified_at, GREATEST(users.held_from, customers.created_at)) AS unverified_since
   FROM (((roster.users
     JOIN customer.visible_customers customers ON (((users.customer_id = customers.customer_id) AND customers.is_active)))
     LEFT JOIN telephony.verified ON (((users.customer_id = verified.customer_id) AND (users.user_id = verified.user_id))))
     LEFT JOIN waiting ON (((users.customer_id = waiting.customer_id) AND (users.user_id = waiting.user_id))))
  WHERE (users.is_active AND ((COALESCE(verified.verified_at, users.held_from) < (watch.as_of() - '26:00:00'::interval)) OR (waiting.since < (watch.as_of() - '00:15:00'::interval))));


--
-- Name: VIEW stale_users; Type: COMMENT; Schema: watch; Owner: -
--

COMMENT ON VIEW watch.stale_users IS 'Users whom no pass has found right for 26 hours, or who have been waiting for 15 minutes.';


--
-- Name: COLUMN stale_users.verified_at; Type: COMMENT; Schema: watch; Owner: -
--

COMMENT ON COLUMN watch.stale_users.verified_at IS 'When a pass last compared them and left nothing to do; null where none did.';


--
-- Name: COLUMN stale_users.waiting_since; Type: COMMENT; Schema: watch; Owner: -
--

COMMENT ON COLUMN watch.stale_users.waiting_since IS 'Since when they have been marked as to be looked at; null where they are not.';


--
-- Name: COLUMN stale_users.waiting_for; Type: COMMENT; Schema: watch; Owner: -
--

COMMENT ON COLUMN watch.stale_users.waiting_for IS 'The marks, as in calendar.touched.';


--
-- Name: COLUMN stale_users.is_unverified; Type: COMMENT; Schema: watch; Owner: -
--

COMMENT ON COLUMN watch.stale_users.is_unverified IS 'Whether it is 26 hours; else they only wait.';


--
-- Name: COLUMN stale_users.unverified_since; Type: COMMENT; Schema: watch; Owner: -
--

COMMENT ON COLUMN watch.stale_users.unverified_since IS 'When a pass last verified them, or since when they are known.';


--
-- Name: stuck_loads; Type: VIEW; Schema: watch; Owner: -
--

CREATE VIEW watch.stuck_loads WITH (security_barrier='true') AS
 SELECT customers.customer_key,
    (sources.settings ->> 'name'::text) AS source,
    endless.since,
    endless.load_count,
    endless.is_full
   FROM ((customer.visible_customers customers
     CROSS JOIN LATERAL jsonb_array_elements(customers.calendars) sources(settings))
     CROSS JOIN LATERAL ( SELECT min(loads.started_at) AS since,
            count(*) AS load_count,
            bool_and(loads.is_full) AS is_full
           FROM audit.loads
          WHERE ((loads.customer_id = customers.customer_id) AND (loads.source = (sources.settings ->> 'name'::text)) AND (loads.started_at > (watch.as_of() - '2 days'::interval)) AND (loads.load_id > COALESCE(( SELECT max(ended.load_id) AS max
                   FROM audit.loads ended
                  WHERE ((ended.customer_id = customers.customer_id) AND (ended.source = (sources.settings ->> 'name'::text)) AND (ended.started_at > (watch.as_of() - '2 days'::interval)) AND (ended.ended_at IS NOT NULL))), (0)::bigint)))) endless)
  WHERE (customers.is_active AND (endless.since < (watch.as_of() -
        CASE
            WHEN endless.is_full THEN '05:00:00'::interval
            ELSE '00:10:00'::interval
        END)));


--
-- Name: VIEW stuck_loads; Type: COMMENT; Schema: watch; Owner: -
--

COMMENT ON VIEW watch.stuck_loads IS 'Calendar sources whose loads do not come to their end, since when, and how many were begun.';


--
-- Name: unbalanced; Type: VIEW; Schema: watch; Owner: -
--

CREATE VIEW watch.unbalanced WITH (security_barrier='true') AS
 SELECT customers.customer_key,
    balances.run_id,
    balances.balanced_at,
    balances.scope,
    balances.taken_in_count,
    ((((balances.applied_count + balances.suppressed_count) + balances.superseded_count) + balances.pending_count) + balances.failed_count) AS accounted_count,
    balances.unaccounted_count
   FROM (audit.balances
     JOIN customer.visible_customers customers ON ((balances.customer_id = customers.customer_id)))
  WHERE ((NOT balances.is_balanced) AND (NOT (EXISTS ( SELECT
           FROM audit.balances later
          WHERE ((later.customer_id = balances.customer_id) AND (later.scope = 'everybody'::text) AND later.is_balanced AND (later.balanced_at > balances.balanced_at))))));


--
-- Name: VIEW unbalanced; Type: COMMENT; Schema: watch; Owner: -
--

COMMENT ON VIEW watch.unbalanced IS 'Runs at whose end booking versions were missing, or wanted and lost.';


--
-- Name: unknown_changes; Type: VIEW; Schema: watch; Owner: -
--

CREATE VIEW watch.unknown_changes WITH (security_barrier='true') AS
 SELECT customers.customer_key,
    users.user_key,
    changes.run_id,
    runs.started_at,
    changes.absence_key,
    changes.action
   FROM (((audit.changes
     JOIN audit.runs ON (((changes.customer_id = runs.customer_id) AND (changes.run_id = runs.run_id) AND (changes.planned_at = runs.started_at))))
     JOIN customer.visible_customers customers ON ((changes.customer_id = customers.customer_id)))
     JOIN roster.users ON (((changes.customer_id = users.customer_id) AND (changes.user_id = users.user_id))))
  WHERE ((changes.outcome IS NULL) AND (changes.held_because IS NULL) AND (runs.mode <> 'dry_run'::text) AND (runs.started_at < (watch.as_of() - '00:05:00'::interval)));


--
-- Name: VIEW unknown_changes; Type: COMMENT; Schema: watch; Owner: -
--

COMMENT ON VIEW watch.unknown_changes IS 'Changes that were begun and of which nobody knows whether they were carried out.';


--
-- Name: alarms; Type: VIEW; Schema: watch; Owner: -
--

CREATE VIEW watch.alarms WITH (security_barrier='true') AS
 WITH raised(customer_key, alarm, about, since, detail, critical_from) AS (
         SELECT stale_users.customer_key,
            'stale_users'::text AS "?column?",
            ('users: '::text || count(*)) AS "?column?",
            min(LEAST(stale_users.waiting_since, stale_users.verified_at)) AS min,
            (((('not verified for 26 hours: '::text || count(*) FILTER (WHERE stale_users.is_unverified)) || ', waiting for 15 minutes: '::text) || count(*) FILTER (WHERE (NOT stale_users.is_unverified))) || '; see watch.stale_users'::text) AS "?column?",
            LEAST((min(stale_users.unverified_since) FILTER (WHERE stale_users.is_unverified) + '50:00:00'::interval), (min(stale_users.waiting_since) + '01:00:00'::interval)) AS "least"
           FROM watch.stale_users
          GROUP BY stale_users.customer_key
        UNION ALL
         SELECT stuck_loads.customer_key,
            'stuck_loads'::text,
            ('source '::text || stuck_loads.source),
            stuck_loads.since,
            (('loads begun since and none ended: '::text || stuck_loads.load_count) || '; see audit.loads and the journal'::text),
            (stuck_loads.since +
                CASE
                    WHEN stuck_loads.is_full THEN '12:00:00'::interval
                    ELSE '01:00:00'::interval
                END)
           FROM watch.stuck_loads
        UNION ALL
         SELECT skipped_runs.customer_key,
            'skipped_runs'::text,
            skipped_runs.work,
            skipped_runs.taken_at,
            (((skipped_runs.taken_by || ' has the work, runs that left: '::text) || skipped_runs.run_count) || '; where it hangs, end its session with pg_terminate_backend'::text),
            (skipped_runs.taken_at +
                CASE
                    WHEN (skipped_runs.work ~~ 'load %'::text) THEN '12:00:00'::interval
                    ELSE '01:00:00'::interval
                END)
           FROM watch.skipped_runs
        UNION ALL
         SELECT failed_changes.customer_key,
            'failed_changes'::text,
            ('users: '::text || count(*)),
            min(failed_changes.since) AS min,
            'the telephone side did not take their changes; see watch.failed_changes'::text,
            (min(failed_changes.since) + '01:00:00'::interval)
           FROM watch.failed_changes
          GROUP BY failed_changes.customer_key
        UNION ALL
         SELECT unknown_changes.customer_key,
            'unknown_changes'::text,
            ('changes: '::text || count(*)),
            min(unknown_changes.started_at) AS min,
            'nobody knows whether they were carried out; see watch.unknown_changes'::text,
            (min(unknown_changes.started_at) + '01:00:00'::interval)
           FROM watch.unknown_changes
          GROUP BY unknown_changes.customer_key
        UNION ALL
         SELECT open_runs.customer_key,
            'open_runs'::text,
            ('run '::text || open_runs.last_run_id),
            open_runs.since,
            (((('passes begun since and none ended: '::text || open_runs.run_count) || ', the last by '::text) || open_runs.taken_by) || '; see its journal'::text),
            (open_runs.since + '01:00:00'::interval)
           FROM watch.open_runs
        UNION ALL
         SELECT refused_plans.customer_key,
            'refused_plans'::text,
            ('users: '::text || refused_plans.user_count),
            refused_plans.since,
            (((('changes that the limits hold back: '::text || refused_plans.change_count) || '; look at '::text) || 'kalenderkoppling reconcile, and let them through with --approve '::text) || "left"(refused_plans.digest, 12)),
            'infinity'::timestamp with time zone
           FROM watch.refused_plans
        UNION ALL
         SELECT outages.customer_key,
            'outages'::text,
            'telephone system'::text,
            outages.began_at,
            (((('it does not answer; passes that found it so: '::text || outages.try_count) || ', users who wait: '::text) || outages.waiting_user_count) || '; see watch.outages'::text),
            (outages.began_at + '00:10:00'::interval)
           FROM watch.outages
        UNION ALL
         SELECT clock_skew.customer_key,
            'clock_skew'::text,
            ('host '::text || clock_skew.host),
            clock_skew.seen_at,
            (((('its clock is '::text || round(abs(EXTRACT(epoch FROM clock_skew.clock_ahead)))) || ' s '::text) ||
                CASE
                    WHEN (clock_skew.clock_ahead > '00:00:00'::interval) THEN 'ahead of'::text
                    ELSE 'behind'::text
                END) || ' the database''s; set it right'::text),
            (
                CASE
                    WHEN (abs(EXTRACT(epoch FROM clock_skew.clock_ahead)) >= (60)::numeric) THEN '-infinity'::text
                    ELSE 'infinity'::text
                END)::timestamp with time zone AS timestamptz
           FROM watch.clock_skew
        UNION ALL
         SELECT missed_runs.customer_key,
            'missed_runs'::text,
            ('jobs/'::text || missed_runs.job),
            missed_runs.since,
            'no pass has come to its end for too long; look whether a host runs its timers'::text,
                CASE
                    WHEN (missed_runs.job = 'minutely'::text) THEN (missed_runs.since + '00:30:00'::interval)
                    ELSE (missed_runs.since + '50:00:00'::interval)
                END AS "case"
           FROM watch.missed_runs
        UNION ALL
         SELECT failed_calendars.customer_key,
            'failed_calendars'::text,
            ('source '::text || failed_calendars.source),
            COALESCE(min(failed_calendars.loaded_at) FILTER (WHERE isfinite(failed_calendars.loaded_at)), min(failed_calendars.failed_at)) AS "coalesce",
            (('calendars that did not answer, or not whole: '::text || count(*)) || '; see watch.failed_calendars'::text),
            'infinity'::timestamp with time zone
           FROM watch.failed_calendars
          GROUP BY failed_calendars.customer_key, failed_calendars.source
        UNION ALL
         SELECT failed_groups.customer_key,
            'failed_groups'::text,
            ('group '::text || failed_groups.group_key),
            failed_groups.failed_at,
            'it did not tell its members; see watch.failed_groups'::text,
            'infinity'::timestamp with time zone
           FROM watch.failed_groups
        UNION ALL
         SELECT drift.customer_key,
            'drift'::text,
            ('absences: '::text || count(*)),
            drift.checked_at,
            'wanted, carried out and shown do not agree; see watch.drift'::text,
            'infinity'::timestamp with time zone
           FROM watch.drift
          GROUP BY drift.customer_key, drift.checked_at
        UNION ALL
         SELECT unbalanced.customer_key,
            'unbalanced'::text,
            ('runs: '::text || count(*)),
            min(unbalanced.balanced_at) AS min,
            (('booking versions that are in no account: '::text || sum(unbalanced.unaccounted_count)) || '; see watch.unbalanced and sql/reports/conservation.sql'::text),
            '-infinity'::timestamp with time zone
           FROM watch.unbalanced
          GROUP BY unbalanced.customer_key
        UNION ALL
         SELECT restored.customer_key,
            'restored'::text,
            ('users: '::text || restored.waiting_user_count),
            restored.began_at,
            ('the database was restored, and they wait until all their calendars were loaded since; '::text || 'see watch.restored'::text),
            (restored.began_at + '01:00:00'::interval)
           FROM watch.restored
        UNION ALL
         SELECT NULL::text,
            'near_full_months'::text,
            ('tables: '::text || count(*)),
            NULL::timestamp with time zone,
            (((('tables that have no month for the time in two weeks: '::text || count(*) FILTER (WHERE (NOT near_full_months.has_strays))) || ', rows in no month: '::text) || count(*) FILTER (WHERE near_full_months.has_strays)) || '; look whether the nightly prune runs, and at watch.near_full_months'::text),
            min(near_full_months.ends_at) AS min
           FROM watch.near_full_months
         HAVING (count(*) > 0)
        )
 SELECT raised.customer_key,
    raised.alarm,
        CASE
            WHEN (raised.critical_from <= watch.as_of()) THEN 'critical'::text
            ELSE 'warning'::text
        END AS severity,
    raised.about,
    raised.since,
    raised.detail
   FROM raised;


--
-- Name: VIEW alarms; Type: COMMENT; Schema: watch; Owner: -
--

COMMENT ON VIEW watch.alarms IS 'Everything that somebody should look at now; no rows where all is well.';


--
-- Name: COLUMN alarms.customer_key; Type: COMMENT; Schema: watch; Owner: -
--

COMMENT ON COLUMN watch.alarms.customer_key IS 'Whose; null for what is about the database.';


--
-- Name: COLUMN alarms.alarm; Type: COMMENT; Schema: watch; Owner: -
--

COMMENT ON COLUMN watch.alarms.alarm IS 'The view of watch that says more.';


--
-- Name: COLUMN alarms.severity; Type: COMMENT; Schema: watch; Owner: -
--

COMMENT ON COLUMN watch.alarms.severity IS 'warning or critical.';


--
-- Name: COLUMN alarms.about; Type: COMMENT; Schema: watch; Owner: -
--

COMMENT ON COLUMN watch.alarms.about IS 'What it is about.';


--
-- Name: COLUMN alarms.since; Type: COMMENT; Schema: watch; Owner: -
--

COMMENT ON COLUMN watch.alarms.since IS 'Since when; null where that is not known.';


--
-- Name: COLUMN alarms.detail; Type: COMMENT; Schema: watch; Owner: -
--

COMMENT ON COLUMN watch.alarms.detail IS 'What is wrong, in a sentence, and what to do.';


--
-- Name: audit_sizes; Type: VIEW; Schema: watch; Owner: -
--

CREATE VIEW watch.audit_sizes WITH (security_barrier='true') AS
 SELECT audit_months.table_name,
    audit_months.month,
    (NULLIF(pg_class.reltuples, ('-1'::integer)::double precision))::bigint AS row_count,
    pg_total_relation_size((pg_class.oid)::regclass) AS byte_count,
    (160000 + ((GREATEST(pg_class.reltuples, (0)::real))::bigint *
        CASE audit_months.table_name
            WHEN 'changes'::name THEN 2500
            ELSE 400
        END)) AS stated_byte_count
   FROM (intake.audit_months
     JOIN pg_class ON ((audit_months.month_id = pg_class.oid)));


--
-- Name: VIEW audit_sizes; Type: COMMENT; Schema: watch; Owner: -
--

COMMENT ON VIEW watch.audit_sizes IS 'How large each month of each table of the audit is, and what fell into no month.';


--
-- Name: COLUMN audit_sizes.month; Type: COMMENT; Schema: watch; Owner: -
--

COMMENT ON COLUMN watch.audit_sizes.month IS 'The first day of the month; null is what fell into none that was made.';


--
-- Name: COLUMN audit_sizes.row_count; Type: COMMENT; Schema: watch; Owner: -
--

COMMENT ON COLUMN watch.audit_sizes.row_count IS 'About how many rows, as PostgreSQL last estimated; null where it has not yet.';


--
-- Name: COLUMN audit_sizes.byte_count; Type: COMMENT; Schema: watch; Owner: -
--

COMMENT ON COLUMN watch.audit_sizes.byte_count IS 'On disk, with indexes.';


--
-- Name: COLUMN audit_sizes.stated_byte_count; Type: COMMENT; Schema: watch; Owner: -
--

COMMENT ON COLUMN watch.audit_sizes.stated_byte_count IS 'What so many rows may take: 2,500 bytes a change, 400 any other row, 160,000 a table.';


--
-- Name: changes; Type: VIEW; Schema: watch; Owner: -
--

CREATE VIEW watch.changes WITH (security_barrier='true') AS
 SELECT customers.customer_key,
    users.user_key,
    changes.run_id,
    changes.planned_at,
    runs.mode,
    runs.as_of,
    changes.absence_key,
    changes.action,
    COALESCE((changes.after ->> 'extension'::text), (changes.before ->> 'extension'::text)) AS extension,
    absence.told_side(changes.before) AS before,
    absence.told_side(changes.after) AS after,
    changes.booking_keys,
    changes.is_guarded,
    changes.held_because,
    changes.withdrawn_because,
    changes.losses,
    changes.is_approved,
    changes.outcome,
    changes.ended_at,
    changes.failure
   FROM (((audit.changes
     JOIN audit.runs ON (((changes.customer_id = runs.customer_id) AND (changes.run_id = runs.run_id) AND (changes.planned_at = runs.started_at))))
     JOIN customer.visible_customers customers ON ((changes.customer_id = customers.customer_id)))
     JOIN roster.users ON (((changes.customer_id = users.customer_id) AND (changes.user_id = users.user_id))));


--
-- Name: VIEW changes; Type: COMMENT; Schema: watch; Owner: -
--

COMMENT ON VIEW watch.changes IS 'What passes planned and did, and what came of it, without the text of any booking.';


--
-- Name: explained; Type: VIEW; Schema: watch; Owner: -
--

CREATE VIEW watch.explained WITH (security_barrier='true') AS
 SELECT customers.customer_key,
    users.user_key,
    explained.booking_key,
    explained.held_from AS booking_since,
    explained.starts_at,
    explained.ends_at,
    explained.is_all_day,
    explained.show_as,
    explained.code,
    explained.rule_set_version,
    explained.decided_by,
    explained.reason,
    explained.kind,
    explained.is_weakened,
    explained.merged_with,
    explained.suppressed_by,
    explained.because
   FROM ((absence.explained
     JOIN customer.visible_customers customers ON ((explained.customer_id = customers.customer_id)))
     JOIN roster.users ON (((explained.customer_id = users.customer_id) AND (explained.user_id = users.user_id))));


--
-- Name: VIEW explained; Type: COMMENT; Schema: watch; Owner: -
--

COMMENT ON VIEW watch.explained IS 'What each booking gives, what decided that, beside whom it stands, and why it gives nothing.';


--
-- Name: group_members_without_user; Type: VIEW; Schema: watch; Owner: -
--

CREATE VIEW watch.group_members_without_user WITH (security_barrier='true') AS
 SELECT customers.customer_key,
    groups.source,
    groups.group_key,
    groups.service,
    COALESCE(members.mail_addresses[1], members.member_key) AS member,
    groups.answered_at
   FROM (((roster.group_members members
     JOIN roster.groups ON (((members.customer_id = groups.customer_id) AND (members.group_id = groups.group_id) AND groups.is_active)))
     JOIN customer.visible_customers customers ON ((members.customer_id = customers.customer_id)))
     LEFT JOIN intake.group_matches matches ON (((members.customer_id = matches.customer_id) AND (members.group_id = matches.group_id) AND (members.member_key = matches.member_key) AND (NOT matches.is_staged))))
  WHERE (matches.user_key IS NULL);


--
-- Name: VIEW group_members_without_user; Type: COMMENT; Schema: watch; Owner: -
--

COMMENT ON VIEW watch.group_members_without_user IS 'Members of groups who are in no roster: they have the service and no telephone.';


--
-- Name: load_failures; Type: VIEW; Schema: watch; Owner: -
--

CREATE VIEW watch.load_failures WITH (security_barrier='true') AS
 SELECT customers.customer_key,
    users.user_key,
    calendars.source,
    load_failures.load_id,
    load_failures.load_started_at,
    load_failures.failed_at,
    load_failures.failure
   FROM (((audit.load_failures
     JOIN customer.visible_customers customers ON ((load_failures.customer_id = customers.customer_id)))
     JOIN roster.users ON (((load_failures.customer_id = users.customer_id) AND (load_failures.user_id = users.user_id))))
     JOIN roster.calendars ON (((load_failures.customer_id = calendars.customer_id) AND (load_failures.user_id = calendars.user_id) AND (load_failures.calendar_id = calendars.calendar_id))));


--
-- Name: VIEW load_failures; Type: COMMENT; Schema: watch; Owner: -
--

COMMENT ON VIEW watch.load_failures IS 'Calendars that failed in a load, with the reason.';


--
-- Name: sources; Type: VIEW; Schema: watch; Owner: -
--

CREATE VIEW watch.sources WITH (security_barrier='true') AS
 WITH calendars AS (
         SELECT in_use.customer_id,
            in_use.source,
            count(*) AS calendar_count,
            count(*) FILTER (WHERE (cursors.failure IS NOT NULL)) AS failing_count,
            count(*) FILTER (WHERE (cursors.whole_at IS NULL)) AS never_whole_count,
            count(*) FILTER (WHERE (cursors.cursor IS NOT NULL)) AS with_cursor_count,
            min(COALESCE(cursors.loaded_at, '-infinity'::timestamp with time zone)) AS oldest_loaded_at,
            (array_agg(cursors.failure ORDER BY cursors.failed_at DESC) FILTER (WHERE (cursors.failure IS NOT NULL)))[1] AS last_failure,
            max(cursors.failed_at) FILTER (WHERE (cursors.failure IS NOT NULL)) AS last_failed_at
           FROM (intake.calendars_to_load in_use
             LEFT JOIN calendar.cursors ON (((in_use.customer_id = cursors.customer_id) AND (in_use.user_id = cursors.user_id) AND (in_use.calendar_id = cursors.calendar_id))))
          GROUP BY in_use.customer_id, in_use.source
        )
 SELECT customers.customer_key,
    (sources.settings ->> 'name'::text) AS source,
    (sources.settings ->> 'kind'::text) AS kind,
    loads.last_good_load_at,
    loads.last_good_full_load_at,
    loads.last_load_at,
    COALESCE(calendars.calendar_count, (0)::bigint) AS calendar_count,
    COALESCE(calendars.failing_count, (0)::bigint) AS failing_count,
    COALESCE(calendars.never_whole_count, (0)::bigint) AS never_whole_count,
    COALESCE(calendars.with_cursor_count, (0)::bigint) AS with_cursor_count,
    calendars.oldest_loaded_at,
    calendars.last_failure,
    calendars.last_failed_at
   FROM (((customer.visible_customers customers
     CROSS JOIN LATERAL jsonb_array_elements(customers.calendars) sources(settings))
     LEFT JOIN calendars ON (((customers.customer_id = calendars.customer_id) AND (calendars.source = (sources.settings ->> 'name'::text)))))
     LEFT JOIN LATERAL ( SELECT max(of_source.started_at) AS last_load_at,
            max(of_source.started_at) FILTER (WHERE ((of_source.ended_at IS NOT NULL) AND (of_source.failed_count = 0))) AS last_good_load_at,
            max(of_source.started_at) FILTER (WHERE ((of_source.ended_at IS NOT NULL) AND (of_source.failed_count = 0) AND of_source.is_full)) AS last_good_full_load_at
           FROM audit.loads of_source
          WHERE ((of_source.customer_id = customers.customer_id) AND (of_source.source = (sources.settings ->> 'name'::text)) AND (of_source.started_at > (watch.as_of() - '35 days'::interval)))) loads ON (true));


--
-- Name: VIEW sources; Type: COMMENT; Schema: watch; Owner: -
--

COMMENT ON VIEW watch.sources IS 'One row per calendar source: how up to date it is, how it failed last, where it goes on from.';


--
-- Name: COLUMN sources.last_good_load_at; Type: COMMENT; Schema: watch; Owner: -
--

COMMENT ON COLUMN watch.sources.last_good_load_at IS 'When the last load of 35 days began in which no calendar failed.';


--
-- Name: COLUMN sources.last_good_full_load_at; Type: COMMENT; Schema: watch; Owner: -
--

COMMENT ON COLUMN watch.sources.last_good_full_load_at IS 'When the last load of everything began in which no calendar failed, within 35 days.';


--
-- Name: COLUMN sources.last_load_at; Type: COMMENT; Schema: watch; Owner: -
--

COMMENT ON COLUMN watch.sources.last_load_at IS 'When the last load of 35 days began, however it went.';


--
-- Name: COLUMN sources.calendar_count; Type: COMMENT; Schema: watch; Owner: -
--

COMMENT ON COLUMN watch.sources.calendar_count IS 'Calendars of users who take part.';


--
-- Name: COLUMN sources.failing_count; Type: COMMENT; Schema: watch; Owner: -
--

COMMENT ON COLUMN watch.sources.failing_count IS 'Calendars that failed the last time.';


--
-- Name: COLUMN sources.never_whole_count; Type: COMMENT; Schema: watch; Owner: -
--

COMMENT ON COLUMN watch.sources.never_whole_count IS 'Calendars that were never read whole.';


--
-- Name: COLUMN sources.with_cursor_count; Type: COMMENT; Schema: watch; Owner: -
--

COMMENT ON COLUMN watch.sources.with_cursor_count IS 'Calendars of which the next load asks just for what changed.';


--
-- Name: COLUMN sources.oldest_loaded_at; Type: COMMENT; Schema: watch; Owner: -
--

COMMENT ON COLUMN watch.sources.oldest_loaded_at IS 'When the calendar that waits longest last answered; -infinity where one never did.';


--
-- Name: COLUMN sources.last_failure; Type: COMMENT; Schema: watch; Owner: -
--

COMMENT ON COLUMN watch.sources.last_failure IS 'Of a calendar that still fails: how.';


--
-- Name: metrics; Type: VIEW; Schema: watch; Owner: -
--

CREATE VIEW watch.metrics WITH (security_barrier='true') AS
 WITH families AS (
         SELECT known.metric,
            known.type,
            known.help
           FROM ( VALUES ('users'::text,'gauge'::text,'Active users.'::text), ('users_waiting'::text,'gauge'::text,'Users marked as to be looked at.'::text), ('oldest_mark_timestamp_seconds'::text,'gauge'::text,'Since when the user who waits longest waits; absent where nobody does.'::text), ('oldest_verification_timestamp_seconds'::text,'gauge'::text,'When a pass last verified the user for whom that is longest ago.'::text), ('absences_placed'::text,'gauge'::text,'Absences on the telephone side that have not ended.'::text), ('passes_total'::text,'counter'::text,'Passes that came to their end.'::text), ('last_pass_timestamp_seconds'::text,'gauge'::text,'When the last pass came to its end, also with nothing to do.'::text), ('changes_total'::text,'counter'::text,'Changes of passes that came to their end.'::text), ('last_load_timestamp_seconds'::text,'gauge'::text,'When the last load began that came to its end.'::text), ('calendars_failing'::text,'gauge'::text,'Calendars that did not answer last, or not whole.'::text), ('last_read_back_timestamp_seconds'::text,'gauge'::text,'When everybody''s absences were last read back.'::text), ('exchange_up'::text,'gauge'::text,'Whether the telephone system answered the last pass.'::text), ('clock_ahead_seconds'::text,'gauge'::text,'How far a host''s clock is ahead of the database''s.'::text), ('alarms'::text,'gauge'::text,'Rows of watch.alarms.'::text)) known(metric, type, help)
        ), customers AS (
         SELECT customers.customer_id,
            customers.customer_key
           FROM customer.visible_customers customers
          WHERE customers.is_active
        ), figures(customer_key, metric, label, label_value, value) AS (
         SELECT customers.customer_key,
            'users'::text AS "?column?",
            NULL::text AS "?column?",
            NULL::text AS "?column?",
            (( SELECT count(*) AS count
                   FROM roster.users
                  WHERE ((users.customer_id = customers.customer_id) AND users.is_active)))::double precision AS count
           FROM customers
        UNION ALL
         SELECT customers.customer_key,
            waiting.metric,
            NULL::text,
            NULL::text,
            waiting.value
           FROM ((customers
             CROSS JOIN LATERAL ( SELECT count(DISTINCT touched.user_id) AS user_count,
                    min(touched.since) AS oldest_since
                   FROM calendar.touched
                  WHERE (touched.customer_id = customers.customer_id)) marks)
             CROSS JOIN LATERAL ( VALUES ('users_waiting'::text,(marks.user_count)::double precision), ('oldest_mark_timestamp_seconds'::text,EXTRACT(epoch FROM marks.oldest_since))) waiting(metric, value))
        UNION ALL
         SELECT customers.customer_key,
            'oldest_verification_timestamp_seconds'::text,
            NULL::text,
            NULL::text,
            ( SELECT EXTRACT(epoch FROM min(verified.verified_at)) AS "extract"
                   FROM (telephony.verified
                     JOIN roster.users ON (((verified.customer_id = users.customer_id) AND (verified.user_id = users.user_id) AND users.is_active)))
                  WHERE (verified.customer_id = customers.customer_id)) AS "extract"
           FROM customers
        UNION ALL
         SELECT customers.customer_key,
            'absences_placed'::text,
            NULL::text,
            NULL::text,
            ( SELECT count(*) AS count
                   FROM telephony.placed
                  WHERE ((placed.customer_id = customers.customer_id) AND (placed.ends_at > watch.as_of()))) AS count
           FROM customers
        UNION ALL
         SELECT customers.customer_key,
            told.metric,
            'scope'::text,
            passes.scope,
            told.value
           FROM ((customers
             JOIN customer.passes ON ((customers.customer_id = passes.customer_id)))
             CROSS JOIN LATERAL ( VALUES ('passes_total'::text,(passes.pass_count)::double precision), ('last_pass_timestamp_seconds'::text,EXTRACT(epoch FROM passes.ended_at))) told(metric, value))
        UNION ALL
         SELECT customers.customer_key,
            'changes_total'::text,
            'outcome'::text,
            outcome_counts.outcome,
            outcome_counts.change_count
           FROM (customers
             JOIN customer.outcome_counts ON ((customers.customer_id = outcome_counts.customer_id)))
        UNION ALL
         SELECT sources.customer_key,
            told.metric,
            'source'::text,
            sources.source,
            told.value
           FROM (watch.sources
             CROSS JOIN LATERAL ( VALUES ('last_load_timestamp_seconds'::text,EXTRACT(epoch FROM sources.last_good_load_at)), ('calendars_failing'::text,(sources.failing_count)::double precision)) told(metric, value))
        UNION ALL
         SELECT customers.customer_key,
            'last_read_back_timestamp_seconds'::text,
            NULL::text,
            NULL::text,
            ( SELECT EXTRACT(epoch FROM max(read_backs.read_at)) AS "extract"
                   FROM audit.read_backs
                  WHERE ((read_backs.customer_id = customers.customer_id) AND read_backs.is_whole AND (read_backs.user_count IS NULL) AND (read_backs.failure IS NULL))) AS "extract"
           FROM customers
        UNION ALL
         SELECT customers.customer_key,
            'exchange_up'::text,
            NULL::text,
            NULL::text,
                CASE
                    WHEN (EXISTS ( SELECT
                       FROM audit.outages
                      WHERE ((outages.customer_id = customers.customer_id) AND (outages.ended_at IS NULL)))) THEN 0
                    ELSE 1
                END AS "case"
           FROM customers
        UNION ALL
         SELECT customers.customer_key,
            'clock_ahead_seconds'::text,
            'host'::text,
            hosts.host,
            EXTRACT(epoch FROM hosts.clock_ahead) AS "extract"
           FROM (customers
             JOIN customer.hosts ON ((customers.customer_id = hosts.customer_id)))
          WHERE (hosts.seen_at > (watch.as_of() - '1 day'::interval))
        UNION ALL
         SELECT raised.customer_key,
            'alarms'::text,
            'severity'::text,
            raised.severity,
            sum(raised.alarm_count) AS sum
           FROM ( SELECT COALESCE(alarms.customer_key, ''::text) AS customer_key,
                    alarms.severity,
                    1 AS alarm_count
                   FROM watch.alarms
                UNION ALL
                 SELECT customers.customer_key,
                    severities.severity,
                    0
                   FROM (customers
                     CROSS JOIN ( VALUES ('warning'::text), ('critical'::text)) severities(severity))) raised
          GROUP BY raised.customer_key, raised.severity
        )
 SELECT ('kalenderkoppling_'::text || families.metric) AS metric,
    families.type,
    families.help,
    figures.customer_key,
    figures.label,
    figures.label_value,
    figures.value
   FROM (figures
     JOIN families ON ((figures.metric = families.metric)))
  WHERE (figures.value IS NOT NULL);


--
-- Name: VIEW metrics; Type: COMMENT; Schema: watch; Owner: -
--

COMMENT ON VIEW watch.metrics IS 'Figures for Prometheus, as kalenderkoppling metrics writes them.';


--
-- Name: COLUMN metrics.type; Type: COMMENT; Schema: watch; Owner: -
--

COMMENT ON COLUMN watch.metrics.type IS 'gauge or counter.';


--
-- Name: COLUMN metrics.help; Type: COMMENT; Schema: watch; Owner: -
--

COMMENT ON COLUMN watch.metrics.help IS 'What it says.';


--
-- Name: COLUMN metrics.customer_key; Type: COMMENT; Schema: watch; Owner: -
--

COMMENT ON COLUMN watch.metrics.customer_key IS 'The value of the label customer; empty for what is about the database.';


--
-- Name: COLUMN metrics.label; Type: COMMENT; Schema: watch; Owner: -
--

COMMENT ON COLUMN watch.metrics.label IS 'The name of the second label; null where there is none.';


--
-- Name: near_misses; Type: VIEW; Schema: watch; Owner: -
--

CREATE VIEW watch.near_misses WITH (security_barrier='true') AS
 WITH counted AS (
         SELECT customers.customer_id,
            customers.customer_key,
            users.user_key,
            (date_trunc('week'::text, (bookings.starts_at AT TIME ZONE users.time_zone)))::date AS week,
            bookings.near_miss,
            (bookings.code IS NOT NULL) AS is_code,
            count(*) AS booking_count
           FROM ((calendar.bookings
             JOIN customer.visible_customers customers ON ((bookings.customer_id = customers.customer_id)))
             JOIN roster.users ON (((bookings.customer_id = users.customer_id) AND (bookings.user_id = users.user_id))))
          WHERE (bookings.near_miss IS NOT NULL)
          GROUP BY customers.customer_id, customers.customer_key, users.user_key, (date_trunc('week'::text, (bookings.starts_at AT TIME ZONE users.time_zone))), bookings.near_miss, (bookings.code IS NOT NULL)
        )
 SELECT counted.customer_key,
    counted.user_key,
    counted.week,
    counted.near_miss,
    counted.is_code,
    counted.booking_count
   FROM counted
  WHERE (( SELECT (absence.told_reason(codes.reason) <> codes.reason)
           FROM (customer.codes
             CROSS JOIN LATERAL public.levenshtein_less_equal(regexp_replace("left"(codes.code, 60), '[[:punct:][:space:]]'::text, ''::text, 'g'::text), regexp_replace("left"(counted.near_miss, 60), '[[:punct:][:space:]]'::text, ''::text, 'g'::text), 1) nearness(distance))
          WHERE ((codes.customer_id = counted.customer_id) AND (nearness.distance <= 1))
          ORDER BY nearness.distance, (absence.told_reason(codes.reason) = codes.reason)
         LIMIT 1) IS NOT TRUE);


--
-- Name: VIEW near_misses; Type: COMMENT; Schema: watch; Owner: -
--

COMMENT ON VIEW watch.near_misses IS 'Words in subjects that look like codes but are none, and doubtful codes, by user and week.';


--
-- Name: on_phones; Type: VIEW; Schema: watch; Owner: -
--

CREATE VIEW watch.on_phones WITH (security_barrier='true') AS
 SELECT customers.customer_key,
    on_phones.user_key,
    on_phones.name,
    on_phones.extension,
    on_phones.kind,
    on_phones.reason,
    on_phones.starts_at,
    on_phones.ends_at,
    on_phones.back_at,
    on_phones.origin,
    on_phones.booking_keys,
    on_phones.acknowledged_at
   FROM (absence.on_phones
     JOIN customer.visible_customers customers ON ((on_phones.customer_id = customers.customer_id)));


--
-- Name: VIEW on_phones; Type: COMMENT; Schema: watch; Owner: -
--

COMMENT ON VIEW watch.on_phones IS 'What stands on the telephone side, as far as is known: who is away, why and until when.';


--
-- Name: quarantine; Type: VIEW; Schema: watch; Owner: -
--

CREATE VIEW watch.quarantine WITH (security_barrier='true') AS
 SELECT customers.customer_key,
    users.user_key,
    calendars.source,
    calendars.address,
    quarantine.resource_key,
    NULLIF(quarantine.booking_key, ''::text) AS booking_key,
    quarantine.reason,
    quarantine.is_degraded,
    quarantine.since
   FROM (((calendar.quarantine
     JOIN customer.visible_customers customers ON ((quarantine.customer_id = customers.customer_id)))
     JOIN roster.users ON (((quarantine.customer_id = users.customer_id) AND (quarantine.user_id = users.user_id))))
     JOIN roster.calendars ON (((quarantine.customer_id = calendars.customer_id) AND (quarantine.user_id = calendars.user_id) AND (quarantine.calendar_id = calendars.calendar_id))));


--
-- Name: VIEW quarantine; Type: COMMENT; Schema: watch; Owner: -
--

COMMENT ON VIEW watch.quarantine IS 'Bookings and files that could not be read, and why.';


--
-- Name: rule_sets; Type: VIEW; Schema: watch; Owner: -
--

CREATE VIEW watch.rule_sets WITH (security_barrier='true') AS
 SELECT customers.customer_key,
    rule_sets.rule_set_version,
    rule_sets.system,
    lower(rule_sets.held_during) AS held_from,
    upper(rule_sets.held_during) AS held_until,
    rule_sets.applied_by,
    ARRAY( SELECT changes.key
           FROM intake.setting_changes(rule_sets.customer_id, (rule_sets.rule_set_version - 1), rule_sets.rule_set_version) changes(key, old_value, new_value)
          ORDER BY changes.key) AS changed_keys
   FROM (customer.rule_sets
     JOIN customer.visible_customers customers ON ((rule_sets.customer_id = customers.customer_id)));


--
-- Name: VIEW rule_sets; Type: COMMENT; Schema: watch; Owner: -
--

COMMENT ON VIEW watch.rule_sets IS 'Every version of a customer''s rules: since when, until when, by whom, and what it changed.';


--
-- Name: service_levels; Type: VIEW; Schema: watch; Owner: -
--

CREATE VIEW watch.service_levels WITH (security_barrier='true') AS
 WITH reached AS (
         SELECT customers.customer_key,
            ((changes.ended_at AT TIME ZONE customers.time_zone))::date AS day,
            (changes.ended_at - changes.caused_at) AS delay
           FROM (audit.changes
             JOIN customer.visible_customers customers ON ((changes.customer_id = customers.customer_id)))
          WHERE ((changes.outcome = ANY (ARRAY['done'::audit.outcome, 'unchanged'::audit.outcome, 'found_done'::audit.outcome])) AND (changes.caused_at IS NOT NULL) AND (NOT changes.is_approved) AND (changes.planned_at > (watch.as_of() - '35 days'::interval)))
        )
 SELECT reached.customer_key,
    reached.day,
    count(*) AS change_count,
    count(*) FILTER (WHERE (reached.delay <= '00:01:00'::interval)) AS within_minute_count,
    count(*) FILTER (WHERE (reached.delay <= '00:10:00'::interval)) AS within_ten_minutes_count,
    round(((count(*) FILTER (WHERE (reached.delay <= '00:01:00'::interval)))::numeric / (count(*))::numeric), 4) AS within_minute_share,
    round(((count(*) FILTER (WHERE (reached.delay <= '00:10:00'::interval)))::numeric / (count(*))::numeric), 4) AS within_ten_minutes_share,
    max(reached.delay) AS longest_delay
   FROM reached
  GROUP BY reached.customer_key, reached.day;


--
-- Name: VIEW service_levels; Type: COMMENT; Schema: watch; Owner: -
--

COMMENT ON VIEW watch.service_levels IS 'Which share of changes reached the phones within 60 seconds and ten minutes, by day.';


--
-- Name: COLUMN service_levels.day; Type: COMMENT; Schema: watch; Owner: -
--

COMMENT ON COLUMN watch.service_levels.day IS 'The day on which the change was acknowledged.';


--
-- Name: COLUMN service_levels.change_count; Type: COMMENT; Schema: watch; Owner: -
--

COMMENT ON COLUMN watch.service_levels.change_count IS 'Changes that reached the phones.';


--
-- Name: COLUMN service_levels.within_minute_share; Type: COMMENT; Schema: watch; Owner: -
--

COMMENT ON COLUMN watch.service_levels.within_minute_share IS '1 where all did within 60 seconds.';


--
-- Name: COLUMN service_levels.within_ten_minutes_share; Type: COMMENT; Schema: watch; Owner: -
--

COMMENT ON COLUMN watch.service_levels.within_ten_minutes_share IS '1 where all did within ten minutes.';


--
-- Name: COLUMN service_levels.longest_delay; Type: COMMENT; Schema: watch; Owner: -
--

COMMENT ON COLUMN watch.service_levels.longest_delay IS 'How long the slowest took.';


--
-- Name: balances_default; Type: TABLE ATTACH; Schema: audit_months; Owner: -
--

ALTER TABLE ONLY audit.balances ATTACH PARTITION audit_months.balances_default DEFAULT;


--
-- Name: changes_default; Type: TABLE ATTACH; Schema: audit_months; Owner: -
--

ALTER TABLE ONLY audit.changes ATTACH PARTITION audit_months.changes_default DEFAULT;


--
-- Name: drift_checks_default; Type: TABLE ATTACH; Schema: audit_months; Owner: -
--

ALTER TABLE ONLY audit.drift_checks ATTACH PARTITION audit_months.drift_checks_default DEFAULT;


--
-- Name: drifts_default; Type: TABLE ATTACH; Schema: audit_months; Owner: -
--

ALTER TABLE ONLY audit.drifts ATTACH PARTITION audit_months.drifts_default DEFAULT;


--
-- Name: forgotten_versions_default; Type: TABLE ATTACH; Schema: audit_months; Owner: -
--

ALTER TABLE ONLY audit.forgotten_versions ATTACH PARTITION audit_months.forgotten_versions_default DEFAULT;


--
-- Name: group_changes_default; Type: TABLE ATTACH; Schema: audit_months; Owner: -
--

ALTER TABLE ONLY audit.group_changes ATTACH PARTITION audit_months.group_changes_default DEFAULT;


--
-- Name: group_reads_default; Type: TABLE ATTACH; Schema: audit_months; Owner: -
--

ALTER TABLE ONLY audit.group_reads ATTACH PARTITION audit_months.group_reads_default DEFAULT;


--
-- Name: load_failures_default; Type: TABLE ATTACH; Schema: audit_months; Owner: -
--

ALTER TABLE ONLY audit.load_failures ATTACH PARTITION audit_months.load_failures_default DEFAULT;


--
-- Name: loads_default; Type: TABLE ATTACH; Schema: audit_months; Owner: -
--

ALTER TABLE ONLY audit.loads ATTACH PARTITION audit_months.loads_default DEFAULT;


--
-- Name: read_backs_default; Type: TABLE ATTACH; Schema: audit_months; Owner: -
--

ALTER TABLE ONLY audit.read_backs ATTACH PARTITION audit_months.read_backs_default DEFAULT;


--
-- Name: runs_default; Type: TABLE ATTACH; Schema: audit_months; Owner: -
--

ALTER TABLE ONLY audit.runs ATTACH PARTITION audit_months.runs_default DEFAULT;


--
-- Name: skipped_runs_default; Type: TABLE ATTACH; Schema: audit_months; Owner: -
--

ALTER TABLE ONLY audit.skipped_runs ATTACH PARTITION audit_months.skipped_runs_default DEFAULT;


--
-- Name: approvals approvals_pkey; Type: CONSTRAINT; Schema: audit; Owner: -
--

ALTER TABLE ONLY audit.approvals
    ADD CONSTRAINT approvals_pkey PRIMARY KEY (customer_id, digest, approved_at);


--
-- Name: balances balances_pkey; Type: CONSTRAINT; Schema: audit; Owner: -
--

ALTER TABLE ONLY audit.balances
    ADD CONSTRAINT balances_pkey PRIMARY KEY (customer_id, run_id, balanced_at);


--
-- Name: changes changes_pkey; Type: CONSTRAINT; Schema: audit; Owner: -
--

ALTER TABLE ONLY audit.changes
    ADD CONSTRAINT changes_pkey PRIMARY KEY (customer_id, user_id, run_id, absence_key, planned_at);


--
-- Name: drift_checks drift_checks_pkey; Type: CONSTRAINT; Schema: audit; Owner: -
--

ALTER TABLE ONLY audit.drift_checks
    ADD CONSTRAINT drift_checks_pkey PRIMARY KEY (customer_id, checked_at);


--
-- Name: drifts drifts_pkey; Type: CONSTRAINT; Schema: audit; Owner: -
--

ALTER TABLE ONLY audit.drifts
    ADD CONSTRAINT drifts_pkey PRIMARY KEY (customer_id, user_id, checked_at, drift, entry_key);


--
-- Name: erasures erasures_pkey; Type: CONSTRAINT; Schema: audit; Owner: -
--

ALTER TABLE ONLY audit.erasures
    ADD CONSTRAINT erasures_pkey PRIMARY KEY (customer_id, user_id, erased_at);


--
-- Name: forgotten_versions forgotten_versions_pkey; Type: CONSTRAINT; Schema: audit; Owner: -
--

ALTER TABLE ONLY audit.forgotten_versions
    ADD CONSTRAINT forgotten_versions_pkey PRIMARY KEY (customer_id, load_id, forgotten_at);


--
-- Name: group_changes group_changes_pkey; Type: CONSTRAINT; Schema: audit; Owner: -
--

ALTER TABLE ONLY audit.group_changes
    ADD CONSTRAINT group_changes_pkey PRIMARY KEY (customer_id, user_id, changed_at, source, group_key, service);


--
-- Name: group_reads group_reads_pkey; Type: CONSTRAINT; Schema: audit; Owner: -
--

ALTER TABLE ONLY audit.group_reads
    ADD CONSTRAINT group_reads_pkey PRIMARY KEY (customer_id, group_id, read_at);


--
-- Name: load_failures load_failures_pkey; Type: CONSTRAINT; Schema: audit; Owner: -
--

ALTER TABLE ONLY audit.load_failures
    ADD CONSTRAINT load_failures_pkey PRIMARY KEY (customer_id, user_id, load_id, calendar_id, load_started_at);


--
-- Name: loads loads_pkey; Type: CONSTRAINT; Schema: audit; Owner: -
--

ALTER TABLE ONLY audit.loads
    ADD CONSTRAINT loads_pkey PRIMARY KEY (customer_id, load_id, started_at);


--
-- Name: outages outages_pkey; Type: CONSTRAINT; Schema: audit; Owner: -
--

ALTER TABLE ONLY audit.outages
    ADD CONSTRAINT outages_pkey PRIMARY KEY (customer_id, began_at);


--
-- Name: read_backs read_backs_pkey; Type: CONSTRAINT; Schema: audit; Owner: -
--

ALTER TABLE ONLY audit.read_backs
    ADD CONSTRAINT read_backs_pkey PRIMARY KEY (customer_id, read_back_id, read_at);


--
-- Name: refusals refusals_pkey; Type: CONSTRAINT; Schema: audit; Owner: -
--

ALTER TABLE ONLY audit.refusals
    ADD CONSTRAINT refusals_pkey PRIMARY KEY (customer_id, digest, refused_at);


--
-- Name: rosters rosters_pkey; Type: CONSTRAINT; Schema: audit; Owner: -
--

ALTER TABLE ONLY audit.rosters
    ADD CONSTRAINT rosters_pkey PRIMARY KEY (customer_id, imported_at);


--
-- Name: runs runs_pkey; Type: CONSTRAINT; Schema: audit; Owner: -
--

ALTER TABLE ONLY audit.runs
    ADD CONSTRAINT runs_pkey PRIMARY KEY (customer_id, run_id, started_at);


--
-- Name: skipped_runs skipped_runs_pkey; Type: CONSTRAINT; Schema: audit; Owner: -
--

ALTER TABLE ONLY audit.skipped_runs
    ADD CONSTRAINT skipped_runs_pkey PRIMARY KEY (customer_id, work, skipped_at, skipped_by);


--
-- Name: balances_default balances_default_pkey; Type: CONSTRAINT; Schema: audit_months; Owner: -
--

ALTER TABLE ONLY audit_months.balances_default
    ADD CONSTRAINT balances_default_pkey PRIMARY KEY (customer_id, run_id, balanced_at);


--
-- Name: changes_default changes_default_pkey; Type: CONSTRAINT; Schema: audit_months; Owner: -
--

ALTER TABLE ONLY audit_months.changes_default
    ADD CONSTRAINT changes_default_pkey PRIMARY KEY (customer_id, user_id, run_id, absence_key, planned_at);


--
-- Name: drift_checks_default drift_checks_default_pkey; Type: CONSTRAINT; Schema: audit_months; Owner: -
--

ALTER TABLE ONLY audit_months.drift_checks_default
    ADD CONSTRAINT drift_checks_default_pkey PRIMARY KEY (customer_id, checked_at);


--
-- Name: drifts_default drifts_default_pkey; Type: CONSTRAINT; Schema: audit_months; Owner: -
--

ALTER TABLE ONLY audit_months.drifts_default
    ADD CONSTRAINT drifts_default_pkey PRIMARY KEY (customer_id, user_id, checked_at, drift, entry_key);


--
-- Name: forgotten_versions_default forgotten_versions_default_pkey; Type: CONSTRAINT; Schema: audit_months; Owner: -
--

ALTER TABLE ONLY audit_months.forgotten_versions_default
    ADD CONSTRAINT forgotten_versions_default_pkey PRIMARY KEY (customer_id, load_id, forgotten_at);


--
-- Name: group_changes_default group_changes_default_pkey; Type: CONSTRAINT; Schema: audit_months; Owner: -
--

ALTER TABLE ONLY audit_months.group_changes_default
    ADD CONSTRAINT group_changes_default_pkey PRIMARY KEY (customer_id, user_id, changed_at, source, group_key, service);


--
-- Name: group_reads_default group_reads_default_pkey; Type: CONSTRAINT; Schema: audit_months; Owner: -
--

ALTER TABLE ONLY audit_months.group_reads_default
    ADD CONSTRAINT group_reads_default_pkey PRIMARY KEY (customer_id, group_id, read_at);


--
-- Name: load_failures_default load_failures_default_pkey; Type: CONSTRAINT; Schema: audit_months; Owner: -
--

ALTER TABLE ONLY audit_months.load_failures_default
    ADD CONSTRAINT load_failures_default_pkey PRIMARY KEY (customer_id, user_id, load_id, calendar_id, load_started_at);


--
-- Name: loads_default loads_default_pkey; Type: CONSTRAINT; Schema: audit_months; Owner: -
--

ALTER TABLE ONLY audit_months.loads_default
    ADD CONSTRAINT loads_default_pkey PRIMARY KEY (customer_id, load_id, started_at);


--
-- Name: read_backs_default read_backs_default_pkey; Type: CONSTRAINT; Schema: audit_months; Owner: -
--

ALTER TABLE ONLY audit_months.read_backs_default
    ADD CONSTRAINT read_backs_default_pkey PRIMARY KEY (customer_id, read_back_id, read_at);


--
-- Name: runs_default runs_default_pkey; Type: CONSTRAINT; Schema: audit_months; Owner: -
--

ALTER TABLE ONLY audit_months.runs_default
    ADD CONSTRAINT runs_default_pkey PRIMARY KEY (customer_id, run_id, started_at);


--
-- Name: skipped_runs_default skipped_runs_default_pkey; Type: CONSTRAINT; Schema: audit_months; Owner: -
--

ALTER TABLE ONLY audit_months.skipped_runs_default
    ADD CONSTRAINT skipped_runs_default_pkey PRIMARY KEY (customer_id, work, skipped_at, skipped_by);


--
-- Name: booking_versions booking_versions_pkey; Type: CONSTRAINT; Schema: calendar; Owner: -
--

ALTER TABLE ONLY calendar.booking_versions
    ADD CONSTRAINT booking_versions_pkey PRIMARY KEY (customer_id, user_id, calendar_id, resource_key, booking_key, held_during);


--
-- Name: bookings bookings_pkey; Type: CONSTRAINT; Schema: calendar; Owner: -
--

ALTER TABLE ONLY calendar.bookings
    ADD CONSTRAINT bookings_pkey PRIMARY KEY (customer_id, user_id, calendar_id, resource_key, booking_key);


--
-- Name: cursors cursors_pkey; Type: CONSTRAINT; Schema: calendar; Owner: -
--

ALTER TABLE ONLY calendar.cursors
    ADD CONSTRAINT cursors_pkey PRIMARY KEY (customer_id, user_id, calendar_id);


--
-- Name: quarantine quarantine_pkey; Type: CONSTRAINT; Schema: calendar; Owner: -
--

ALTER TABLE ONLY calendar.quarantine
    ADD CONSTRAINT quarantine_pkey PRIMARY KEY (customer_id, user_id, calendar_id, resource_key, booking_key);


--
-- Name: resources resources_pkey; Type: CONSTRAINT; Schema: calendar; Owner: -
--

ALTER TABLE ONLY calendar.resources
    ADD CONSTRAINT resources_pkey PRIMARY KEY (customer_id, user_id, calendar_id, resource_key);


--
-- Name: taken_in taken_in_pkey; Type: CONSTRAINT; Schema: calendar; Owner: -
--

ALTER TABLE ONLY calendar.taken_in
    ADD CONSTRAINT taken_in_pkey PRIMARY KEY (customer_id, user_id);


--
-- Name: touched touched_pkey; Type: CONSTRAINT; Schema: calendar; Owner: -
--

ALTER TABLE ONLY calendar.touched
    ADD CONSTRAINT touched_pkey PRIMARY KEY (customer_id, user_id, cause);


--
-- Name: announced_reasons announced_reasons_pkey; Type: CONSTRAINT; Schema: customer; Owner: -
--

ALTER TABLE ONLY customer.announced_reasons
    ADD CONSTRAINT announced_reasons_pkey PRIMARY KEY (customer_id, rule_set_version, reason);


--
-- Name: code_signs code_signs_pkey; Type: CONSTRAINT; Schema: customer; Owner: -
--

ALTER TABLE ONLY customer.code_signs
    ADD CONSTRAINT code_signs_pkey PRIMARY KEY (customer_id, rule_set_version, grammar, sign);


--
-- Name: codes codes_pkey; Type: CONSTRAINT; Schema: customer; Owner: -
--

ALTER TABLE ONLY customer.codes
    ADD CONSTRAINT codes_pkey PRIMARY KEY (customer_id, rule_set_version, grammar, code);


--
-- Name: customer_versions customer_versions_one_at_a_time_excl; Type: CONSTRAINT; Schema: customer; Owner: -
--

ALTER TABLE ONLY customer.customer_versions
    ADD CONSTRAINT customer_versions_one_at_a_time_excl EXCLUDE USING gist (customer_id WITH =, held_during WITH &&);


--
-- Name: customer_versions customer_versions_pkey; Type: CONSTRAINT; Schema: customer; Owner: -
--

ALTER TABLE ONLY customer.customer_versions
    ADD CONSTRAINT customer_versions_pkey PRIMARY KEY (customer_id, held_during);


--
-- Name: customers customers_pkey; Type: CONSTRAINT; Schema: customer; Owner: -
--

ALTER TABLE ONLY customer.customers
    ADD CONSTRAINT customers_pkey PRIMARY KEY (customer_id);


--
-- Name: epochs epochs_pkey; Type: CONSTRAINT; Schema: customer; Owner: -
--

ALTER TABLE ONLY customer.epochs
    ADD CONSTRAINT epochs_pkey PRIMARY KEY (customer_id, epoch);


--
-- Name: grammars grammars_pkey; Type: CONSTRAINT; Schema: customer; Owner: -
--

ALTER TABLE ONLY customer.grammars
    ADD CONSTRAINT grammars_pkey PRIMARY KEY (customer_id, rule_set_version, grammar);


--
-- Name: holidays holidays_pkey; Type: CONSTRAINT; Schema: customer; Owner: -
--

ALTER TABLE ONLY customer.holidays
    ADD CONSTRAINT holidays_pkey PRIMARY KEY (customer_id, rule_set_version, holiday);


--
-- Name: hosts hosts_pkey; Type: CONSTRAINT; Schema: customer; Owner: -
--

ALTER TABLE ONLY customer.hosts
    ADD CONSTRAINT hosts_pkey PRIMARY KEY (customer_id, host);


--
-- Name: keys keys_customer_id_key; Type: CONSTRAINT; Schema: customer; Owner: -
--

ALTER TABLE ONLY customer.keys
    ADD CONSTRAINT keys_customer_id_key UNIQUE (customer_id, customer_key);


--
-- Name: keys keys_pkey; Type: CONSTRAINT; Schema: customer; Owner: -
--

ALTER TABLE ONLY customer.keys
    ADD CONSTRAINT keys_pkey PRIMARY KEY (customer_key);


--
-- Name: limits limits_pkey; Type: CONSTRAINT; Schema: customer; Owner: -
--

ALTER TABLE ONLY customer.limits
    ADD CONSTRAINT limits_pkey PRIMARY KEY (customer_id);


--
-- Name: office_hours office_hours_pkey; Type: CONSTRAINT; Schema: customer; Owner: -
--

ALTER TABLE ONLY customer.office_hours
    ADD CONSTRAINT office_hours_pkey PRIMARY KEY (customer_id, rule_set_version, weekday);


--
-- Name: outcome_counts outcome_counts_pkey; Type: CONSTRAINT; Schema: customer; Owner: -
--

ALTER TABLE ONLY customer.outcome_counts
    ADD CONSTRAINT outcome_counts_pkey PRIMARY KEY (customer_id, outcome);


--
-- Name: passes passes_pkey; Type: CONSTRAINT; Schema: customer; Owner: -
--

ALTER TABLE ONLY customer.passes
    ADD CONSTRAINT passes_pkey PRIMARY KEY (customer_id, scope);


--
-- Name: readers readers_pkey; Type: CONSTRAINT; Schema: customer; Owner: -
--

ALTER TABLE ONLY customer.readers
    ADD CONSTRAINT readers_pkey PRIMARY KEY (customer_id, role_name);


--
-- Name: reasons reasons_pkey; Type: CONSTRAINT; Schema: customer; Owner: -
--

ALTER TABLE ONLY customer.reasons
    ADD CONSTRAINT reasons_pkey PRIMARY KEY (customer_id, rule_set_version, reason);


--
-- Name: retentions retentions_pkey; Type: CONSTRAINT; Schema: customer; Owner: -
--

ALTER TABLE ONLY customer.retentions
    ADD CONSTRAINT retentions_pkey PRIMARY KEY (customer_id, purpose);


--
-- Name: rule_sets rule_sets_one_at_a_time_excl; Type: CONSTRAINT; Schema: customer; Owner: -
--

ALTER TABLE ONLY customer.rule_sets
    ADD CONSTRAINT rule_sets_one_at_a_time_excl EXCLUDE USING gist (customer_id WITH =, held_during WITH &&);


--
-- Name: rule_sets rule_sets_pkey; Type: CONSTRAINT; Schema: customer; Owner: -
--

ALTER TABLE ONLY customer.rule_sets
    ADD CONSTRAINT rule_sets_pkey PRIMARY KEY (customer_id, rule_set_version);


--
-- Name: show_as_rules show_as_rules_pkey; Type: CONSTRAINT; Schema: customer; Owner: -
--

ALTER TABLE ONLY customer.show_as_rules
    ADD CONSTRAINT show_as_rules_pkey PRIMARY KEY (customer_id, rule_set_version, show_as);


--
-- Name: template_reasons template_reasons_pkey; Type: CONSTRAINT; Schema: customer; Owner: -
--

ALTER TABLE ONLY customer.template_reasons
    ADD CONSTRAINT template_reasons_pkey PRIMARY KEY (system, reason);


--
-- Name: templates templates_pkey; Type: CONSTRAINT; Schema: customer; Owner: -
--

ALTER TABLE ONLY customer.templates
    ADD CONSTRAINT templates_pkey PRIMARY KEY (system);


--
-- Name: turns turns_pkey; Type: CONSTRAINT; Schema: customer; Owner: -
--

ALTER TABLE ONLY customer.turns
    ADD CONSTRAINT turns_pkey PRIMARY KEY (customer_id, turn);


--
-- Name: work work_pkey; Type: CONSTRAINT; Schema: customer; Owner: -
--

ALTER TABLE ONLY customer.work
    ADD CONSTRAINT work_pkey PRIMARY KEY (customer_id, work);


--
-- Name: contracts contracts_one_at_a_time_excl; Type: CONSTRAINT; Schema: ledger; Owner: -
--

ALTER TABLE ONLY ledger.contracts
    ADD CONSTRAINT contracts_one_at_a_time_excl EXCLUDE USING gist (customer_id WITH =, contract_number WITH =, held_during WITH &&);


--
-- Name: contracts contracts_pkey; Type: CONSTRAINT; Schema: ledger; Owner: -
--

ALTER TABLE ONLY ledger.contracts
    ADD CONSTRAINT contracts_pkey PRIMARY KEY (customer_id, contract_number, contract_version);


--
-- Name: corrections corrections_pkey; Type: CONSTRAINT; Schema: ledger; Owner: -
--

ALTER TABLE ONLY ledger.corrections
    ADD CONSTRAINT corrections_pkey PRIMARY KEY (customer_id, user_id, day_date, corrected_at);


--
-- Name: counted_days counted_days_pkey; Type: CONSTRAINT; Schema: ledger; Owner: -
--

ALTER TABLE ONLY ledger.counted_days
    ADD CONSTRAINT counted_days_pkey PRIMARY KEY (customer_id, day_date);


--
-- Name: invoice_lines invoice_lines_pkey; Type: CONSTRAINT; Schema: ledger; Owner: -
--

ALTER TABLE ONLY ledger.invoice_lines
    ADD CONSTRAINT invoice_lines_pkey PRIMARY KEY (customer_id, invoice_number, line_number);


--
-- Name: invoices invoices_pkey; Type: CONSTRAINT; Schema: ledger; Owner: -
--

ALTER TABLE ONLY ledger.invoices
    ADD CONSTRAINT invoices_pkey PRIMARY KEY (customer_id, invoice_number);


--
-- Name: invoices invoices_quarter_number_key; Type: CONSTRAINT; Schema: ledger; Owner: -
--

ALTER TABLE ONLY ledger.invoices
    ADD CONSTRAINT invoices_quarter_number_key UNIQUE (customer_id, contract_number, quarter_number);


--
-- Name: price_lists price_lists_pkey; Type: CONSTRAINT; Schema: ledger; Owner: -
--

ALTER TABLE ONLY ledger.price_lists
    ADD CONSTRAINT price_lists_pkey PRIMARY KEY (valid_from_date, term);


--
-- Name: user_days user_days_pkey; Type: CONSTRAINT; Schema: ledger; Owner: -
--

ALTER TABLE ONLY ledger.user_days
    ADD CONSTRAINT user_days_pkey PRIMARY KEY (customer_id, user_id, day_date);


--
-- Name: announced_reasons announced_reasons_pkey; Type: CONSTRAINT; Schema: roster; Owner: -
--

ALTER TABLE ONLY roster.announced_reasons
    ADD CONSTRAINT announced_reasons_pkey PRIMARY KEY (customer_id, user_id, reason);


--
-- Name: calendar_versions calendar_versions_pkey; Type: CONSTRAINT; Schema: roster; Owner: -
--

ALTER TABLE ONLY roster.calendar_versions
    ADD CONSTRAINT calendar_versions_pkey PRIMARY KEY (customer_id, user_id, calendar_id, held_during);


--
-- Name: calendars calendars_address_key; Type: CONSTRAINT; Schema: roster; Owner: -
--

ALTER TABLE ONLY roster.calendars
    ADD CONSTRAINT calendars_address_key UNIQUE (customer_id, user_id, source, address);


--
-- Name: calendars calendars_pkey; Type: CONSTRAINT; Schema: roster; Owner: -
--

ALTER TABLE ONLY roster.calendars
    ADD CONSTRAINT calendars_pkey PRIMARY KEY (customer_id, user_id, calendar_id);


--
-- Name: group_members group_members_pkey; Type: CONSTRAINT; Schema: roster; Owner: -
--

ALTER TABLE ONLY roster.group_members
    ADD CONSTRAINT group_members_pkey PRIMARY KEY (customer_id, group_id, member_key);


--
-- Name: groups groups_group_key_key; Type: CONSTRAINT; Schema: roster; Owner: -
--

ALTER TABLE ONLY roster.groups
    ADD CONSTRAINT groups_group_key_key UNIQUE (customer_id, source, group_key, service);


--
-- Name: groups groups_pkey; Type: CONSTRAINT; Schema: roster; Owner: -
--

ALTER TABLE ONLY roster.groups
    ADD CONSTRAINT groups_pkey PRIMARY KEY (customer_id, group_id);


--
-- Name: memberships memberships_pkey; Type: CONSTRAINT; Schema: roster; Owner: -
--

ALTER TABLE ONLY roster.memberships
    ADD CONSTRAINT memberships_pkey PRIMARY KEY (customer_id, user_id, group_id);


--
-- Name: preference_versions preference_versions_pkey; Type: CONSTRAINT; Schema: roster; Owner: -
--

ALTER TABLE ONLY roster.preference_versions
    ADD CONSTRAINT preference_versions_pkey PRIMARY KEY (customer_id, user_id, held_during);


--
-- Name: preferences preferences_pkey; Type: CONSTRAINT; Schema: roster; Owner: -
--

ALTER TABLE ONLY roster.preferences
    ADD CONSTRAINT preferences_pkey PRIMARY KEY (customer_id, user_id);


--
-- Name: show_as_preferences show_as_preferences_pkey; Type: CONSTRAINT; Schema: roster; Owner: -
--

ALTER TABLE ONLY roster.show_as_preferences
    ADD CONSTRAINT show_as_preferences_pkey PRIMARY KEY (customer_id, user_id, show_as);


--
-- Name: targets targets_pkey; Type: CONSTRAINT; Schema: roster; Owner: -
--

ALTER TABLE ONLY roster.targets
    ADD CONSTRAINT targets_pkey PRIMARY KEY (customer_id, user_id, reason);


--
-- Name: user_versions user_versions_pkey; Type: CONSTRAINT; Schema: roster; Owner: -
--

ALTER TABLE ONLY roster.user_versions
    ADD CONSTRAINT user_versions_pkey PRIMARY KEY (customer_id, user_id, held_during);


--
-- Name: users users_extension_excl; Type: CONSTRAINT; Schema: roster; Owner: -
--

ALTER TABLE ONLY roster.users
    ADD CONSTRAINT users_extension_excl EXCLUDE USING gist (customer_id WITH =, extension WITH =) WHERE (is_active) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: users users_pkey; Type: CONSTRAINT; Schema: roster; Owner: -
--

ALTER TABLE ONLY roster.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (customer_id, user_id);


--
-- Name: users users_user_key_key; Type: CONSTRAINT; Schema: roster; Owner: -
--

ALTER TABLE ONLY roster.users
    ADD CONSTRAINT users_user_key_key UNIQUE (customer_id, user_key);


--
-- Name: absences absences_calendar_one_at_a_time_excl; Type: CONSTRAINT; Schema: switchboard; Owner: -
--

ALTER TABLE ONLY switchboard.absences
    ADD CONSTRAINT absences_calendar_one_at_a_time_excl EXCLUDE USING gist (box(point((hashtext(((customer_key || ' '::text) || extension)))::double precision, (date_part('epoch'::text, (starts_at - '2000-01-01 00:00:00+00'::timestamp with time zone)) * (1000000)::double precision)), point((hashtext(((customer_key || ' '::text) || extension)))::double precision, ((date_part('epoch'::text, (ends_at - '2000-01-01 00:00:00+00'::timestamp with time zone)) * (1000000)::double precision) - (0.5)::double precision))) WITH &&, customer_key WITH =, extension WITH =) WHERE ((origin = 'calendar'::switchboard.origin)) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: absences absences_pkey; Type: CONSTRAINT; Schema: switchboard; Owner: -
--

ALTER TABLE ONLY switchboard.absences
    ADD CONSTRAINT absences_pkey PRIMARY KEY (customer_key, absence_key);


--
-- Name: extensions extensions_pkey; Type: CONSTRAINT; Schema: switchboard; Owner: -
--

ALTER TABLE ONLY switchboard.extensions
    ADD CONSTRAINT extensions_pkey PRIMARY KEY (customer_key, extension);


--
-- Name: feature_reasons feature_reasons_pkey; Type: CONSTRAINT; Schema: switchboard; Owner: -
--

ALTER TABLE ONLY switchboard.feature_reasons
    ADD CONSTRAINT feature_reasons_pkey PRIMARY KEY (customer_key, digit);


--
-- Name: fences fences_pkey; Type: CONSTRAINT; Schema: switchboard; Owner: -
--

ALTER TABLE ONLY switchboard.fences
    ADD CONSTRAINT fences_pkey PRIMARY KEY (customer_key);


--
-- Name: settings settings_pkey; Type: CONSTRAINT; Schema: switchboard; Owner: -
--

ALTER TABLE ONLY switchboard.settings
    ADD CONSTRAINT settings_pkey PRIMARY KEY (customer_key);


--
-- Name: exchanges exchanges_pkey; Type: CONSTRAINT; Schema: telephony; Owner: -
--

ALTER TABLE ONLY telephony.exchanges
    ADD CONSTRAINT exchanges_pkey PRIMARY KEY (customer_id);


--
-- Name: holds holds_pkey; Type: CONSTRAINT; Schema: telephony; Owner: -
--

ALTER TABLE ONLY telephony.holds
    ADD CONSTRAINT holds_pkey PRIMARY KEY (customer_id, user_id, absence_key, held_from);


--
-- Name: placed placed_one_at_a_time_excl; Type: CONSTRAINT; Schema: telephony; Owner: -
--

ALTER TABLE ONLY telephony.placed
    ADD CONSTRAINT placed_one_at_a_time_excl EXCLUDE USING gist (box(point((((customer_id)::double precision * (4294967296.0)::double precision) + (user_id)::double precision), (date_part('epoch'::text, (starts_at - '2000-01-01 00:00:00+00'::timestamp with time zone)) * (1000000)::double precision)), point((((customer_id)::double precision * (4294967296.0)::double precision) + (user_id)::double precision), ((date_part('epoch'::text, (ends_at - '2000-01-01 00:00:00+00'::timestamp with time zone)) * (1000000)::double precision) - (0.5)::double precision))) WITH &&, customer_id WITH =) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: placed placed_pkey; Type: CONSTRAINT; Schema: telephony; Owner: -
--

ALTER TABLE ONLY telephony.placed
    ADD CONSTRAINT placed_pkey PRIMARY KEY (customer_id, user_id, absence_key);


--
-- Name: placed_versions placed_versions_pkey; Type: CONSTRAINT; Schema: telephony; Owner: -
--

ALTER TABLE ONLY telephony.placed_versions
    ADD CONSTRAINT placed_versions_pkey PRIMARY KEY (customer_id, user_id, absence_key, held_during);


--
-- Name: published published_pkey; Type: CONSTRAINT; Schema: telephony; Owner: -
--

ALTER TABLE ONLY telephony.published
    ADD CONSTRAINT published_pkey PRIMARY KEY (customer_id, user_id, extension);


--
-- Name: shown shown_pkey; Type: CONSTRAINT; Schema: telephony; Owner: -
--

ALTER TABLE ONLY telephony.shown
    ADD CONSTRAINT shown_pkey PRIMARY KEY (customer_id, user_id, entry_key);


--
-- Name: shown_versions shown_versions_pkey; Type: CONSTRAINT; Schema: telephony; Owner: -
--

ALTER TABLE ONLY telephony.shown_versions
    ADD CONSTRAINT shown_versions_pkey PRIMARY KEY (customer_id, user_id, entry_key, held_during);


--
-- Name: verified verified_pkey; Type: CONSTRAINT; Schema: telephony; Owner: -
--

ALTER TABLE ONLY telephony.verified
    ADD CONSTRAINT verified_pkey PRIMARY KEY (customer_id, user_id);


--
-- Name: balances_unbalanced_idx; Type: INDEX; Schema: audit; Owner: -
--

CREATE INDEX balances_unbalanced_idx ON ONLY audit.balances USING btree (customer_id, balanced_at) WHERE (NOT is_balanced);


--
-- Name: changes_ended_idx; Type: INDEX; Schema: audit; Owner: -
--

CREATE INDEX changes_ended_idx ON ONLY audit.changes USING btree (customer_id, ended_at) WHERE is_guarded;


--
-- Name: changes_extension_idx; Type: INDEX; Schema: audit; Owner: -
--

CREATE INDEX changes_extension_idx ON ONLY audit.changes USING btree (customer_id, COALESCE((after ->> 'extension'::text), (before ->> 'extension'::text)), planned_at);


--
-- Name: changes_open_idx; Type: INDEX; Schema: audit; Owner: -
--

CREATE INDEX changes_open_idx ON ONLY audit.changes USING btree (customer_id, user_id) WHERE ((outcome IS NULL) AND (held_because IS NULL));


--
-- Name: changes_run_id_idx; Type: INDEX; Schema: audit; Owner: -
--

CREATE INDEX changes_run_id_idx ON ONLY audit.changes USING brin (customer_id, run_id);


--
-- Name: changes_undone_idx; Type: INDEX; Schema: audit; Owner: -
--

CREATE INDEX changes_undone_idx ON ONLY audit.changes USING btree (customer_id, planned_at) WHERE (outcome = ANY (ARRAY['failed'::audit.outcome, 'conflict'::audit.outcome, 'found_undone'::audit.outcome]));


--
-- Name: loads_started_at_idx; Type: INDEX; Schema: audit; Owner: -
--

CREATE INDEX loads_started_at_idx ON ONLY audit.loads USING btree (customer_id, started_at);


--
-- Name: read_backs_read_at_idx; Type: INDEX; Schema: audit; Owner: -
--

CREATE INDEX read_backs_read_at_idx ON ONLY audit.read_backs USING btree (customer_id, read_at);


--
-- Name: runs_started_at_idx; Type: INDEX; Schema: audit; Owner: -
--

CREATE INDEX runs_started_at_idx ON ONLY audit.runs USING btree (customer_id, started_at);


--
-- Name: balances_default_customer_id_balanced_at_idx; Type: INDEX; Schema: audit_months; Owner: -
--

CREATE INDEX balances_default_customer_id_balanced_at_idx ON audit_months.balances_default USING btree (customer_id, balanced_at) WHERE (NOT is_balanced);


--
-- Name: changes_default_customer_id_coalesce_planned_at_idx; Type: INDEX; Schema: audit_months; Owner: -
--

CREATE INDEX changes_default_customer_id_coalesce_planned_at_idx ON audit_months.changes_default USING btree (customer_id, COALESCE((after ->> 'extension'::text), (before ->> 'extension'::text)), planned_at);


--
-- Name: changes_default_customer_id_ended_at_idx; Type: INDEX; Schema: audit_months; Owner: -
--

CREATE INDEX changes_default_customer_id_ended_at_idx ON audit_months.changes_default USING btree (customer_id, ended_at) WHERE is_guarded;


--
-- Name: changes_default_customer_id_planned_at_idx; Type: INDEX; Schema: audit_months; Owner: -
--

CREATE INDEX changes_default_customer_id_planned_at_idx ON audit_months.changes_default USING btree (customer_id, planned_at) WHERE (outcome = ANY (ARRAY['failed'::audit.outcome, 'conflict'::audit.outcome, 'found_undone'::audit.outcome]));


--
-- Name: changes_default_customer_id_run_id_idx; Type: INDEX; Schema: audit_months; Owner: -
--

CREATE INDEX changes_default_customer_id_run_id_idx ON audit_months.changes_default USING brin (customer_id, run_id);


--
-- Name: changes_default_customer_id_user_id_idx; Type: INDEX; Schema: audit_months; Owner: -
--

CREATE INDEX changes_default_customer_id_user_id_idx ON audit_months.changes_default USING btree (customer_id, user_id) WHERE ((outcome IS NULL) AND (held_because IS NULL));


--
-- Name: loads_default_customer_id_started_at_idx; Type: INDEX; Schema: audit_months; Owner: -
--

CREATE INDEX loads_default_customer_id_started_at_idx ON audit_months.loads_default USING btree (customer_id, started_at);


--
-- Name: read_backs_default_customer_id_read_at_idx; Type: INDEX; Schema: audit_months; Owner: -
--

CREATE INDEX read_backs_default_customer_id_read_at_idx ON audit_months.read_backs_default USING btree (customer_id, read_at);


--
-- Name: runs_default_customer_id_started_at_idx; Type: INDEX; Schema: audit_months; Owner: -
--

CREATE INDEX runs_default_customer_id_started_at_idx ON audit_months.runs_default USING btree (customer_id, started_at);


--
-- Name: booking_versions_booking_key_idx; Type: INDEX; Schema: calendar; Owner: -
--

CREATE INDEX booking_versions_booking_key_idx ON calendar.booking_versions USING btree (customer_id, booking_key) WHERE (code IS NOT NULL);


--
-- Name: bookings_booking_key_idx; Type: INDEX; Schema: calendar; Owner: -
--

CREATE INDEX bookings_booking_key_idx ON calendar.bookings USING btree (customer_id, booking_key) WHERE (code IS NOT NULL);


--
-- Name: bookings_end_idx; Type: INDEX; Schema: calendar; Owner: -
--

CREATE INDEX bookings_end_idx ON calendar.bookings USING btree (customer_id, ends_at);


--
-- Name: bookings_start_idx; Type: INDEX; Schema: calendar; Owner: -
--

CREATE INDEX bookings_start_idx ON calendar.bookings USING btree (customer_id, starts_at);


--
-- Name: user_days_day_idx; Type: INDEX; Schema: ledger; Owner: -
--

CREATE INDEX user_days_day_idx ON ledger.user_days USING brin (customer_id, day_date);


--
-- Name: absences_extension_idx; Type: INDEX; Schema: switchboard; Owner: -
--

CREATE INDEX absences_extension_idx ON switchboard.absences USING btree (customer_key, extension, ends_at);


--
-- Name: placed_versions_ended_idx; Type: INDEX; Schema: telephony; Owner: -
--

CREATE INDEX placed_versions_ended_idx ON telephony.placed_versions USING btree (customer_id, upper(held_during));


--
-- Name: balances_default_customer_id_balanced_at_idx; Type: INDEX ATTACH; Schema: audit_months; Owner: -
--

ALTER INDEX audit.balances_unbalanced_idx ATTACH PARTITION audit_months.balances_default_customer_id_balanced_at_idx;


--
-- Name: balances_default_pkey; Type: INDEX ATTACH; Schema: audit_months; Owner: -
--

ALTER INDEX audit.balances_pkey ATTACH PARTITION audit_months.balances_default_pkey;


--
-- Name: changes_default_customer_id_coalesce_planned_at_idx; Type: INDEX ATTACH; Schema: audit_months; Owner: -
--

ALTER INDEX audit.changes_extension_idx ATTACH PARTITION audit_months.changes_default_customer_id_coalesce_planned_at_idx;


--
-- Name: changes_default_customer_id_ended_at_idx; Type: INDEX ATTACH; Schema: audit_months; Owner: -
--

ALTER INDEX audit.changes_ended_idx ATTACH PARTITION audit_months.changes_default_customer_id_ended_at_idx;


--
-- Name: changes_default_customer_id_planned_at_idx; Type: INDEX ATTACH; Schema: audit_months; Owner: -
--

ALTER INDEX audit.changes_undone_idx ATTACH PARTITION audit_months.changes_default_customer_id_planned_at_idx;


--
-- Name: changes_default_customer_id_run_id_idx; Type: INDEX ATTACH; Schema: audit_months; Owner: -
--

ALTER INDEX audit.changes_run_id_idx ATTACH PARTITION audit_months.changes_default_customer_id_run_id_idx;


--
-- Name: changes_default_customer_id_user_id_idx; Type: INDEX ATTACH; Schema: audit_months; Owner: -
--

ALTER INDEX audit.changes_open_idx ATTACH PARTITION audit_months.changes_default_customer_id_user_id_idx;


--
-- Name: changes_default_pkey; Type: INDEX ATTACH; Schema: audit_months; Owner: -
--

ALTER INDEX audit.changes_pkey ATTACH PARTITION audit_months.changes_default_pkey;


--
-- Name: drift_checks_default_pkey; Type: INDEX ATTACH; Schema: audit_months; Owner: -
--

ALTER INDEX audit.drift_checks_pkey ATTACH PARTITION audit_months.drift_checks_default_pkey;


--
-- Name: drifts_default_pkey; Type: INDEX ATTACH; Schema: audit_months; Owner: -
--

ALTER INDEX audit.drifts_pkey ATTACH PARTITION audit_months.drifts_default_pkey;


--
-- Name: forgotten_versions_default_pkey; Type: INDEX ATTACH; Schema: audit_months; Owner: -
--

ALTER INDEX audit.forgotten_versions_pkey ATTACH PARTITION audit_months.forgotten_versions_default_pkey;


--
-- Name: group_changes_default_pkey; Type: INDEX ATTACH; Schema: audit_months; Owner: -
--

ALTER INDEX audit.group_changes_pkey ATTACH PARTITION audit_months.group_changes_default_pkey;


--
-- Name: group_reads_default_pkey; Type: INDEX ATTACH; Schema: audit_months; Owner: -
--

ALTER INDEX audit.group_reads_pkey ATTACH PARTITION audit_months.group_reads_default_pkey;


--
-- Name: load_failures_default_pkey; Type: INDEX ATTACH; Schema: audit_months; Owner: -
--

ALTER INDEX audit.load_failures_pkey ATTACH PARTITION audit_months.load_failures_default_pkey;


--
-- Name: loads_default_customer_id_started_at_idx; Type: INDEX ATTACH; Schema: audit_months; Owner: -
--

ALTER INDEX audit.loads_started_at_idx ATTACH PARTITION audit_months.loads_default_customer_id_started_at_idx;


--
-- Name: loads_default_pkey; Type: INDEX ATTACH; Schema: audit_months; Owner: -
--

ALTER INDEX audit.loads_pkey ATTACH PARTITION audit_months.loads_default_pkey;


--
-- Name: read_backs_default_customer_id_read_at_idx; Type: INDEX ATTACH; Schema: audit_months; Owner: -
--

ALTER INDEX audit.read_backs_read_at_idx ATTACH PARTITION audit_months.read_backs_default_customer_id_read_at_idx;


--
-- Name: read_backs_default_pkey; Type: INDEX ATTACH; Schema: audit_months; Owner: -
--

ALTER INDEX audit.read_backs_pkey ATTACH PARTITION audit_months.read_backs_default_pkey;


--
-- Name: runs_default_customer_id_started_at_idx; Type: INDEX ATTACH; Schema: audit_months; Owner: -
--

ALTER INDEX audit.runs_started_at_idx ATTACH PARTITION audit_months.runs_default_customer_id_started_at_idx;


--
-- Name: runs_default_pkey; Type: INDEX ATTACH; Schema: audit_months; Owner: -
--

ALTER INDEX audit.runs_pkey ATTACH PARTITION audit_months.runs_default_pkey;


--
-- Name: skipped_runs_default_pkey; Type: INDEX ATTACH; Schema: audit_months; Owner: -
--

ALTER INDEX audit.skipped_runs_pkey ATTACH PARTITION audit_months.skipped_runs_default_pkey;


--
-- Name: absences absences_count_version; Type: TRIGGER; Schema: switchboard; Owner: -
--

CREATE TRIGGER absences_count_version BEFORE UPDATE ON switchboard.absences FOR EACH ROW EXECUTE FUNCTION switchboard.count_version();


--
-- Name: drifts drifts_checked_at_fkey; Type: FK CONSTRAINT; Schema: audit; Owner: -
--

ALTER TABLE audit.drifts
    ADD CONSTRAINT drifts_checked_at_fkey FOREIGN KEY (customer_id, checked_at) REFERENCES audit.drift_checks(customer_id, checked_at);


--
-- Name: erasures erasures_customer_id_fkey; Type: FK CONSTRAINT; Schema: audit; Owner: -
--

ALTER TABLE ONLY audit.erasures
    ADD CONSTRAINT erasures_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customer.customers(customer_id);


--
-- Name: load_failures load_failures_load_id_fkey; Type: FK CONSTRAINT; Schema: audit; Owner: -
--

ALTER TABLE audit.load_failures
    ADD CONSTRAINT load_failures_load_id_fkey FOREIGN KEY (customer_id, load_id, load_started_at) REFERENCES audit.loads(customer_id, load_id, started_at);


--
-- Name: outages outages_customer_id_fkey; Type: FK CONSTRAINT; Schema: audit; Owner: -
--

ALTER TABLE ONLY audit.outages
    ADD CONSTRAINT outages_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customer.customers(customer_id);


--
-- Name: cursors cursors_calendar_id_fkey; Type: FK CONSTRAINT; Schema: calendar; Owner: -
--

ALTER TABLE ONLY calendar.cursors
    ADD CONSTRAINT cursors_calendar_id_fkey FOREIGN KEY (customer_id, user_id, calendar_id) REFERENCES roster.calendars(customer_id, user_id, calendar_id);


--
-- Name: quarantine quarantine_calendar_id_fkey; Type: FK CONSTRAINT; Schema: calendar; Owner: -
--

ALTER TABLE ONLY calendar.quarantine
    ADD CONSTRAINT quarantine_calendar_id_fkey FOREIGN KEY (customer_id, user_id, calendar_id) REFERENCES roster.calendars(customer_id, user_id, calendar_id);


--
-- Name: resources resources_calendar_id_fkey; Type: FK CONSTRAINT; Schema: calendar; Owner: -
--

ALTER TABLE ONLY calendar.resources
    ADD CONSTRAINT resources_calendar_id_fkey FOREIGN KEY (customer_id, user_id, calendar_id) REFERENCES roster.calendars(customer_id, user_id, calendar_id);


--
-- Name: taken_in taken_in_user_id_fkey; Type: FK CONSTRAINT; Schema: calendar; Owner: -
--

ALTER TABLE ONLY calendar.taken_in
    ADD CONSTRAINT taken_in_user_id_fkey FOREIGN KEY (customer_id, user_id) REFERENCES roster.users(customer_id, user_id);


--
-- Name: touched touched_user_id_fkey; Type: FK CONSTRAINT; Schema: calendar; Owner: -
--

ALTER TABLE ONLY calendar.touched
    ADD CONSTRAINT touched_user_id_fkey FOREIGN KEY (customer_id, user_id) REFERENCES roster.users(customer_id, user_id);


--
-- Name: announced_reasons announced_reasons_rule_set_version_fkey; Type: FK CONSTRAINT; Schema: customer; Owner: -
--

ALTER TABLE ONLY customer.announced_reasons
    ADD CONSTRAINT announced_reasons_rule_set_version_fkey FOREIGN KEY (customer_id, rule_set_version) REFERENCES customer.rule_sets(customer_id, rule_set_version);


--
-- Name: code_signs code_signs_grammar_fkey; Type: FK CONSTRAINT; Schema: customer; Owner: -
--

ALTER TABLE ONLY customer.code_signs
    ADD CONSTRAINT code_signs_grammar_fkey FOREIGN KEY (customer_id, rule_set_version, grammar) REFERENCES customer.grammars(customer_id, rule_set_version, grammar);


--
-- Name: codes codes_grammar_fkey; Type: FK CONSTRAINT; Schema: customer; Owner: -
--

ALTER TABLE ONLY customer.codes
    ADD CONSTRAINT codes_grammar_fkey FOREIGN KEY (customer_id, rule_set_version, grammar) REFERENCES customer.grammars(customer_id, rule_set_version, grammar);


--
-- Name: customer_versions customer_versions_customer_id_fkey; Type: FK CONSTRAINT; Schema: customer; Owner: -
--

ALTER TABLE ONLY customer.customer_versions
    ADD CONSTRAINT customer_versions_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customer.customers(customer_id);


--
-- Name: customers customers_customer_key_fkey; Type: FK CONSTRAINT; Schema: customer; Owner: -
--

ALTER TABLE ONLY customer.customers
    ADD CONSTRAINT customers_customer_key_fkey FOREIGN KEY (customer_id, customer_key) REFERENCES customer.keys(customer_id, customer_key);


--
-- Name: epochs epochs_customer_id_fkey; Type: FK CONSTRAINT; Schema: customer; Owner: -
--

ALTER TABLE ONLY customer.epochs
    ADD CONSTRAINT epochs_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customer.customers(customer_id);


--
-- Name: grammars grammars_rule_set_version_fkey; Type: FK CONSTRAINT; Schema: customer; Owner: -
--

ALTER TABLE ONLY customer.grammars
    ADD CONSTRAINT grammars_rule_set_version_fkey FOREIGN KEY (customer_id, rule_set_version) REFERENCES customer.rule_sets(customer_id, rule_set_version);


--
-- Name: holidays holidays_rule_set_version_fkey; Type: FK CONSTRAINT; Schema: customer; Owner: -
--

ALTER TABLE ONLY customer.holidays
    ADD CONSTRAINT holidays_rule_set_version_fkey FOREIGN KEY (customer_id, rule_set_version) REFERENCES customer.rule_sets(customer_id, rule_set_version);


--
-- Name: hosts hosts_customer_id_fkey; Type: FK CONSTRAINT; Schema: customer; Owner: -
--

ALTER TABLE ONLY customer.hosts
    ADD CONSTRAINT hosts_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customer.customers(customer_id);


--
-- Name: limits limits_customer_id_fkey; Type: FK CONSTRAINT; Schema: customer; Owner: -
--

ALTER TABLE ONLY customer.limits
    ADD CONSTRAINT limits_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customer.customers(customer_id);


--
-- Name: office_hours office_hours_rule_set_version_fkey; Type: FK CONSTRAINT; Schema: customer; Owner: -
--

ALTER TABLE ONLY customer.office_hours
    ADD CONSTRAINT office_hours_rule_set_version_fkey FOREIGN KEY (customer_id, rule_set_version) REFERENCES customer.rule_sets(customer_id, rule_set_version);


--
-- Name: outcome_counts outcome_counts_customer_id_fkey; Type: FK CONSTRAINT; Schema: customer; Owner: -
--

ALTER TABLE ONLY customer.outcome_counts
    ADD CONSTRAINT outcome_counts_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customer.customers(customer_id);


--
-- Name: passes passes_customer_id_fkey; Type: FK CONSTRAINT; Schema: customer; Owner: -
--

ALTER TABLE ONLY customer.passes
    ADD CONSTRAINT passes_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customer.customers(customer_id);


--
-- Name: readers readers_customer_id_fkey; Type: FK CONSTRAINT; Schema: customer; Owner: -
--

ALTER TABLE ONLY customer.readers
    ADD CONSTRAINT readers_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customer.customers(customer_id);


--
-- Name: reasons reasons_rule_set_version_fkey; Type: FK CONSTRAINT; Schema: customer; Owner: -
--

ALTER TABLE ONLY customer.reasons
    ADD CONSTRAINT reasons_rule_set_version_fkey FOREIGN KEY (customer_id, rule_set_version) REFERENCES customer.rule_sets(customer_id, rule_set_version);


--
-- Name: retentions retentions_customer_id_fkey; Type: FK CONSTRAINT; Schema: customer; Owner: -
--

ALTER TABLE ONLY customer.retentions
    ADD CONSTRAINT retentions_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customer.customers(customer_id);


--
-- Name: rule_sets rule_sets_customer_id_fkey; Type: FK CONSTRAINT; Schema: customer; Owner: -
--

ALTER TABLE ONLY customer.rule_sets
    ADD CONSTRAINT rule_sets_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customer.customers(customer_id);


--
-- Name: show_as_rules show_as_rules_rule_set_version_fkey; Type: FK CONSTRAINT; Schema: customer; Owner: -
--

ALTER TABLE ONLY customer.show_as_rules
    ADD CONSTRAINT show_as_rules_rule_set_version_fkey FOREIGN KEY (customer_id, rule_set_version) REFERENCES customer.rule_sets(customer_id, rule_set_version);


--
-- Name: template_reasons template_reasons_system_fkey; Type: FK CONSTRAINT; Schema: customer; Owner: -
--

ALTER TABLE ONLY customer.template_reasons
    ADD CONSTRAINT template_reasons_system_fkey FOREIGN KEY (system) REFERENCES customer.templates(system);


--
-- Name: turns turns_customer_id_fkey; Type: FK CONSTRAINT; Schema: customer; Owner: -
--

ALTER TABLE ONLY customer.turns
    ADD CONSTRAINT turns_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customer.customers(customer_id);


--
-- Name: work work_customer_id_fkey; Type: FK CONSTRAINT; Schema: customer; Owner: -
--

ALTER TABLE ONLY customer.work
    ADD CONSTRAINT work_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customer.customers(customer_id);


--
-- Name: contracts contracts_customer_id_fkey; Type: FK CONSTRAINT; Schema: ledger; Owner: -
--

ALTER TABLE ONLY ledger.contracts
    ADD CONSTRAINT contracts_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customer.customers(customer_id);


--
-- Name: corrections corrections_day_date_fkey; Type: FK CONSTRAINT; Schema: ledger; Owner: -
--

ALTER TABLE ONLY ledger.corrections
    ADD CONSTRAINT corrections_day_date_fkey FOREIGN KEY (customer_id, day_date) REFERENCES ledger.counted_days(customer_id, day_date);


--
-- Name: counted_days counted_days_customer_id_fkey; Type: FK CONSTRAINT; Schema: ledger; Owner: -
--

ALTER TABLE ONLY ledger.counted_days
    ADD CONSTRAINT counted_days_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customer.customers(customer_id);


--
-- Name: invoice_lines invoice_lines_corrects_invoice_number_fkey; Type: FK CONSTRAINT; Schema: ledger; Owner: -
--

ALTER TABLE ONLY ledger.invoice_lines
    ADD CONSTRAINT invoice_lines_corrects_invoice_number_fkey FOREIGN KEY (customer_id, corrects_invoice_number) REFERENCES ledger.invoices(customer_id, invoice_number);


--
-- Name: invoice_lines invoice_lines_invoice_number_fkey; Type: FK CONSTRAINT; Schema: ledger; Owner: -
--

ALTER TABLE ONLY ledger.invoice_lines
    ADD CONSTRAINT invoice_lines_invoice_number_fkey FOREIGN KEY (customer_id, invoice_number) REFERENCES ledger.invoices(customer_id, invoice_number);


--
-- Name: user_days user_days_day_date_fkey; Type: FK CONSTRAINT; Schema: ledger; Owner: -
--

ALTER TABLE ONLY ledger.user_days
    ADD CONSTRAINT user_days_day_date_fkey FOREIGN KEY (customer_id, day_date) REFERENCES ledger.counted_days(customer_id, day_date);


--
-- Name: announced_reasons announced_reasons_user_id_fkey; Type: FK CONSTRAINT; Schema: roster; Owner: -
--

ALTER TABLE ONLY roster.announced_reasons
    ADD CONSTRAINT announced_reasons_user_id_fkey FOREIGN KEY (customer_id, user_id) REFERENCES roster.preferences(customer_id, user_id);


--
-- Name: calendar_versions calendar_versions_calendar_id_fkey; Type: FK CONSTRAINT; Schema: roster; Owner: -
--

ALTER TABLE ONLY roster.calendar_versions
    ADD CONSTRAINT calendar_versions_calendar_id_fkey FOREIGN KEY (customer_id, user_id, calendar_id) REFERENCES roster.calendars(customer_id, user_id, calendar_id);


--
-- Name: calendars calendars_user_id_fkey; Type: FK CONSTRAINT; Schema: roster; Owner: -
--

ALTER TABLE ONLY roster.calendars
    ADD CONSTRAINT calendars_user_id_fkey FOREIGN KEY (customer_id, user_id) REFERENCES roster.users(customer_id, user_id);


--
-- Name: group_members group_members_group_id_fkey; Type: FK CONSTRAINT; Schema: roster; Owner: -
--

ALTER TABLE ONLY roster.group_members
    ADD CONSTRAINT group_members_group_id_fkey FOREIGN KEY (customer_id, group_id) REFERENCES roster.groups(customer_id, group_id);


--
-- Name: groups groups_customer_id_fkey; Type: FK CONSTRAINT; Schema: roster; Owner: -
--

ALTER TABLE ONLY roster.groups
    ADD CONSTRAINT groups_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customer.customers(customer_id);


--
-- Name: memberships memberships_group_id_fkey; Type: FK CONSTRAINT; Schema: roster; Owner: -
--

ALTER TABLE ONLY roster.memberships
    ADD CONSTRAINT memberships_group_id_fkey FOREIGN KEY (customer_id, group_id) REFERENCES roster.groups(customer_id, group_id);


--
-- Name: memberships memberships_user_id_fkey; Type: FK CONSTRAINT; Schema: roster; Owner: -
--

ALTER TABLE ONLY roster.memberships
    ADD CONSTRAINT memberships_user_id_fkey FOREIGN KEY (customer_id, user_id) REFERENCES roster.users(customer_id, user_id);


--
-- Name: preference_versions preference_versions_user_id_fkey; Type: FK CONSTRAINT; Schema: roster; Owner: -
--

ALTER TABLE ONLY roster.preference_versions
    ADD CONSTRAINT preference_versions_user_id_fkey FOREIGN KEY (customer_id, user_id) REFERENCES roster.users(customer_id, user_id);


--
-- Name: preferences preferences_user_id_fkey; Type: FK CONSTRAINT; Schema: roster; Owner: -
--

ALTER TABLE ONLY roster.preferences
    ADD CONSTRAINT preferences_user_id_fkey FOREIGN KEY (customer_id, user_id) REFERENCES roster.users(customer_id, user_id);


--
-- Name: show_as_preferences show_as_preferences_user_id_fkey; Type: FK CONSTRAINT; Schema: roster; Owner: -
--

ALTER TABLE ONLY roster.show_as_preferences
    ADD CONSTRAINT show_as_preferences_user_id_fkey FOREIGN KEY (customer_id, user_id) REFERENCES roster.preferences(customer_id, user_id);


--
-- Name: targets targets_user_id_fkey; Type: FK CONSTRAINT; Schema: roster; Owner: -
--

ALTER TABLE ONLY roster.targets
    ADD CONSTRAINT targets_user_id_fkey FOREIGN KEY (customer_id, user_id) REFERENCES roster.preferences(customer_id, user_id);


--
-- Name: user_versions user_versions_user_id_fkey; Type: FK CONSTRAINT; Schema: roster; Owner: -
--

ALTER TABLE ONLY roster.user_versions
    ADD CONSTRAINT user_versions_user_id_fkey FOREIGN KEY (customer_id, user_id) REFERENCES roster.users(customer_id, user_id);


--
-- Name: users users_customer_id_fkey; Type: FK CONSTRAINT; Schema: roster; Owner: -
--

ALTER TABLE ONLY roster.users
    ADD CONSTRAINT users_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customer.customers(customer_id);


--
-- Name: exchanges exchanges_customer_id_fkey; Type: FK CONSTRAINT; Schema: telephony; Owner: -
--

ALTER TABLE ONLY telephony.exchanges
    ADD CONSTRAINT exchanges_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customer.customers(customer_id);


--
-- Name: holds holds_user_id_fkey; Type: FK CONSTRAINT; Schema: telephony; Owner: -
--

ALTER TABLE ONLY telephony.holds
    ADD CONSTRAINT holds_user_id_fkey FOREIGN KEY (customer_id, user_id) REFERENCES roster.users(customer_id, user_id);


--
-- Name: placed placed_user_id_fkey; Type: FK CONSTRAINT; Schema: telephony; Owner: -
--

ALTER TABLE ONLY telephony.placed
    ADD CONSTRAINT placed_user_id_fkey FOREIGN KEY (customer_id, user_id) REFERENCES roster.users(customer_id, user_id);


--
-- Name: published published_user_id_fkey; Type: FK CONSTRAINT; Schema: telephony; Owner: -
--

ALTER TABLE ONLY telephony.published
    ADD CONSTRAINT published_user_id_fkey FOREIGN KEY (customer_id, user_id) REFERENCES roster.users(customer_id, user_id);


--
-- Name: shown shown_user_id_fkey; Type: FK CONSTRAINT; Schema: telephony; Owner: -
--

ALTER TABLE ONLY telephony.shown
    ADD CONSTRAINT shown_user_id_fkey FOREIGN KEY (customer_id, user_id) REFERENCES roster.users(customer_id, user_id);


--
-- Name: verified verified_user_id_fkey; Type: FK CONSTRAINT; Schema: telephony; Owner: -
--

ALTER TABLE ONLY telephony.verified
    ADD CONSTRAINT verified_user_id_fkey FOREIGN KEY (customer_id, user_id) REFERENCES roster.users(customer_id, user_id);


--
-- Name: approvals; Type: ROW SECURITY; Schema: audit; Owner: -
--

ALTER TABLE audit.approvals ENABLE ROW LEVEL SECURITY;

--
-- Name: balances; Type: ROW SECURITY; Schema: audit; Owner: -
--

ALTER TABLE audit.balances ENABLE ROW LEVEL SECURITY;

--
-- Name: drift_checks; Type: ROW SECURITY; Schema: audit; Owner: -
--

ALTER TABLE audit.drift_checks ENABLE ROW LEVEL SECURITY;

--
-- Name: drifts; Type: ROW SECURITY; Schema: audit; Owner: -
--

ALTER TABLE audit.drifts ENABLE ROW LEVEL SECURITY;

--
-- Name: erasures; Type: ROW SECURITY; Schema: audit; Owner: -
--

ALTER TABLE audit.erasures ENABLE ROW LEVEL SECURITY;

--
-- Name: forgotten_versions; Type: ROW SECURITY; Schema: audit; Owner: -
--

ALTER TABLE audit.forgotten_versions ENABLE ROW LEVEL SECURITY;

--
-- Name: group_changes; Type: ROW SECURITY; Schema: audit; Owner: -
--

ALTER TABLE audit.group_changes ENABLE ROW LEVEL SECURITY;

--
-- Name: group_reads; Type: ROW SECURITY; Schema: audit; Owner: -
--

ALTER TABLE audit.group_reads ENABLE ROW LEVEL SECURITY;

--
-- Name: approvals jobs_see_all; Type: POLICY; Schema: audit; Owner: -
--

CREATE POLICY jobs_see_all ON audit.approvals TO kk_job USING (true) WITH CHECK (true);


--
-- Name: balances jobs_see_all; Type: POLICY; Schema: audit; Owner: -
--

CREATE POLICY jobs_see_all ON audit.balances TO kk_job USING (true) WITH CHECK (true);


--
-- Name: drift_checks jobs_see_all; Type: POLICY; Schema: audit; Owner: -
--

CREATE POLICY jobs_see_all ON audit.drift_checks TO kk_job USING (true) WITH CHECK (true);


--
-- Name: drifts jobs_see_all; Type: POLICY; Schema: audit; Owner: -
--

CREATE POLICY jobs_see_all ON audit.drifts TO kk_job USING (true) WITH CHECK (true);


--
-- Name: erasures jobs_see_all; Type: POLICY; Schema: audit; Owner: -
--

CREATE POLICY jobs_see_all ON audit.erasures TO kk_job USING (true) WITH CHECK (true);


--
-- Name: forgotten_versions jobs_see_all; Type: POLICY; Schema: audit; Owner: -
--

CREATE POLICY jobs_see_all ON audit.forgotten_versions TO kk_job USING (true) WITH CHECK (true);


--
-- Name: group_changes jobs_see_all; Type: POLICY; Schema: audit; Owner: -
--

CREATE POLICY jobs_see_all ON audit.group_changes TO kk_job USING (true) WITH CHECK (true);


--
-- Name: group_reads jobs_see_all; Type: POLICY; Schema: audit; Owner: -
--

CREATE POLICY jobs_see_all ON audit.group_reads TO kk_job USING (true) WITH CHECK (true);


--
-- Name: loads jobs_see_all; Type: POLICY; Schema: audit; Owner: -
--

CREATE POLICY jobs_see_all ON audit.loads TO kk_job USING (true) WITH CHECK (true);


--
-- Name: outages jobs_see_all; Type: POLICY; Schema: audit; Owner: -
--

CREATE POLICY jobs_see_all ON audit.outages TO kk_job USING (true) WITH CHECK (true);


--
-- Name: read_backs jobs_see_all; Type: POLICY; Schema: audit; Owner: -
--

CREATE POLICY jobs_see_all ON audit.read_backs TO kk_job USING (true) WITH CHECK (true);


--
-- Name: refusals jobs_see_all; Type: POLICY; Schema: audit; Owner: -
--

CREATE POLICY jobs_see_all ON audit.refusals TO kk_job USING (true) WITH CHECK (true);


--
-- Name: rosters jobs_see_all; Type: POLICY; Schema: audit; Owner: -
--

CREATE POLICY jobs_see_all ON audit.rosters TO kk_job USING (true) WITH CHECK (true);


--
-- Name: runs jobs_see_all; Type: POLICY; Schema: audit; Owner: -
--

CREATE POLICY jobs_see_all ON audit.runs TO kk_job USING (true) WITH CHECK (true);


--
-- Name: skipped_runs jobs_see_all; Type: POLICY; Schema: audit; Owner: -
--

CREATE POLICY jobs_see_all ON audit.skipped_runs TO kk_job USING (true) WITH CHECK (true);


--
-- Name: loads; Type: ROW SECURITY; Schema: audit; Owner: -
--

ALTER TABLE audit.loads ENABLE ROW LEVEL SECURITY;

--
-- Name: outages; Type: ROW SECURITY; Schema: audit; Owner: -
--

ALTER TABLE audit.outages ENABLE ROW LEVEL SECURITY;

--
-- Name: read_backs; Type: ROW SECURITY; Schema: audit; Owner: -
--

ALTER TABLE audit.read_backs ENABLE ROW LEVEL SECURITY;

--
-- Name: approvals readers_see_their_customers; Type: POLICY; Schema: audit; Owner: -
--

CREATE POLICY readers_see_their_customers ON audit.approvals FOR SELECT TO kk_reader, kk_finance, kk_helpdesk USING ((customer_id = ANY (ARRAY( SELECT visible_customers.customer_id
   FROM customer.visible_customers))));


--
-- Name: balances readers_see_their_customers; Type: POLICY; Schema: audit; Owner: -
--

CREATE POLICY readers_see_their_customers ON audit.balances FOR SELECT TO kk_reader, kk_finance, kk_helpdesk USING ((customer_id = ANY (ARRAY( SELECT visible_customers.customer_id
   FROM customer.visible_customers))));


--
-- Name: drift_checks readers_see_their_customers; Type: POLICY; Schema: audit; Owner: -
--

CREATE POLICY readers_see_their_customers ON audit.drift_checks FOR SELECT TO kk_reader, kk_finance, kk_helpdesk USING ((customer_id = ANY (ARRAY( SELECT visible_customers.customer_id
   FROM customer.visible_customers))));


--
-- Name: drifts readers_see_their_customers; Type: POLICY; Schema: audit; Owner: -
--

CREATE POLICY readers_see_their_customers ON audit.drifts FOR SELECT TO kk_reader, kk_finance, kk_helpdesk USING ((customer_id = ANY (ARRAY( SELECT visible_customers.customer_id
   FROM customer.visible_customers))));


--
-- Name: erasures readers_see_their_customers; Type: POLICY; Schema: audit; Owner: -
--

CREATE POLICY readers_see_their_customers ON audit.erasures FOR SELECT TO kk_reader, kk_finance, kk_helpdesk USING ((customer_id = ANY (ARRAY( SELECT visible_customers.customer_id
   FROM customer.visible_customers))));


--
-- Name: forgotten_versions readers_see_their_customers; Type: POLICY; Schema: audit; Owner: -
--

CREATE POLICY readers_see_their_customers ON audit.forgotten_versions FOR SELECT TO kk_reader, kk_finance, kk_helpdesk USING ((customer_id = ANY (ARRAY( SELECT visible_customers.customer_id
   FROM customer.visible_customers))));


--
-- Name: group_changes readers_see_their_customers; Type: POLICY; Schema: audit; Owner: -
--

CREATE POLICY readers_see_their_customers ON audit.group_changes FOR SELECT TO kk_reader, kk_finance, kk_helpdesk USING ((customer_id = ANY (ARRAY( SELECT visible_customers.customer_id
   FROM customer.visible_customers))));


--
-- Name: group_reads readers_see_their_customers; Type: POLICY; Schema: audit; Owner: -
--

CREATE POLICY readers_see_their_customers ON audit.group_reads FOR SELECT TO kk_reader, kk_finance, kk_helpdesk USING ((customer_id = ANY (ARRAY( SELECT visible_customers.customer_id
   FROM customer.visible_customers))));


--
-- Name: loads readers_see_their_customers; Type: POLICY; Schema: audit; Owner: -
--

CREATE POLICY readers_see_their_customers ON audit.loads FOR SELECT TO kk_reader, kk_finance, kk_helpdesk USING ((customer_id = ANY (ARRAY( SELECT visible_customers.customer_id
   FROM customer.visible_customers))));


--
-- Name: outages readers_see_their_customers; Type: POLICY; Schema: audit; Owner: -
--

CREATE POLICY readers_see_their_customers ON audit.outages FOR SELECT TO kk_reader, kk_finance, kk_helpdesk USING ((customer_id = ANY (ARRAY( SELECT visible_customers.customer_id
   FROM customer.visible_customers))));


--
-- Name: read_backs readers_see_their_customers; Type: POLICY; Schema: audit; Owner: -
--

CREATE POLICY readers_see_their_customers ON audit.read_backs FOR SELECT TO kk_reader, kk_finance, kk_helpdesk USING ((customer_id = ANY (ARRAY( SELECT visible_customers.customer_id
   FROM customer.visible_customers))));


--
-- Name: refusals readers_see_their_customers; Type: POLICY; Schema: audit; Owner: -
--

CREATE POLICY readers_see_their_customers ON audit.refusals FOR SELECT TO kk_reader, kk_finance, kk_helpdesk USING ((customer_id = ANY (ARRAY( SELECT visible_customers.customer_id
   FROM customer.visible_customers))));


--
-- Name: rosters readers_see_their_customers; Type: POLICY; Schema: audit; Owner: -
--

CREATE POLICY readers_see_their_customers ON audit.rosters FOR SELECT TO kk_reader, kk_finance, kk_helpdesk USING ((customer_id = ANY (ARRAY( SELECT visible_customers.customer_id
   FROM customer.visible_customers))));


--
-- Name: runs readers_see_their_customers; Type: POLICY; Schema: audit; Owner: -
--

CREATE POLICY readers_see_their_customers ON audit.runs FOR SELECT TO kk_reader, kk_finance, kk_helpdesk USING ((customer_id = ANY (ARRAY( SELECT visible_customers.customer_id
   FROM customer.visible_customers))));


--
-- Name: skipped_runs readers_see_their_customers; Type: POLICY; Schema: audit; Owner: -
--

CREATE POLICY readers_see_their_customers ON audit.skipped_runs FOR SELECT TO kk_reader, kk_finance, kk_helpdesk USING ((customer_id = ANY (ARRAY( SELECT visible_customers.customer_id
   FROM customer.visible_customers))));


--
-- Name: refusals; Type: ROW SECURITY; Schema: audit; Owner: -
--

ALTER TABLE audit.refusals ENABLE ROW LEVEL SECURITY;

--
-- Name: rosters; Type: ROW SECURITY; Schema: audit; Owner: -
--

ALTER TABLE audit.rosters ENABLE ROW LEVEL SECURITY;

--
-- Name: runs; Type: ROW SECURITY; Schema: audit; Owner: -
--

ALTER TABLE audit.runs ENABLE ROW LEVEL SECURITY;

--
-- Name: skipped_runs; Type: ROW SECURITY; Schema: audit; Owner: -
--

ALTER TABLE audit.skipped_runs ENABLE ROW LEVEL SECURITY;

--
-- Name: booking_versions; Type: ROW SECURITY; Schema: calendar; Owner: -
--

ALTER TABLE calendar.booking_versions ENABLE ROW LEVEL SECURITY;

--
-- Name: bookings; Type: ROW SECURITY; Schema: calendar; Owner: -
--

ALTER TABLE calendar.bookings ENABLE ROW LEVEL SECURITY;

--
-- Name: cursors; Type: ROW SECURITY; Schema: calendar; Owner: -
--

ALTER TABLE calendar.cursors ENABLE ROW LEVEL SECURITY;

--
-- Name: booking_versions jobs_see_all; Type: POLICY; Schema: calendar; Owner: -
--

CREATE POLICY jobs_see_all ON calendar.booking_versions TO kk_job USING (true) WITH CHECK (true);


--
-- Name: bookings jobs_see_all; Type: POLICY; Schema: calendar; Owner: -
--

CREATE POLICY jobs_see_all ON calendar.bookings TO kk_job USING (true) WITH CHECK (true);


--
-- Name: cursors jobs_see_all; Type: POLICY; Schema: calendar; Owner: -
--

CREATE POLICY jobs_see_all ON calendar.cursors TO kk_job USING (true) WITH CHECK (true);


--
-- Name: quarantine jobs_see_all; Type: POLICY; Schema: calendar; Owner: -
--

CREATE POLICY jobs_see_all ON calendar.quarantine TO kk_job USING (true) WITH CHECK (true);


--
-- Name: resources jobs_see_all; Type: POLICY; Schema: calendar; Owner: -
--

CREATE POLICY jobs_see_all ON calendar.resources TO kk_job USING (true) WITH CHECK (true);


--
-- Name: taken_in jobs_see_all; Type: POLICY; Schema: calendar; Owner: -
--

CREATE POLICY jobs_see_all ON calendar.taken_in TO kk_job USING (true) WITH CHECK (true);


--
-- Name: touched jobs_see_all; Type: POLICY; Schema: calendar; Owner: -
--

CREATE POLICY jobs_see_all ON calendar.touched TO kk_job USING (true) WITH CHECK (true);


--
-- Name: quarantine; Type: ROW SECURITY; Schema: calendar; Owner: -
--

ALTER TABLE calendar.quarantine ENABLE ROW LEVEL SECURITY;

--
-- Name: booking_versions readers_see_their_customers; Type: POLICY; Schema: calendar; Owner: -
--

CREATE POLICY readers_see_their_customers ON calendar.booking_versions FOR SELECT TO kk_reader, kk_finance, kk_helpdesk USING ((customer_id = ANY (ARRAY( SELECT visible_customers.customer_id
   FROM customer.visible_customers))));


--
-- Name: bookings readers_see_their_customers; Type: POLICY; Schema: calendar; Owner: -
--

CREATE POLICY readers_see_their_customers ON calendar.bookings FOR SELECT TO kk_reader, kk_finance, kk_helpdesk USING ((customer_id = ANY (ARRAY( SELECT visible_customers.customer_id
   FROM customer.visible_customers))));


--
-- Name: cursors readers_see_their_customers; Type: POLICY; Schema: calendar; Owner: -
--

CREATE POLICY readers_see_their_customers ON calendar.cursors FOR SELECT TO kk_reader, kk_finance, kk_helpdesk USING ((customer_id = ANY (ARRAY( SELECT visible_customers.customer_id
   FROM customer.visible_customers))));


--
-- Name: quarantine readers_see_their_customers; Type: POLICY; Schema: calendar; Owner: -
--

CREATE POLICY readers_see_their_customers ON calendar.quarantine FOR SELECT TO kk_reader, kk_finance, kk_helpdesk USING ((customer_id = ANY (ARRAY( SELECT visible_customers.customer_id
   FROM customer.visible_customers))));


--
-- Name: resources readers_see_their_customers; Type: POLICY; Schema: calendar; Owner: -
--

CREATE POLICY readers_see_their_customers ON calendar.resources FOR SELECT TO kk_reader, kk_finance, kk_helpdesk USING ((customer_id = ANY (ARRAY( SELECT visible_customers.customer_id
   FROM customer.visible_customers))));


--
-- Name: taken_in readers_see_their_customers; Type: POLICY; Schema: calendar; Owner: -
--

CREATE POLICY readers_see_their_customers ON calendar.taken_in FOR SELECT TO kk_reader, kk_finance, kk_helpdesk USING ((customer_id = ANY (ARRAY( SELECT visible_customers.customer_id
   FROM customer.visible_customers))));


--
-- Name: touched readers_see_their_customers; Type: POLICY; Schema: calendar; Owner: -
--

CREATE POLICY readers_see_their_customers ON calendar.touched FOR SELECT TO kk_reader, kk_finance, kk_helpdesk USING ((customer_id = ANY (ARRAY( SELECT visible_customers.customer_id
   FROM customer.visible_customers))));


--
-- Name: resources; Type: ROW SECURITY; Schema: calendar; Owner: -
--

ALTER TABLE calendar.resources ENABLE ROW LEVEL SECURITY;

--
-- Name: taken_in; Type: ROW SECURITY; Schema: calendar; Owner: -
--

ALTER TABLE calendar.taken_in ENABLE ROW LEVEL SECURITY;

--
-- Name: touched; Type: ROW SECURITY; Schema: calendar; Owner: -
--

ALTER TABLE calendar.touched ENABLE ROW LEVEL SECURITY;

--
-- Name: announced_reasons; Type: ROW SECURITY; Schema: customer; Owner: -
--

ALTER TABLE customer.announced_reasons ENABLE ROW LEVEL SECURITY;

--
-- Name: code_signs; Type: ROW SECURITY; Schema: customer; Owner: -
--

ALTER TABLE customer.code_signs ENABLE ROW LEVEL SECURITY;

--
-- Name: codes; Type: ROW SECURITY; Schema: customer; Owner: -
--

ALTER TABLE customer.codes ENABLE ROW LEVEL SECURITY;

--
-- Name: customer_versions; Type: ROW SECURITY; Schema: customer; Owner: -
--

ALTER TABLE customer.customer_versions ENABLE ROW LEVEL SECURITY;

--
-- Name: customers; Type: ROW SECURITY; Schema: customer; Owner: -
--

ALTER TABLE customer.customers ENABLE ROW LEVEL SECURITY;

--
-- Name: epochs; Type: ROW SECURITY; Schema: customer; Owner: -
--

ALTER TABLE customer.epochs ENABLE ROW LEVEL SECURITY;

--
-- Name: grammars; Type: ROW SECURITY; Schema: customer; Owner: -
--

ALTER TABLE customer.grammars ENABLE ROW LEVEL SECURITY;

--
-- Name: holidays; Type: ROW SECURITY; Schema: customer; Owner: -
--

ALTER TABLE customer.holidays ENABLE ROW LEVEL SECURITY;

--
-- Name: hosts; Type: ROW SECURITY; Schema: customer; Owner: -
--

ALTER TABLE customer.hosts ENABLE ROW LEVEL SECURITY;

--
-- Name: announced_reasons jobs_see_all; Type: POLICY; Schema: customer; Owner: -
--

CREATE POLICY jobs_see_all ON customer.announced_reasons TO kk_job USING (true) WITH CHECK (true);


--
-- Name: code_signs jobs_see_all; Type: POLICY; Schema: customer; Owner: -
--

CREATE POLICY jobs_see_all ON customer.code_signs TO kk_job USING (true) WITH CHECK (true);


--
-- Name: codes jobs_see_all; Type: POLICY; Schema: customer; Owner: -
--

CREATE POLICY jobs_see_all ON customer.codes TO kk_job USING (true) WITH CHECK (true);


--
-- Name: customer_versions jobs_see_all; Type: POLICY; Schema: customer; Owner: -
--

CREATE POLICY jobs_see_all ON customer.customer_versions TO kk_job USING (true) WITH CHECK (true);


--
-- Name: customers jobs_see_all; Type: POLICY; Schema: customer; Owner: -
--

CREATE POLICY jobs_see_all ON customer.customers TO kk_job USING (true) WITH CHECK (true);


--
-- Name: epochs jobs_see_all; Type: POLICY; Schema: customer; Owner: -
--

CREATE POLICY jobs_see_all ON customer.epochs TO kk_job USING (true) WITH CHECK (true);


--
-- Name: grammars jobs_see_all; Type: POLICY; Schema: customer; Owner: -
--

CREATE POLICY jobs_see_all ON customer.grammars TO kk_job USING (true) WITH CHECK (true);


--
-- Name: holidays jobs_see_all; Type: POLICY; Schema: customer; Owner: -
--

CREATE POLICY jobs_see_all ON customer.holidays TO kk_job USING (true) WITH CHECK (true);


--
-- Name: hosts jobs_see_all; Type: POLICY; Schema: customer; Owner: -
--

CREATE POLICY jobs_see_all ON customer.hosts TO kk_job USING (true) WITH CHECK (true);


--
-- Name: keys jobs_see_all; Type: POLICY; Schema: customer; Owner: -
--

CREATE POLICY jobs_see_all ON customer.keys TO kk_job USING (true) WITH CHECK (true);


--
-- Name: limits jobs_see_all; Type: POLICY; Schema: customer; Owner: -
--

CREATE POLICY jobs_see_all ON customer.limits TO kk_job USING (true) WITH CHECK (true);


--
-- Name: office_hours jobs_see_all; Type: POLICY; Schema: customer; Owner: -
--

CREATE POLICY jobs_see_all ON customer.office_hours TO kk_job USING (true) WITH CHECK (true);


--
-- Name: outcome_counts jobs_see_all; Type: POLICY; Schema: customer; Owner: -
--

CREATE POLICY jobs_see_all ON customer.outcome_counts TO kk_job USING (true) WITH CHECK (true);


--
-- Name: passes jobs_see_all; Type: POLICY; Schema: customer; Owner: -
--

CREATE POLICY jobs_see_all ON customer.passes TO kk_job USING (true) WITH CHECK (true);


--
-- Name: readers jobs_see_all; Type: POLICY; Schema: customer; Owner: -
--

CREATE POLICY jobs_see_all ON customer.readers TO kk_job USING (true) WITH CHECK (true);


--
-- Name: reasons jobs_see_all; Type: POLICY; Schema: customer; Owner: -
--

CREATE POLICY jobs_see_all ON customer.reasons TO kk_job USING (true) WITH CHECK (true);


--
-- Name: retentions jobs_see_all; Type: POLICY; Schema: customer; Owner: -
--

CREATE POLICY jobs_see_all ON customer.retentions TO kk_job USING (true) WITH CHECK (true);


--
-- Name: rule_sets jobs_see_all; Type: POLICY; Schema: customer; Owner: -
--

CREATE POLICY jobs_see_all ON customer.rule_sets TO kk_job USING (true) WITH CHECK (true);


--
-- Name: show_as_rules jobs_see_all; Type: POLICY; Schema: customer; Owner: -
--

CREATE POLICY jobs_see_all ON customer.show_as_rules TO kk_job USING (true) WITH CHECK (true);


--
-- Name: turns jobs_see_all; Type: POLICY; Schema: customer; Owner: -
--

CREATE POLICY jobs_see_all ON customer.turns TO kk_job USING (true) WITH CHECK (true);


--
-- Name: work jobs_see_all; Type: POLICY; Schema: customer; Owner: -
--

CREATE POLICY jobs_see_all ON customer.work TO kk_job USING (true) WITH CHECK (true);


--
-- Name: keys; Type: ROW SECURITY; Schema: customer; Owner: -
--

ALTER TABLE customer.keys ENABLE ROW LEVEL SECURITY;

--
-- Name: limits; Type: ROW SECURITY; Schema: customer; Owner: -
--

ALTER TABLE customer.limits ENABLE ROW LEVEL SECURITY;

--
-- Name: office_hours; Type: ROW SECURITY; Schema: customer; Owner: -
--

ALTER TABLE customer.office_hours ENABLE ROW LEVEL SECURITY;

--
-- Name: outcome_counts; Type: ROW SECURITY; Schema: customer; Owner: -
--

ALTER TABLE customer.outcome_counts ENABLE ROW LEVEL SECURITY;

--
-- Name: passes; Type: ROW SECURITY; Schema: customer; Owner: -
--

ALTER TABLE customer.passes ENABLE ROW LEVEL SECURITY;

--
-- Name: readers; Type: ROW SECURITY; Schema: customer; Owner: -
--

ALTER TABLE customer.readers ENABLE ROW LEVEL SECURITY;

--
-- Name: announced_reasons readers_see_their_customers; Type: POLICY; Schema: customer; Owner: -
--

CREATE POLICY readers_see_their_customers ON customer.announced_reasons FOR SELECT TO kk_reader, kk_finance, kk_helpdesk USING ((customer_id = ANY (ARRAY( SELECT visible_customers.customer_id
   FROM customer.visible_customers))));


--
-- Name: code_signs readers_see_their_customers; Type: POLICY; Schema: customer; Owner: -
--

CREATE POLICY readers_see_their_customers ON customer.code_signs FOR SELECT TO kk_reader, kk_finance, kk_helpdesk USING ((customer_id = ANY (ARRAY( SELECT visible_customers.customer_id
   FROM customer.visible_customers))));


--
-- Name: codes readers_see_their_customers; Type: POLICY; Schema: customer; Owner: -
--

CREATE POLICY readers_see_their_customers ON customer.codes FOR SELECT TO kk_reader, kk_finance, kk_helpdesk USING ((customer_id = ANY (ARRAY( SELECT visible_customers.customer_id
   FROM customer.visible_customers))));


--
-- Name: customer_versions readers_see_their_customers; Type: POLICY; Schema: customer; Owner: -
--

CREATE POLICY readers_see_their_customers ON customer.customer_versions FOR SELECT TO kk_reader, kk_finance, kk_helpdesk USING ((customer_id = ANY (ARRAY( SELECT visible_customers.customer_id
   FROM customer.visible_customers))));


--
-- Name: customers readers_see_their_customers; Type: POLICY; Schema: customer; Owner: -
--

CREATE POLICY readers_see_their_customers ON customer.customers FOR SELECT TO kk_reader, kk_finance, kk_helpdesk USING ((customer_id = ANY (ARRAY( SELECT visible_customers.customer_id
   FROM customer.visible_customers))));


--
-- Name: epochs readers_see_their_customers; Type: POLICY; Schema: customer; Owner: -
--

CREATE POLICY readers_see_their_customers ON customer.epochs FOR SELECT TO kk_reader, kk_finance, kk_helpdesk USING ((customer_id = ANY (ARRAY( SELECT visible_customers.customer_id
   FROM customer.visible_customers))));


--
-- Name: grammars readers_see_their_customers; Type: POLICY; Schema: customer; Owner: -
--

CREATE POLICY readers_see_their_customers ON customer.grammars FOR SELECT TO kk_reader, kk_finance, kk_helpdesk USING ((customer_id = ANY (ARRAY( SELECT visible_customers.customer_id
   FROM customer.visible_customers))));


--
-- Name: holidays readers_see_their_customers; Type: POLICY; Schema: customer; Owner: -
--

CREATE POLICY readers_see_their_customers ON customer.holidays FOR SELECT TO kk_reader, kk_finance, kk_helpdesk USING ((customer_id = ANY (ARRAY( SELECT visible_customers.customer_id
   FROM customer.visible_customers))));


--
-- Name: hosts readers_see_their_customers; Type: POLICY; Schema: customer; Owner: -
--

CREATE POLICY readers_see_their_customers ON customer.hosts FOR SELECT TO kk_reader, kk_finance, kk_helpdesk USING ((customer_id = ANY (ARRAY( SELECT visible_customers.customer_id
   FROM customer.visible_customers))));


--
-- Name: keys readers_see_their_customers; Type: POLICY; Schema: customer; Owner: -
--

CREATE POLICY readers_see_their_customers ON customer.keys FOR SELECT TO kk_reader, kk_finance, kk_helpdesk USING ((customer_id = ANY (ARRAY( SELECT visible_customers.customer_id
   FROM customer.visible_customers))));


--
-- Name: limits readers_see_their_customers; Type: POLICY; Schema: customer; Owner: -
--

CREATE POLICY readers_see_their_customers ON customer.limits FOR SELECT TO kk_reader, kk_finance, kk_helpdesk USING ((customer_id = ANY (ARRAY( SELECT visible_customers.customer_id
   FROM customer.visible_customers))));


--
-- Name: office_hours readers_see_their_customers; Type: POLICY; Schema: customer; Owner: -
--

CREATE POLICY readers_see_their_customers ON customer.office_hours FOR SELECT TO kk_reader, kk_finance, kk_helpdesk USING ((customer_id = ANY (ARRAY( SELECT visible_customers.customer_id
   FROM customer.visible_customers))));


--
-- Name: outcome_counts readers_see_their_customers; Type: POLICY; Schema: customer; Owner: -
--

CREATE POLICY readers_see_their_customers ON customer.outcome_counts FOR SELECT TO kk_reader, kk_finance, kk_helpdesk USING ((customer_id = ANY (ARRAY( SELECT visible_customers.customer_id
   FROM customer.visible_customers))));


--
-- Name: passes readers_see_their_customers; Type: POLICY; Schema: customer; Owner: -
--

CREATE POLICY readers_see_their_customers ON customer.passes FOR SELECT TO kk_reader, kk_finance, kk_helpdesk USING ((customer_id = ANY (ARRAY( SELECT visible_customers.customer_id
   FROM customer.visible_customers))));


--
-- Name: readers readers_see_their_customers; Type: POLICY; Schema: customer; Owner: -
--

CREATE POLICY readers_see_their_customers ON customer.readers FOR SELECT TO kk_reader, kk_finance, kk_helpdesk USING ((customer_id = ANY (ARRAY( SELECT visible_customers.customer_id
   FROM customer.visible_customers))));


--
-- Name: reasons readers_see_their_customers; Type: POLICY; Schema: customer; Owner: -
--

CREATE POLICY readers_see_their_customers ON customer.reasons FOR SELECT TO kk_reader, kk_finance, kk_helpdesk USING ((customer_id = ANY (ARRAY( SELECT visible_customers.customer_id
   FROM customer.visible_customers))));


--
-- Name: retentions readers_see_their_customers; Type: POLICY; Schema: customer; Owner: -
--

CREATE POLICY readers_see_their_customers ON customer.retentions FOR SELECT TO kk_reader, kk_finance, kk_helpdesk USING ((customer_id = ANY (ARRAY( SELECT visible_customers.customer_id
   FROM customer.visible_customers))));


--
-- Name: rule_sets readers_see_their_customers; Type: POLICY; Schema: customer; Owner: -
--

CREATE POLICY readers_see_their_customers ON customer.rule_sets FOR SELECT TO kk_reader, kk_finance, kk_helpdesk USING ((customer_id = ANY (ARRAY( SELECT visible_customers.customer_id
   FROM customer.visible_customers))));


--
-- Name: show_as_rules readers_see_their_customers; Type: POLICY; Schema: customer; Owner: -
--

CREATE POLICY readers_see_their_customers ON customer.show_as_rules FOR SELECT TO kk_reader, kk_finance, kk_helpdesk USING ((customer_id = ANY (ARRAY( SELECT visible_customers.customer_id
   FROM customer.visible_customers))));


--
-- Name: turns readers_see_their_customers; Type: POLICY; Schema: customer; Owner: -
--

CREATE POLICY readers_see_their_customers ON customer.turns FOR SELECT TO kk_reader, kk_finance, kk_helpdesk USING ((customer_id = ANY (ARRAY( SELECT visible_customers.customer_id
   FROM customer.visible_customers))));


--
-- Name: work readers_see_their_customers; Type: POLICY; Schema: customer; Owner: -
--

CREATE POLICY readers_see_their_customers ON customer.work FOR SELECT TO kk_reader, kk_finance, kk_helpdesk USING ((customer_id = ANY (ARRAY( SELECT visible_customers.customer_id
   FROM customer.visible_customers))));


--
-- Name: reasons; Type: ROW SECURITY; Schema: customer; Owner: -
--

ALTER TABLE customer.reasons ENABLE ROW LEVEL SECURITY;

--
-- Name: retentions; Type: ROW SECURITY; Schema: customer; Owner: -
--

ALTER TABLE customer.retentions ENABLE ROW LEVEL SECURITY;

--
-- Name: rule_sets; Type: ROW SECURITY; Schema: customer; Owner: -
--

ALTER TABLE customer.rule_sets ENABLE ROW LEVEL SECURITY;

--
-- Name: show_as_rules; Type: ROW SECURITY; Schema: customer; Owner: -
--

ALTER TABLE customer.show_as_rules ENABLE ROW LEVEL SECURITY;

--
-- Name: turns; Type: ROW SECURITY; Schema: customer; Owner: -
--

ALTER TABLE customer.turns ENABLE ROW LEVEL SECURITY;

--
-- Name: work; Type: ROW SECURITY; Schema: customer; Owner: -
--

ALTER TABLE customer.work ENABLE ROW LEVEL SECURITY;

--
-- Name: contracts; Type: ROW SECURITY; Schema: ledger; Owner: -
--

ALTER TABLE ledger.contracts ENABLE ROW LEVEL SECURITY;

--
-- Name: corrections; Type: ROW SECURITY; Schema: ledger; Owner: -
--

ALTER TABLE ledger.corrections ENABLE ROW LEVEL SECURITY;

--
-- Name: counted_days; Type: ROW SECURITY; Schema: ledger; Owner: -
--

ALTER TABLE ledger.counted_days ENABLE ROW LEVEL SECURITY;

--
-- Name: invoice_lines; Type: ROW SECURITY; Schema: ledger; Owner: -
--

ALTER TABLE ledger.invoice_lines ENABLE ROW LEVEL SECURITY;

--
-- Name: invoices; Type: ROW SECURITY; Schema: ledger; Owner: -
--

ALTER TABLE ledger.invoices ENABLE ROW LEVEL SECURITY;

--
-- Name: contracts jobs_see_all; Type: POLICY; Schema: ledger; Owner: -
--

CREATE POLICY jobs_see_all ON ledger.contracts TO kk_job USING (true) WITH CHECK (true);


--
-- Name: corrections jobs_see_all; Type: POLICY; Schema: ledger; Owner: -
--

CREATE POLICY jobs_see_all ON ledger.corrections TO kk_job USING (true) WITH CHECK (true);


--
-- Name: counted_days jobs_see_all; Type: POLICY; Schema: ledger; Owner: -
--

CREATE POLICY jobs_see_all ON ledger.counted_days TO kk_job USING (true) WITH CHECK (true);


--
-- Name: invoice_lines jobs_see_all; Type: POLICY; Schema: ledger; Owner: -
--

CREATE POLICY jobs_see_all ON ledger.invoice_lines TO kk_job USING (true) WITH CHECK (true);


--
-- Name: invoices jobs_see_all; Type: POLICY; Schema: ledger; Owner: -
--

CREATE POLICY jobs_see_all ON ledger.invoices TO kk_job USING (true) WITH CHECK (true);


--
-- Name: user_days jobs_see_all; Type: POLICY; Schema: ledger; Owner: -
--

CREATE POLICY jobs_see_all ON ledger.user_days TO kk_job USING (true) WITH CHECK (true);


--
-- Name: contracts readers_see_their_customers; Type: POLICY; Schema: ledger; Owner: -
--

CREATE POLICY readers_see_their_customers ON ledger.contracts FOR SELECT TO kk_reader, kk_finance, kk_helpdesk USING ((customer_id = ANY (ARRAY( SELECT visible_customers.customer_id
   FROM customer.visible_customers))));


--
-- Name: corrections readers_see_their_customers; Type: POLICY; Schema: ledger; Owner: -
--

CREATE POLICY readers_see_their_customers ON ledger.corrections FOR SELECT TO kk_reader, kk_finance, kk_helpdesk USING ((customer_id = ANY (ARRAY( SELECT visible_customers.customer_id
   FROM customer.visible_customers))));


--
-- Name: counted_days readers_see_their_customers; Type: POLICY; Schema: ledger; Owner: -
--

CREATE POLICY readers_see_their_customers ON ledger.counted_days FOR SELECT TO kk_reader, kk_finance, kk_helpdesk USING ((customer_id = ANY (ARRAY( SELECT visible_customers.customer_id
   FROM customer.visible_customers))));


--
-- Name: invoice_lines readers_see_their_customers; Type: POLICY; Schema: ledger; Owner: -
--

CREATE POLICY readers_see_their_customers ON ledger.invoice_lines FOR SELECT TO kk_reader, kk_finance, kk_helpdesk USING ((customer_id = ANY (ARRAY( SELECT visible_customers.customer_id
   FROM customer.visible_customers))));


--
-- Name: invoices readers_see_their_customers; Type: POLICY; Schema: ledger; Owner: -
--

CREATE POLICY readers_see_their_customers ON ledger.invoices FOR SELECT TO kk_reader, kk_finance, kk_helpdesk USING ((customer_id = ANY (ARRAY( SELECT visible_customers.customer_id
   FROM customer.visible_customers))));


--
-- Name: user_days readers_see_their_customers; Type: POLICY; Schema: ledger; Owner: -
--

CREATE POLICY readers_see_their_customers ON ledger.user_days FOR SELECT TO kk_reader, kk_finance, kk_helpdesk USING ((customer_id = ANY (ARRAY( SELECT visible_customers.customer_id
   FROM customer.visible_customers))));


--
-- Name: user_days; Type: ROW SECURITY; Schema: ledger; Owner: -
--

ALTER TABLE ledger.user_days ENABLE ROW LEVEL SECURITY;

--
-- Name: announced_reasons; Type: ROW SECURITY; Schema: roster; Owner: -
--

ALTER TABLE roster.announced_reasons ENABLE ROW LEVEL SECURITY;

--
-- Name: calendar_versions; Type: ROW SECURITY; Schema: roster; Owner: -
--

ALTER TABLE roster.calendar_versions ENABLE ROW LEVEL SECURITY;

--
-- Name: calendars; Type: ROW SECURITY; Schema: roster; Owner: -
--

ALTER TABLE roster.calendars ENABLE ROW LEVEL SECURITY;

--
-- Name: group_members; Type: ROW SECURITY; Schema: roster; Owner: -
--

ALTER TABLE roster.group_members ENABLE ROW LEVEL SECURITY;

--
-- Name: groups; Type: ROW SECURITY; Schema: roster; Owner: -
--

ALTER TABLE roster.groups ENABLE ROW LEVEL SECURITY;

--
-- Name: announced_reasons jobs_see_all; Type: POLICY; Schema: roster; Owner: -
--

CREATE POLICY jobs_see_all ON roster.announced_reasons TO kk_job USING (true) WITH CHECK (true);


--
-- Name: calendar_versions jobs_see_all; Type: POLICY; Schema: roster; Owner: -
--

CREATE POLICY jobs_see_all ON roster.calendar_versions TO kk_job USING (true) WITH CHECK (true);


--
-- Name: calendars jobs_see_all; Type: POLICY; Schema: roster; Owner: -
--

CREATE POLICY jobs_see_all ON roster.calendars TO kk_job USING (true) WITH CHECK (true);


--
-- Name: group_members jobs_see_all; Type: POLICY; Schema: roster; Owner: -
--

CREATE POLICY jobs_see_all ON roster.group_members TO kk_job USING (true) WITH CHECK (true);


--
-- Name: groups jobs_see_all; Type: POLICY; Schema: roster; Owner: -
--

CREATE POLICY jobs_see_all ON roster.groups TO kk_job USING (true) WITH CHECK (true);


--
-- Name: memberships jobs_see_all; Type: POLICY; Schema: roster; Owner: -
--

CREATE POLICY jobs_see_all ON roster.memberships TO kk_job USING (true) WITH CHECK (true);


--
-- Name: preference_versions jobs_see_all; Type: POLICY; Schema: roster; Owner: -
--

CREATE POLICY jobs_see_all ON roster.preference_versions TO kk_job USING (true) WITH CHECK (true);


--
-- Name: preferences jobs_see_all; Type: POLICY; Schema: roster; Owner: -
--

CREATE POLICY jobs_see_all ON roster.preferences TO kk_job USING (true) WITH CHECK (true);


--
-- Name: show_as_preferences jobs_see_all; Type: POLICY; Schema: roster; Owner: -
--

CREATE POLICY jobs_see_all ON roster.show_as_preferences TO kk_job USING (true) WITH CHECK (true);


--
-- Name: targets jobs_see_all; Type: POLICY; Schema: roster; Owner: -
--

CREATE POLICY jobs_see_all ON roster.targets TO kk_job USING (true) WITH CHECK (true);


--
-- Name: user_versions jobs_see_all; Type: POLICY; Schema: roster; Owner: -
--

CREATE POLICY jobs_see_all ON roster.user_versions TO kk_job USING (true) WITH CHECK (true);


--
-- Name: users jobs_see_all; Type: POLICY; Schema: roster; Owner: -
--

CREATE POLICY jobs_see_all ON roster.users TO kk_job USING (true) WITH CHECK (true);


--
-- Name: memberships; Type: ROW SECURITY; Schema: roster; Owner: -
--

ALTER TABLE roster.memberships ENABLE ROW LEVEL SECURITY;

--
-- Name: preference_versions; Type: ROW SECURITY; Schema: roster; Owner: -
--

ALTER TABLE roster.preference_versions ENABLE ROW LEVEL SECURITY;

--
-- Name: preferences; Type: ROW SECURITY; Schema: roster; Owner: -
--

ALTER TABLE roster.preferences ENABLE ROW LEVEL SECURITY;

--
-- Name: announced_reasons readers_see_their_customers; Type: POLICY; Schema: roster; Owner: -
--

CREATE POLICY readers_see_their_customers ON roster.announced_reasons FOR SELECT TO kk_reader, kk_finance, kk_helpdesk USING ((customer_id = ANY (ARRAY( SELECT visible_customers.customer_id
   FROM customer.visible_customers))));


--
-- Name: calendar_versions readers_see_their_customers; Type: POLICY; Schema: roster; Owner: -
--

CREATE POLICY readers_see_their_customers ON roster.calendar_versions FOR SELECT TO kk_reader, kk_finance, kk_helpdesk USING ((customer_id = ANY (ARRAY( SELECT visible_customers.customer_id
   FROM customer.visible_customers))));


--
-- Name: calendars readers_see_their_customers; Type: POLICY; Schema: roster; Owner: -
--

CREATE POLICY readers_see_their_customers ON roster.calendars FOR SELECT TO kk_reader, kk_finance, kk_helpdesk USING ((customer_id = ANY (ARRAY( SELECT visible_customers.customer_id
   FROM customer.visible_customers))));


--
-- Name: group_members readers_see_their_customers; Type: POLICY; Schema: roster; Owner: -
--

CREATE POLICY readers_see_their_customers ON roster.group_members FOR SELECT TO kk_reader, kk_finance, kk_helpdesk USING ((customer_id = ANY (ARRAY( SELECT visible_customers.customer_id
   FROM customer.visible_customers))));


--
-- Name: groups readers_see_their_customers; Type: POLICY; Schema: roster; Owner: -
--

CREATE POLICY readers_see_their_customers ON roster.groups FOR SELECT TO kk_reader, kk_finance, kk_helpdesk USING ((customer_id = ANY (ARRAY( SELECT visible_customers.customer_id
   FROM customer.visible_customers))));


--
-- Name: memberships readers_see_their_customers; Type: POLICY; Schema: roster; Owner: -
--

CREATE POLICY readers_see_their_customers ON roster.memberships FOR SELECT TO kk_reader, kk_finance, kk_helpdesk USING ((customer_id = ANY (ARRAY( SELECT visible_customers.customer_id
   FROM customer.visible_customers))));


--
-- Name: preference_versions readers_see_their_customers; Type: POLICY; Schema: roster; Owner: -
--

CREATE POLICY readers_see_their_customers ON roster.preference_versions FOR SELECT TO kk_reader, kk_finance, kk_helpdesk USING ((customer_id = ANY (ARRAY( SELECT visible_customers.customer_id
   FROM customer.visible_customers))));


--
-- Name: preferences readers_see_their_customers; Type: POLICY; Schema: roster; Owner: -
--

CREATE POLICY readers_see_their_customers ON roster.preferences FOR SELECT TO kk_reader, kk_finance, kk_helpdesk USING ((customer_id = ANY (ARRAY( SELECT visible_customers.customer_id
   FROM customer.visible_customers))));


--
-- Name: show_as_preferences readers_see_their_customers; Type: POLICY; Schema: roster; Owner: -
--

CREATE POLICY readers_see_their_customers ON roster.show_as_preferences FOR SELECT TO kk_reader, kk_finance, kk_helpdesk USING ((customer_id = ANY (ARRAY( SELECT visible_customers.customer_id
   FROM customer.visible_customers))));


--
-- Name: targets readers_see_their_customers; Type: POLICY; Schema: roster; Owner: -
--

CREATE POLICY readers_see_their_customers ON roster.targets FOR SELECT TO kk_reader, kk_finance, kk_helpdesk USING ((customer_id = ANY (ARRAY( SELECT visible_customers.customer_id
   FROM customer.visible_customers))));


--
-- Name: user_versions readers_see_their_customers; Type: POLICY; Schema: roster; Owner: -
--

CREATE POLICY readers_see_their_customers ON roster.user_versions FOR SELECT TO kk_reader, kk_finance, kk_helpdesk USING ((customer_id = ANY (ARRAY( SELECT visible_customers.customer_id
   FROM customer.visible_customers))));


--
-- Name: users readers_see_their_customers; Type: POLICY; Schema: roster; Owner: -
--

CREATE POLICY readers_see_their_customers ON roster.users FOR SELECT TO kk_reader, kk_finance, kk_helpdesk USING ((customer_id = ANY (ARRAY( SELECT visible_customers.customer_id
   FROM customer.visible_customers))));


--
-- Name: show_as_preferences; Type: ROW SECURITY; Schema: roster; Owner: -
--

ALTER TABLE roster.show_as_preferences ENABLE ROW LEVEL SECURITY;

--
-- Name: targets; Type: ROW SECURITY; Schema: roster; Owner: -
--

ALTER TABLE roster.targets ENABLE ROW LEVEL SECURITY;

--
-- Name: user_versions; Type: ROW SECURITY; Schema: roster; Owner: -
--

ALTER TABLE roster.user_versions ENABLE ROW LEVEL SECURITY;

--
-- Name: users; Type: ROW SECURITY; Schema: roster; Owner: -
--

ALTER TABLE roster.users ENABLE ROW LEVEL SECURITY;

--
-- Name: exchanges; Type: ROW SECURITY; Schema: telephony; Owner: -
--

ALTER TABLE telephony.exchanges ENABLE ROW LEVEL SECURITY;

--
-- Name: holds; Type: ROW SECURITY; Schema: telephony; Owner: -
--

ALTER TABLE telephony.holds ENABLE ROW LEVEL SECURITY;

--
-- Name: exchanges jobs_see_all; Type: POLICY; Schema: telephony; Owner: -
--

CREATE POLICY jobs_see_all ON telephony.exchanges TO kk_job USING (true) WITH CHECK (true);


--
-- Name: holds jobs_see_all; Type: POLICY; Schema: telephony; Owner: -
--

CREATE POLICY jobs_see_all ON telephony.holds TO kk_job USING (true) WITH CHECK (true);


--
-- Name: placed jobs_see_all; Type: POLICY; Schema: telephony; Owner: -
--

CREATE POLICY jobs_see_all ON telephony.placed TO kk_job USING (true) WITH CHECK (true);


--
-- Name: placed_versions jobs_see_all; Type: POLICY; Schema: telephony; Owner: -
--

CREATE POLICY jobs_see_all ON telephony.placed_versions TO kk_job USING (true) WITH CHECK (true);


--
-- Name: published jobs_see_all; Type: POLICY; Schema: telephony; Owner: -
--

CREATE POLICY jobs_see_all ON telephony.published TO kk_job USING (true) WITH CHECK (true);


--
-- Name: shown jobs_see_all; Type: POLICY; Schema: telephony; Owner: -
--

CREATE POLICY jobs_see_all ON telephony.shown TO kk_job USING (true) WITH CHECK (true);


--
-- Name: shown_versions jobs_see_all; Type: POLICY; Schema: telephony; Owner: -
--

CREATE POLICY jobs_see_all ON telephony.shown_versions TO kk_job USING (true) WITH CHECK (true);


--
-- Name: verified jobs_see_all; Type: POLICY; Schema: telephony; Owner: -
--

CREATE POLICY jobs_see_all ON telephony.verified TO kk_job USING (true) WITH CHECK (true);


--
-- Name: placed; Type: ROW SECURITY; Schema: telephony; Owner: -
--

ALTER TABLE telephony.placed ENABLE ROW LEVEL SECURITY;

--
-- Name: placed_versions; Type: ROW SECURITY; Schema: telephony; Owner: -
--

ALTER TABLE telephony.placed_versions ENABLE ROW LEVEL SECURITY;

--
-- Name: published; Type: ROW SECURITY; Schema: telephony; Owner: -
--

ALTER TABLE telephony.published ENABLE ROW LEVEL SECURITY;

--
-- Name: exchanges readers_see_their_customers; Type: POLICY; Schema: telephony; Owner: -
--

CREATE POLICY readers_see_their_customers ON telephony.exchanges FOR SELECT TO kk_reader, kk_finance, kk_helpdesk USING ((customer_id = ANY (ARRAY( SELECT visible_customers.customer_id
   FROM customer.visible_customers))));


--
-- Name: holds readers_see_their_customers; Type: POLICY; Schema: telephony; Owner: -
--

CREATE POLICY readers_see_their_customers ON telephony.holds FOR SELECT TO kk_reader, kk_finance, kk_helpdesk USING ((customer_id = ANY (ARRAY( SELECT visible_customers.customer_id
   FROM customer.visible_customers))));


--
-- Name: placed readers_see_their_customers; Type: POLICY; Schema: telephony; Owner: -
--

CREATE POLICY readers_see_their_customers ON telephony.placed FOR SELECT TO kk_reader, kk_finance, kk_helpdesk USING ((customer_id = ANY (ARRAY( SELECT visible_customers.customer_id
   FROM customer.visible_customers))));


--
-- Name: placed_versions readers_see_their_customers; Type: POLICY; Schema: telephony; Owner: -
--

CREATE POLICY readers_see_their_customers ON telephony.placed_versions FOR SELECT TO kk_reader, kk_finance, kk_helpdesk USING ((customer_id = ANY (ARRAY( SELECT visible_customers.customer_id
   FROM customer.visible_customers))));


--
-- Name: published readers_see_their_customers; Type: POLICY; Schema: telephony; Owner: -
--

CREATE POLICY readers_see_their_customers ON telephony.published FOR SELECT TO kk_reader, kk_finance, kk_helpdesk USING ((customer_id = ANY (ARRAY( SELECT visible_customers.customer_id
   FROM customer.visible_customers))));


--
-- Name: shown readers_see_their_customers; Type: POLICY; Schema: telephony; Owner: -
--

CREATE POLICY readers_see_their_customers ON telephony.shown FOR SELECT TO kk_reader, kk_finance, kk_helpdesk USING ((customer_id = ANY (ARRAY( SELECT visible_customers.customer_id
   FROM customer.visible_customers))));


--
-- Name: shown_versions readers_see_their_customers; Type: POLICY; Schema: telephony; Owner: -
--

CREATE POLICY readers_see_their_customers ON telephony.shown_versions FOR SELECT TO kk_reader, kk_finance, kk_helpdesk USING ((customer_id = ANY (ARRAY( SELECT visible_customers.customer_id
   FROM customer.visible_customers))));


--
-- Name: verified readers_see_their_customers; Type: POLICY; Schema: telephony; Owner: -
--

CREATE POLICY readers_see_their_customers ON telephony.verified FOR SELECT TO kk_reader, kk_finance, kk_helpdesk USING ((customer_id = ANY (ARRAY( SELECT visible_customers.customer_id
   FROM customer.visible_customers))));


--
-- Name: shown; Type: ROW SECURITY; Schema: telephony; Owner: -
--

ALTER TABLE telephony.shown ENABLE ROW LEVEL SECURITY;

--
-- Name: shown_versions; Type: ROW SECURITY; Schema: telephony; Owner: -
--

ALTER TABLE telephony.shown_versions ENABLE ROW LEVEL SECURITY;

--
-- Name: verified; Type: ROW SECURITY; Schema: telephony; Owner: -
--

ALTER TABLE telephony.verified ENABLE ROW LEVEL SECURITY;

--
-- PostgreSQL database dump complete
--

\unrestrict golden

