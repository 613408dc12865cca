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
    public func touchedUsers(of customer: Customer) throws -> TouchMarks {
        var marks = TouchMarks()
        try connection.transaction {
            try connection.run(TouchedUsers(customer: customer.id), inPartsOf: 5000) {
                marks.append($0)
            }
        }
        return marks
    }

    public func activeUserCount(of customer: Customer) throws -> Int {
        try connection.run(ActiveUserCount(customer: customer.id)).first ?? 0
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
    public func converge(_ marks: some Sequence<TouchMark>, of lease: Lease) throws {
        var part: [TouchMark] = []
        func take() throws {
            guard !part.isEmpty else { return }
            try transaction(holding: lease) { try converge(part, of: lease.customer) }
            part.removeAll(keepingCapacity: true)
        }
        for mark in marks {
            part.append(mark)
            if part.count == 10_000 { try take() }
        }
        try take()
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

    /// Whether anything of ours stands and has not ended.
    public func hasPlaced(of customer: Customer, asOf instant: Date) throws -> Bool {
        try !connection.run(PlacedAbsences(customer: customer.id, asOf: instant)).isEmpty
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
