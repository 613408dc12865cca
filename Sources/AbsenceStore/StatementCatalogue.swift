import Postgres

/// Every statement that the store sends, so that a database can be asked whether it fits.
enum StatementCatalogue {
    static let statements: [any Statement.Type] = [
        AbsencesAhead.self, ActiveCustomers.self, ActiveUserCount.self, AdoptBookings.self,
        AdoptUnread.self, Alarms.self, Approvals.self, BackendPID.self, BeginEpoch.self,
        CalendarsToLoad.self, CastShadow.self, ChangesAt.self, CloseInvoices.self,
        ClosedTimeWithin.self, CodedMeetings.self, CompareWatchWith.self, Contracts.self,
        Converge.self, CorrectUserDays.self, CountAccounts.self, CountLoad.self, CountUserDays.self,
        Cursors.self, CustomerByKey.self, DaysAhead.self, DesiredWithin.self, Differences.self,
        Digest.self, Drifts.self, EndLoad.self, EndPass.self, EndRun.self, EndTurn.self,
        EndUnsent.self, EpochsToAdopt.self, Erase.self, ErasedAt.self, ErasureObstacles.self,
        ErasureOf.self, ExportOf.self, ExportedSnapshot.self, ForgetPublishedPresence.self,
        GroupsToRead.self, GuardedDayOfCustomer.self, HeldFence.self, HoldBack.self,
        InvoiceLines.self, Invoices.self, JudgedSettings.self, KeptTables.self,
        KnownExtensions.self, KnownResources.self, LimitsOfCustomer.self, LineEvidence.self,
        Metrics.self, MissingSchemas.self, NewestFence.self, NewestRefusal.self, NewestTurns.self,
        NextFence.self, OpenChanges.self, OpenLoad.self, OpenRun.self, OutcomesWithin.self,
        PhonesOfUsers.self, PlaceAgain.self, PlaceDesired.self, PlacedAbsences.self, Prune.self,
        PublishedPresences.self, PutApproval.self, PutHost.self, PutPublishedPresence.self,
        PutReadBack.self, PutRefusal.self, PutSkippedRun.self, ReasonLabels.self,
        ReasonsInForce.self, ReassertUnknown.self, RecordBalance.self, RecordDrift.self,
        RecordLoadFailures.self, RecordOutage.self, RecordOutcomes.self, RefusedChanges.self,
        RuleSetSettings.self, RuleSetVersions.self, RunChanges.self, ServerTime.self,
        SettingChanges.self, SettleUnknown.self, SharingExtensions.self, StandingHolds.self,
        StateAt.self, Suppressions.self, TakeFence.self, TakeIn.self, TakeInCapabilities.self,
        TakeInContract.self, TakeInCustomer.self, TakeInGroups.self, TakeInPreferences.self,
        TakeInRoster.self, TakeInRuleSet.self, TakeInShown.self, Touch.self, TouchBoundaries.self,
        TouchHorizon.self, TouchPlanned.self, TouchedUsers.self, UnlikeLines.self,
        UnloadedUsers.self, UnsettledUsers.self, UserByKey.self, UserMonths.self, UserRanges.self,
        WantedPresence.self, WithdrawalCauses.self, WithheldAt.self,
    ]

    static let copyTargets: [any CopyTarget.Type] = [
        LoadFailures.self, PlannedChanges.self, StagedBookings.self, StagedCoverage.self,
        StagedCursors.self, StagedGroupAnswers.self, StagedGroupMembers.self, StagedQuarantine.self,
        StagedResources.self, StagedRoster.self,
        StagedShown.self,
    ]
}

extension AbsenceStore {
    /// What keeps the database from serving this program, in a sentence; nil where it fits.
    ///
    /// Beside the schemas, every statement is prepared, and its columns are compared with what
    /// the program reads: a version number could only promise as much.
    public func schemaProblem() throws -> String? {
        let missing = try connection.run(MissingSchemas())
        guard missing.isEmpty else {
            return "the database lacks \(missing.joined(separator: ", ")); run jobs/deploy-schema"
        }
        for statement in StatementCatalogue.statements {
            guard try fits(statement) else {
                return "the schema does not fit this program (\(statement));"
                    + " run jobs/deploy-schema of the same version"
            }
        }
        return nil
    }

    private func fits(_ statement: any Statement.Type) throws -> Bool {
        do {
            return try connection.describe(statement.sql) == statement.columns
        } catch {
            guard error.isUndefinedObject else { throw error }
            return false
        }
    }
}
