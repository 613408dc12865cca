public import AbsenceModel
public import Foundation
import Postgres

extension AbsenceStore {
    /// Marks users whom the time itself concerns: something has come within the horizon since the
    /// last pass, or begins or ends where nothing can be placed ahead.
    public func touchByTime(_ lease: Lease, asOf instant: Date) throws {
        try transaction(holding: lease) {
            _ = try connection.run(TouchHorizon(customer: lease.customer.id, asOf: instant))
            _ = try connection.run(TouchBoundaries(customer: lease.customer.id, asOf: instant))
        }
    }

    /// Who is marked as to be looked at, and by which marks.
    public func touchedUsers(of customer: Customer) throws -> [TouchMark] {
        try connection.run(TouchedUsers(customer: customer.id))
    }

    public func activeUserCount(of customer: Customer) throws -> Int {
        try connection.run(ActiveUserCount(customer: customer.id)).first ?? 0
    }

    /// How what is wanted differs from what was placed, of some users or of everybody.
    public func differences(
        of customer: Customer,
        users: [UserID]?,
        asOf instant: Date
    ) throws -> [Difference] {
        try connection.run(
            Differences(customer: customer.id, users: users, asOf: instant)
        )
    }

    public func limits(of customer: Customer) throws -> SafetyLimits {
        try connection.run(LimitsOfCustomer(customer: customer.id)).first ?? SafetyLimits()
    }

    public func guardedDay(of customer: Customer, asOf instant: Date) throws -> GuardedDay {
        try connection.run(GuardedDayOfCustomer(customer: customer.id, asOf: instant)).first
            ?? GuardedDay(standingCount: 0, userCount: 0)
    }

    /// The fingerprints of the changes that people let through, and that still counts.
    public func approvedChanges(of customer: Customer, asOf instant: Date) throws -> Set<String> {
        Set(
            try connection.run(Approvals(customer: customer.id, asOf: instant)).flatMap(\.self)
        )
    }

    /// Writes down that a person let these changes through, until `expiry`.
    public func approve(
        _ fingerprints: [String],
        digest: String,
        of customer: Customer,
        by who: String,
        at instant: Date,
        until expiry: Date
    ) throws {
        try connection.execute(
            PutApproval(
                customer: customer.id,
                digest: digest,
                changes: fingerprints,
                by: who,
                at: instant,
                expiry: expiry
            )
        )
    }

    /// The refused changes that a person read, named by their digest or its beginning.
    ///
    /// - Returns: nil where no refusal since `instant`, or more than one, has that digest.
    public func refusedChanges(
        _ digest: String,
        of customer: Customer,
        since instant: Date
    ) throws -> RefusedSet? {
        let sets = try connection.run(
            RefusedChanges(customer: customer.id, digest: digest, since: instant)
        )
        return sets.count == 1 ? sets.first : nil
    }

    /// The digest by which a person names these changes: SHA-256 of them, one a line.
    public func digest(of fingerprints: [String]) throws -> String {
        try connection.run(Digest(text: fingerprints.joined(separator: "\n"))).first ?? ""
    }

    /// Writes a run and its plan down, before anything of it is done.
    ///
    /// What the limits hold back is written again only where the refusal is another than the
    /// newest one: a pass a minute would else fill the audit with one refusal.
    ///
    /// - Parameter marks: those that the pass answers, of the users of the plan and others.
    /// - Returns: the marks that keep the users of the plan touched until it is done.
    public func record(
        _ plan: Plan,
        digest: String?,
        approved: Set<String>,
        of lease: Lease,
        mode: RunMode,
        scope: RunScope,
        answering marks: [TouchMark],
        startedAt instant: Date
    ) throws -> [TouchMark] {
        let customer = lease.customer.id
        let causedAt = Dictionary(marks.map { ($0.user, $0.since) }, uniquingKeysWith: min)
        let newest = try connection.run(NewestRefusal(customer: customer)).first
        try connection.execute(
            OpenRun(
                customer: customer,
                run: lease.fence,
                mode: mode,
                scope: scope,
                asOf: plan.asOf,
                startedAt: instant,
                endedAt: mode == .dryRun ? instant : nil,
                touchedCount: causedAt.count,
                plannedCount: plan.changes.count,
                heldCount: plan.held.count,
                refusal: plan.refusal?.description,
                digest: digest
            )
        )
        let isRepeated = digest != nil && digest == newest
        if let digest, let refusal = plan.refusal, !isRepeated {
            try connection.execute(
                PutRefusal(
                    customer: customer,
                    digest: digest,
                    changes: refusal.fingerprints,
                    at: plan.asOf
                )
            )
        }
        let held = plan.held.filter { mode == .dryRun || !(isRepeated && $0.because == "limits") }
        let planned = plan.changes.map { PlannedChange(change: $0, heldBecause: nil) }
        let rows = planned + held.map { PlannedChange(change: $0.change, heldBecause: $0.because) }
        try connection.copyIn(
            PlannedChanges(),
            rows: rows.lazy.map { row in
                PlannedChanges.Row(
                    customer: customer,
                    run: lease.fence,
                    plannedAt: instant,
                    planned: row,
                    isGuarded: row.change.takesAway(after: plan.asOf),
                    isApproved: approved.contains(row.change.fingerprint),
                    outcome: mode == .dryRun ? "not_carried_out" : nil,
                    causedAt: causedAt[row.change.user]
                )
            }
        )
        guard mode == .apply else { return [] }
        if !plan.adoptions.isEmpty {
            _ = try connection.run(
                AdoptBookings(customer: customer, adoptions: plan.adoptions, at: instant)
            )
        }
        // Whom the limits hold back the next pass looks at again, whichever pass it is.
        let refused = Set(plan.held.lazy.filter { $0.because == "limits" }.map(\.change.user))
        _ = try connection.run(
            Touch(customer: customer, users: refused.sorted(), cause: "limits", at: instant)
        )
        let users = Set(plan.changes.map(\.user))
        _ = try connection.run(
            Touch(customer: customer, users: users.sorted(), cause: "planned", at: instant)
        )
        return try touchedUsers(of: lease.customer).filter {
            $0.cause == "planned" && users.contains($0.user)
        }
    }

    /// Writes down what came of a batch of the plan of an instant, and takes the marks of whoever
    /// has converged.
    public func record(
        _ outcomes: [RecordedOutcome],
        plannedAt planned: Date,
        converged marks: [TouchMark],
        of lease: Lease,
        at instant: Date
    ) throws {
        try transaction(holding: lease) {
            _ = try connection.run(
                RecordOutcomes(
                    customer: lease.customer.id,
                    run: lease.fence,
                    plannedAt: planned,
                    outcomes: outcomes,
                    at: instant
                )
            )
            try converge(marks, of: lease.customer)
        }
    }

    /// Takes the marks of users who need nothing.
    public func converge(_ marks: [TouchMark], of lease: Lease) throws {
        guard !marks.isEmpty else { return }
        try transaction(holding: lease) { try converge(marks, of: lease.customer) }
    }

    private func converge(_ marks: [TouchMark], of customer: Customer) throws {
        guard !marks.isEmpty else { return }
        _ = try connection.run(Converge(customer: customer.id, marks: marks))
    }

    /// Writes down that a run came to its end.
    public func endRun(
        _ lease: Lease,
        startedAt start: Date,
        done: Int,
        failed: Int,
        at instant: Date
    ) throws {
        _ = try transaction(holding: lease) {
            try connection.run(
                EndRun(
                    customer: lease.customer.id,
                    run: lease.fence,
                    startedAt: start,
                    done: done,
                    failed: failed,
                    at: instant
                )
            )
        }
    }

    /// The plan with the causes of its withdrawals, as the bookings and rules stand.
    public func explainWithdrawals(in plan: inout Plan, of customer: Customer) throws {
        let withdrawn = (plan.changes + plan.held.map(\.change)).filter { $0.after == nil }
        guard !withdrawn.isEmpty else { return }
        let users = Set(withdrawn.map(\.user))
        let causes = try connection.run(
            WithdrawalCauses(
                customer: customer.id,
                asOf: plan.asOf,
                // A long list is slower than everybody.
                users: users.count > 1000 ? nil : users.sorted(),
                keys: withdrawn.map(\.key)
            )
        )
        let causeByKey = Dictionary(causes, uniquingKeysWith: { first, _ in first })
        plan.explainWithdrawals { causeByKey[$0] }
    }

    /// Extensions with their names and languages, as announcements need them.
    public func phones(of users: [UserID], customer: Customer) throws -> [PhoneOfUser] {
        try connection.run(PhonesOfUsers(customer: customer.id, users: users))
    }

    /// Everything of ours that stands and has not ended, as differences that withdraw it.
    public func placed(of customer: Customer, asOf instant: Date) throws -> [Difference] {
        try connection.run(PlacedAbsences(customer: customer.id, asOf: instant))
    }

    /// Forgets what ended before `instant`, and bookings that ended before `bookings`.
    public func prune(
        _ lease: Lease,
        before instant: Date,
        bookings: Date,
        at now: Date
    ) throws {
        _ = try transaction(holding: lease) {
            try connection.run(
                Prune(
                    customer: lease.customer.id,
                    before: instant,
                    bookingsBefore: bookings,
                    at: now
                )
            )
        }
    }
}
