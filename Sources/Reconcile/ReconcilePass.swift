import AbsenceModel
public import AbsenceStore
public import Foundation
public import Telephony

/// One pass from what the calendars say to what the phones show: steps 7 to 10.
///
/// A pass observes what is unknown, reads the differences, writes down its plan with what the
/// limits hold back, carries it out in batches of whole users, and writes down what came of
/// each. It acts on the state that it finds and on nothing it remembers: a pass that died
/// half-way is mended by the next.
public struct ReconcilePass<Exchange: TelephonyExchange> {
    public var store: AbsenceStore
    public var exchange: Exchange
    /// Tells the time: the only clock below the command.
    public var now: () -> Date
    /// Mints the key of a new absence.
    public var mintKey: () -> UUID
    public var report: (PassEvent) -> Void
    /// How long an approval counts, in seconds.
    public var approvalLifetime: TimeInterval = 24 * 3600

    public init(
        store: AbsenceStore,
        exchange: Exchange,
        now: @escaping () -> Date,
        mintKey: @escaping () -> UUID = { UUID() },
        report: @escaping (PassEvent) -> Void = { _ in }
    ) {
        self.store = store
        self.exchange = exchange
        self.now = now
        self.mintKey = mintKey
        self.report = report
    }

    /// Brings the phones to what is wanted now, or only says how.
    ///
    /// - Parameters:
    ///   - scope: everybody, or those marked as touched.
    ///   - approval: the digest of a refusal that a person read, and who it is.
    /// - Throws: where the database fails or a newer run took the work. Failures of the
    ///   telephone side are told in the report.
    public func run(
        _ lease: Lease,
        mode: RunMode,
        scope: RunScope,
        approval: Approval? = nil
    ) async throws -> RunReport {
        let capabilities = try await store.getToKnow(exchange, lease: lease, at: now())
        let unobserved = try await settleUnknown(lease, mode: mode, capabilities: capabilities)
        let asOf = now()
        if mode != .dryRun { try store.touchByTime(lease, asOf: asOf) }
        var selection = try Selection(
            store: store,
            customer: lease.customer,
            scope: scope,
            without: unobserved
        )
        guard !selection.isNobody else {
            let nothing = Plan(for: [], asOf: asOf, mintKey: mintKey)
            var result = RunReport(customer: lease.customer, plan: nothing)
            result.unobservedUserCount = unobserved.count
            result.unloadedUserCount = selection.unloaded.count
            if mode == .apply { try end(lease, result, selection: selection, left: []) }
            return result
        }

        let run: PlannedRun
        var result: RunReport
        (run, result) = try plan(
            lease,
            mode: mode,
            selection: &selection,
            asOf: asOf,
            approval: approval
        )
        result.unobservedUserCount = unobserved.count
        result.unloadedUserCount = selection.unloaded.count
        report(
            .planned(
                changes: result.counts.changes,
                held: result.counts.held,
                users: result.counts.users
            )
        )
        if let refusal = result.plan.refusal {
            report(.refused(refusal.description, digest: result.digest ?? ""))
        }
        guard mode == .apply else { return result }

        let carrier = Carrier(
            store: store,
            exchange: exchange,
            capabilities: capabilities,
            now: now,
            report: report
        )
        let untold = try await carrier.tellOfPeople(among: selection.marks.idle, lease: lease)
        result.untoldUserCount = untold.count
        let carried = try await carrier.carryOut(run, result, marks: selection.marks)
        result.outcomes = carried.outcomes
        result.outcomeCounts = carried.counts
        let waiting = untold.union(result.plan.refusal?.users ?? [])
        try store.converge(selection.marks.idle.filter { !waiting.contains($0.user) }, of: lease)
        try store.endRun(
            lease,
            startedAt: asOf,
            done: result.doneCount,
            failed: result.failedCount,
            at: now()
        )
        try end(
            lease,
            result,
            selection: selection,
            left: waiting.union(selection.left).union(carried.unconverged)
        )
        // Last: where it fails, the pass has come to its end all the same.
        let isBalanced = try store.recordBalance(
            of: selection.users,
            lease: lease,
            asOf: asOf,
            at: now()
        )
        if !isBalanced { report(.unbalanced(run: lease.fence)) }
        return result
    }

    /// Writes down that the pass came to its end, and whom it found or made as they should be.
    ///
    /// - Parameter left: of whom something is left to do.
    private func end(
        _ lease: Lease,
        _ result: RunReport,
        selection: Selection,
        left: Set<UserID>
    ) throws {
        try store.endPass(
            PassEnd(
                scope: selection.scope,
                asOf: result.plan.asOf,
                users: selection.users,
                left: left,
                outcomeCounts: result.outcomeCounts
            ),
            of: lease,
            at: now()
        )
    }

    /// Observes what is unknown. A dry run leaves that to the next pass, for it changes nothing.
    ///
    /// - Returns: whom the telephone side could not be asked about: nothing is planned for them.
    private func settleUnknown(
        _ lease: Lease,
        mode: RunMode,
        capabilities: ExchangeCapabilities
    ) async throws -> Set<UserID> {
        var failure: (any Error)?
        if mode != .dryRun {
            let pass = ReadBackPass(store: store, exchange: exchange, now: now, report: report)
            _ = try await pass.adoptRestored(lease, capabilities: capabilities)
            do {
                try await pass.settleUnknown(lease, capabilities: capabilities)
            } catch let error as StoreError {
                throw error
            } catch {
                failure = error
            }
        }
        let unobserved = Set(try store.unsettledUsers(of: lease.customer).map(\.user))
        if let failure {
            guard !unobserved.isEmpty else { throw failure }
            report(.readBackFailed("\(failure)"))
        }
        return unobserved
    }

    /// Reads the differences and writes the plan down, in one view of the database.
    private func plan(
        _ lease: Lease,
        mode: RunMode,
        selection: inout Selection,
        asOf: Date,
        approval: Approval?
    ) throws -> (PlannedRun, RunReport) {
        let customer = lease.customer
        return try store.planning(lease) {
            let limits = try store.limits(of: customer)
            var approved = try store.approvedChanges(of: customer, asOf: asOf)
            if let approval {
                approved.formUnion(try approve(approval, of: customer, mode: mode, at: asOf))
            }
            let run = PlannedRun(
                lease,
                mode: mode,
                scope: selection.scope,
                asOf: asOf,
                approved: approved
            )
            let (users, left) = (selection.users, selection.left)
            let planned = try Planner(store: store, run: run, mintKey: mintKey).plan(
                marks: &selection.marks,
                guards: PlanGuard(limits, approved: approved, asOf: asOf),
                explain: { try store.explainWithdrawals(in: &$0, of: customer) },
                differences: { body in
                    try store.differences(of: customer, users: users, asOf: asOf) { part in
                        try body(left.isEmpty ? part : part.filter { !left.contains($0.user) })
                    }
                }
            )
            return (run, planned.report(of: run))
        }
    }

    /// Lets the changes through that a person read as refused, and says which these are.
    ///
    /// What is approved is what stood there when it was read: meanwhile some of it may have
    /// ended, and what has come since is judged as ever (design principle 6).
    private func approve(
        _ approval: Approval,
        of customer: Customer,
        mode: RunMode,
        at instant: Date
    ) throws -> [String] {
        let refused = try store.refusedChanges(
            approval.digest,
            of: customer,
            since: instant.addingTimeInterval(-approvalLifetime)
        )
        guard let refused, approval.digest.count >= 8 else {
            throw ApprovalMismatch(given: approval.digest)
        }
        if mode != .dryRun {
            try store.approve(
                refused.changes,
                digest: refused.digest,
                of: customer,
                by: approval.by,
                at: instant,
                until: instant.addingTimeInterval(approvalLifetime)
            )
        }
        return refused.changes
    }
}

/// A refusal that a person read and lets through.
public struct Approval: Hashable, Sendable {
    /// The digest of the refused changes, or its first eight digits or more.
    public var digest: String
    public var by: String

    public init(digest: String, by: String) {
        self.digest = digest
        self.by = by
    }
}

/// An approval of changes that no run of the last day refused.
public struct ApprovalMismatch: Error, Hashable, Sendable, CustomStringConvertible {
    public var given: String

    public var description: String {
        "no refusal of the last day has the digest \(given);"
            + " print the plan again and name the digest that it ends with"
    }
}
