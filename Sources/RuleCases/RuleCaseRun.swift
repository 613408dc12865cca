import AbsenceModel
public import AbsenceStore

/// A rule case held against a real database, in a transaction that is taken back.
public struct RuleCaseRun: Sendable {
    public let ruleCase: RuleCase
    /// What came otherwise than expected; none where the case passes.
    public let differences: [RuleCaseDifference]

    public init(_ ruleCase: RuleCase, in store: AbsenceStore) throws {
        let result = try store.trial(
            of: ruleCase.system,
            rules: ruleCase.rules,
            users: ruleCase.users.map {
                TrialUser(
                    id: $0.id,
                    timeZone: $0.timeZone,
                    hasCalendar: $0.hasCalendar,
                    hasDiversion: $0.hasDiversion,
                    preferences: $0.preferences
                )
            },
            bookings: ruleCase.bookings,
            at: ruleCase.now
        )
        self.ruleCase = ruleCase
        differences =
            RuleCaseComparison(
                of: ruleCase,
                with: result.absences.map { user, absence, bookings in
                    ActualAbsence(
                        user: user,
                        reason: absence.reason,
                        kind: absence.kind,
                        start: absence.startsAt,
                        end: absence.endsAt,
                        bookings: bookings,
                        text: absence.shownText,
                        backAt: absence.backAt,
                        announcedReason: absence.announcedReason,
                        target: absence.target
                    )
                },
                skipped: result.skipped
            ).differences
    }
}
