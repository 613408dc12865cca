-- privacy.purposes: what every table of the state is kept for, how a person is found in it, and
-- what becomes of the person's rows when the person is erased.
--
-- One row per table; one that is missing fails sql/tests/privacy/purposes.sql. `found_by` is
-- user (the columns customer_id and user_id), mail (of a member), phone (of an extension), transit
-- (rows live for one transaction) or nothing, where no row is about a person. `erasure` is deleted,
-- emptied (the columns of `emptied` lose what they hold), renamed (the person becomes a pseudonym)
-- or kept, where a row tells nothing but counts once the person is a pseudonym.

create view privacy.purposes as
select
    purposes.table_name,
    purposes.purpose,
    purposes.found_by,
    purposes.erasure,
    coalesce(purposes.emptied, '{}') as emptied
from (
    values
    -- Who takes part.
    ('roster.users', 'roster', 'user', 'renamed', null::text[]),
    ('roster.user_versions', 'versions', 'user', 'deleted', null),
    ('roster.calendars', 'roster', 'user', 'deleted', null),
    ('roster.calendar_versions', 'versions', 'user', 'deleted', null),
    ('roster.preferences', 'roster', 'user', 'deleted', null),
    ('roster.preference_versions', 'versions', 'user', 'deleted', null),
    ('roster.show_as_preferences', 'roster', 'user', 'deleted', null),
    ('roster.announced_reasons', 'roster', 'user', 'deleted', null),
    ('roster.targets', 'roster', 'user', 'deleted', null),
    ('roster.groups', 'roster', 'nothing', 'kept', null),
    ('roster.group_members', 'roster', 'mail', 'deleted', null),
    ('roster.memberships', 'roster', 'user', 'deleted', null),
    -- What calendars say.
    ('calendar.bookings', 'placing', 'user', 'deleted', null),
    ('calendar.booking_versions', 'versions', 'user', 'deleted', null),
    ('calendar.resources', 'placing', 'user', 'deleted', null),
    ('calendar.cursors', 'placing', 'user', 'deleted', null),
    ('calendar.quarantine', 'placing', 'user', 'deleted', null),
    ('calendar.touched', 'placing', 'user', 'deleted', null),
    ('calendar.taken_in', 'placing', 'user', 'deleted', null),
    -- What telephones show.
    ('telephony.placed', 'placing', 'user', 'deleted', null),
    ('telephony.shown', 'placing', 'user', 'deleted', null),
    ('telephony.placed_versions', 'versions', 'user', 'deleted', null),
    ('telephony.shown_versions', 'versions', 'user', 'deleted', null),
    ('telephony.holds', 'placing', 'user', 'deleted', null),
    ('telephony.published', 'placing', 'user', 'deleted', null),
    ('telephony.exchanges', 'placing', 'nothing', 'kept', null),
    ('telephony.verified', 'placing', 'user', 'deleted', null),
    ('switchboard.extensions', 'placing', 'phone', 'deleted', null),
    ('switchboard.absences', 'placing', 'phone', 'deleted', null),
    ('switchboard.settings', 'settings', 'nothing', 'kept', null),
    ('switchboard.feature_reasons', 'settings', 'nothing', 'kept', null),
    ('switchboard.fences', 'placing', 'nothing', 'kept', null),
    -- What a load brings.
    ('staging.bookings', 'placing', 'transit', 'kept', null),
    ('staging.coverage', 'placing', 'transit', 'kept', null),
    ('staging.resources', 'placing', 'transit', 'kept', null),
    ('staging.quarantine', 'placing', 'transit', 'kept', null),
    ('staging.cursors', 'placing', 'transit', 'kept', null),
    ('staging.roster', 'placing', 'transit', 'kept', null),
    ('staging.shown', 'placing', 'transit', 'kept', null),
    ('staging.group_answers', 'placing', 'transit', 'kept', null),
    ('staging.group_members', 'placing', 'transit', 'kept', null),
    -- What was done, and by whom.
    (
        'audit.changes', 'audit', 'user', 'emptied',
        array['before', 'after', 'booking_keys', 'booking_marks', 'failure']
    ),
    ('audit.load_failures', 'audit', 'user', 'deleted', null),
    ('audit.drifts', 'audit', 'user', 'deleted', null),
    ('audit.group_changes', 'audit', 'user', 'deleted', null),
    ('audit.erasures', 'audit', 'user', 'kept', null),
    ('audit.loads', 'audit', 'nothing', 'kept', null),
    ('audit.forgotten_versions', 'audit', 'nothing', 'kept', null),
    ('audit.balances', 'audit', 'nothing', 'kept', null),
    ('audit.read_backs', 'audit', 'nothing', 'kept', null),
    ('audit.runs', 'audit', 'nothing', 'kept', null),
    ('audit.approvals', 'audit', 'nothing', 'kept', null),
    ('audit.refusals', 'audit', 'nothing', 'kept', null),
    ('audit.skipped_runs', 'audit', 'nothing', 'kept', null),
    ('audit.rosters', 'audit', 'nothing', 'kept', null),
    ('audit.group_reads', 'audit', 'nothing', 'kept', null),
    ('audit.outages', 'audit', 'nothing', 'kept', null),
    ('audit.drift_checks', 'audit', 'nothing', 'kept', null),
    -- What is billed. The number of a user tells nothing once the person is erased.
    ('ledger.user_days', 'billing', 'user', 'kept', null),
    ('ledger.corrections', 'billing', 'user', 'emptied', array['because']),
    ('ledger.counted_days', 'billing', 'nothing', 'kept', null),
    ('ledger.contracts', 'billing', 'nothing', 'kept', null),
    ('ledger.invoices', 'billing', 'nothing', 'kept', null),
    ('ledger.invoice_lines', 'billing', 'nothing', 'kept', null),
    ('ledger.price_lists', 'billing', 'nothing', 'kept', null),
    -- What the customer chose.
    ('customer.customers', 'settings', 'nothing', 'kept', null),
    ('customer.keys', 'settings', 'nothing', 'kept', null),
    ('customer.readers', 'settings', 'nothing', 'kept', null),
    ('customer.work', 'settings', 'nothing', 'kept', null),
    ('customer.turns', 'settings', 'nothing', 'kept', null),
    ('customer.passes', 'settings', 'nothing', 'kept', null),
    ('customer.outcome_counts', 'settings', 'nothing', 'kept', null),
    ('customer.hosts', 'settings', 'nothing', 'kept', null),
    ('customer.epochs', 'settings', 'nothing', 'kept', null),
    ('customer.limits', 'settings', 'nothing', 'kept', null),
    ('customer.retentions', 'settings', 'nothing', 'kept', null),
    ('customer.customer_versions', 'versions', 'nothing', 'kept', null),
    ('customer.rule_sets', 'versions', 'nothing', 'kept', null),
    ('customer.show_as_rules', 'versions', 'nothing', 'kept', null),
    ('customer.office_hours', 'versions', 'nothing', 'kept', null),
    ('customer.holidays', 'versions', 'nothing', 'kept', null),
    ('customer.announced_reasons', 'versions', 'nothing', 'kept', null),
    ('customer.reasons', 'versions', 'nothing', 'kept', null),
    ('customer.grammars', 'versions', 'nothing', 'kept', null),
    ('customer.codes', 'versions', 'nothing', 'kept', null),
    ('customer.code_signs', 'versions', 'nothing', 'kept', null),
    ('customer.templates', 'settings', 'nothing', 'kept', null),
    ('customer.template_reasons', 'settings', 'nothing', 'kept', null)
) as purposes (table_name, purpose, found_by, erasure, emptied);
