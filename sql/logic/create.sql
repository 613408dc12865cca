-- Creates the logic schemas, in order of dependency.

create schema intake;
comment on schema intake is 'How loads, rosters, rules and read-backs are taken in.';
create schema absence;
comment on schema absence is
'From bookings to wanted absences, and how these differ from what stands.';
create schema privacy;
comment on schema privacy is 'What is held about a person, what for, and how it is erased.';
create schema watch;
comment on schema watch is 'Rows only where somebody should look.';
create schema billing;
comment on schema billing is 'From days with the service to invoices, and how they come about.';

\ir intake/instant_of.sql
\ir intake/whole_seconds.sql
\ir intake/plain_text.sql
\ir intake/series_of.sql
\ir intake/literal.sql
\ir intake/pattern_of.sql
\ir intake/near_patterns_of.sql
\ir intake/grammars_of.sql
\ir intake/codes_of.sql
\ir intake/touch.sql
\ir intake/load_afresh.sql
\ir intake/extractions.sql
\ir intake/extractions_of.sql
\ir intake/minimised.sql
\ir intake/differing.sql
\ir intake/calendars_in_use.sql
\ir intake/take_in_cursors.sql
\ir intake/take_in_resources.sql
\ir intake/take_in_progress.sql
\ir intake/take_in.sql
\ir intake/groups_to_read.sql
\ir intake/group_matches.sql
\ir intake/services_by_group.sql
\ir intake/settle_groups.sql
\ir intake/name_groups.sql
\ir intake/take_in_groups.sql
\ir intake/take_in_customer.sql
\ir intake/database_mark.sql
\ir intake/begin_epoch.sql
\ir intake/take_fence.sql
\ir intake/take_in_rule_rows.sql
\ir intake/take_in_rule_set.sql
\ir intake/judged_settings.sql
\ir intake/setting_changes.sql
\ir intake/take_in_calendars.sql
\ir intake/take_in_roster.sql
\ir intake/take_in_preferences.sql
\ir intake/placed_version.sql
\ir intake/shown_version.sql
\ir intake/find_hand_edits.sql
\ir intake/adopt_shown.sql
\ir intake/adopt_restored.sql
\ir intake/take_in_shown.sql
\ir intake/end_changes.sql
\ir intake/settle_unknown.sql
\ir intake/record_load_failures.sql
\ir intake/touch_horizon.sql
\ir intake/touch_boundaries.sql
\ir intake/record_outage.sql
\ir intake/end_outage.sql
\ir intake/take_in_capabilities.sql
\ir intake/reassert_unknown.sql
\ir intake/converge.sql
\ir intake/record_outcomes.sql
\ir intake/hold_back.sql
\ir intake/touch_planned.sql
\ir intake/end_unsent.sql
\ir intake/end_run.sql
\ir intake/end_pass.sql
\ir intake/adopt_bookings.sql
\ir intake/audit_tables.sql
\ir intake/audit_months.sql
\ir intake/open_months.sql
\ir intake/retentions.sql
\ir intake/close_months.sql
\ir intake/bookings_at.sql
\ir intake/sharing_codes.sql
\ir intake/cast_shadow_of_users.sql
\ir intake/cast_shadow.sql

\ir absence/told_reason.sql
\ir absence/told_side.sql
\ir absence/reasons.sql
\ir absence/participants.sql
\ir intake/calendars_to_load.sql
\ir intake/open_load.sql
\ir intake/count_load.sql
\ir intake/end_load.sql
\ir absence/phones.sql
\ir absence/known_extensions.sql
\ir absence/claims.sql
\ir absence/stretches.sql
\ir absence/spells.sql
\ir absence/together.sql
\ir absence/ranked.sql
\ir absence/decided.sql
\ir absence/suppressed.sql
\ir absence/explained.sql
\ir absence/has_office_hours.sql
\ir absence/is_among.sql
\ir absence/leaves_of.sql
\ir absence/desired.sql
\ir absence/desired_of.sql
\ir absence/user_ranges.sql
\ir absence/desired_within.sql
\ir intake/place_desired.sql
\ir absence/closed_time_within.sql
\ir absence/coded_meetings.sql
\ir absence/standing_holds.sql
\ir absence/fitted_within.sql
\ir absence/rendered_within.sql
\ir absence/standing.sql
\ir absence/is_due.sql
\ir absence/differences_within.sql
\ir absence/drift_within.sql
\ir intake/record_drift.sql
\ir intake/place_again.sql
\ir absence/outcomes_within.sql
\ir absence/withdrawal_causes.sql
\ir absence/wanted_at.sql
\ir absence/placed_at.sql
\ir absence/shown_at.sql
\ir absence/state_at.sql
\ir absence/guarded_day.sql
\ir absence/unsettled_users.sql
\ir absence/withheld_within.sql
\ir absence/accountable.sql
\ir absence/open_changes.sql
\ir absence/run_changes.sql
\ir absence/sharing_extensions.sql
\ir absence/weighed.sql
\ir absence/weighed_within.sql
\ir absence/accounted.sql
\ir absence/judged_within.sql
\ir absence/former_accounts_within.sql
\ir absence/accounts_within.sql
\ir absence/account_counts.sql
\ir absence/balance_within.sql
\ir absence/unbalanced_users.sql
\ir intake/record_balance.sql
\ir intake/forget_versions.sql
\ir intake/forget.sql
\ir intake/keep_accounts.sql
\ir intake/prune.sql
\ir absence/unloaded_users.sql
\ir absence/on_phones.sql
\ir absence/presence_within.sql
\ir absence/planned_changes.sql

\ir privacy/purposes.sql
\ir privacy/places.sql
\ir privacy/kept.sql
\ir privacy/condition_of.sql
\ir privacy/empty_of.sql
\ir privacy/persons.sql
\ir privacy/held_about.sql
\ir privacy/export_of.sql
\ir privacy/erasure_of.sql
\ir privacy/obstacles.sql
\ir privacy/erased.sql
\ir privacy/without_changes_of.sql
\ir privacy/erase_fingerprints.sql
\ir privacy/erase.sql

\ir watch/as_of.sql
\ir watch/changes.sql
\ir watch/explained.sql
\ir watch/on_phones.sql
\ir watch/near_misses.sql
\ir watch/rule_sets.sql
\ir watch/quarantine.sql
\ir watch/skipped_runs.sql
\ir watch/outages.sql
\ir watch/restored.sql
\ir watch/unbalanced.sql
\ir watch/drift.sql
\ir watch/failed_calendars.sql
\ir watch/sources.sql
\ir watch/failed_groups.sql
\ir watch/group_members_without_user.sql
\ir watch/load_failures.sql
\ir watch/audit_sizes.sql
\ir watch/stale_users.sql
\ir watch/stuck_loads.sql
\ir watch/failed_changes.sql
\ir watch/unknown_changes.sql
\ir watch/open_runs.sql
\ir watch/refused_plans.sql
\ir watch/clock_skew.sql
\ir watch/missed_runs.sql
\ir watch/near_full_months.sql
\ir watch/service_levels.sql
\ir watch/alarms.sql
\ir watch/metrics.sql

\ir billing/month_of.sql
\ir billing/month_start.sql
\ir billing/rounded.sql
\ir billing/hash.sql
\ir billing/setup_evidence.sql
\ir billing/month_evidence.sql
\ir billing/contracts_known.sql
\ir billing/contracts.sql
\ir billing/months_known.sql
\ir billing/user_days_known.sql
\ir billing/user_months_known.sql
\ir billing/month_counts_known.sql
\ir billing/lines_known.sql
\ir billing/line_evidence.sql
\ir billing/draft_lines.sql
\ir billing/draft_invoice_lines.sql
\ir billing/drafts.sql
\ir billing/invoice_lines.sql
\ir billing/invoices.sql
\ir billing/user_months.sql
\ir billing/unlike_lines_of.sql
\ir billing/unlike_lines.sql
\ir billing/enabled_within.sql
\ir billing/verified_within.sql
\ir billing/absent_within.sql
\ir billing/users_within.sql
\ir billing/count_user_days.sql
\ir billing/correct_user_days.sql
\ir billing/close_invoices.sql
\ir billing/take_in_contract.sql

-- What runs as the owner is for the jobs alone.
do $$
declare
    mighty regprocedure;
begin
    for mighty in
        select oid from pg_proc
        where
            pronamespace in ('intake'::regnamespace, 'billing'::regnamespace)
            and prosecdef
    loop
        execute format('revoke execute on function %s from public', mighty);
        execute format('grant execute on function %s to kk_job', mighty);
    end loop;
end
$$;

grant usage on schema intake, absence, privacy, watch to kk_job;
grant select on all tables in schema intake, absence, privacy, watch to kk_job;
grant usage on schema watch to kk_reader;
grant select on all tables in schema watch to kk_reader;
grant usage on schema watch to kk_helpdesk;
grant select on
watch.changes,
watch.drift,
watch.explained,
watch.failed_calendars,
watch.near_misses,
watch.on_phones,
watch.outages,
watch.quarantine to kk_helpdesk;
grant usage on schema billing to kk_job, kk_finance;
grant select on all tables in schema billing to kk_job;
grant select on
billing.contracts,
billing.invoice_lines,
billing.invoices,
billing.unlike_lines,
billing.user_months to kk_finance;
