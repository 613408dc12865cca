import AbsenceModel
import AbsenceStore
import Foundation
import Telephony

/// Carries a written plan out, in batches of whole users, and writes down what came of each.
struct Carrier<Exchange: TelephonyExchange> {
    var store: AbsenceStore
    var exchange: Exchange
    var capabilities: ExchangeCapabilities
    var now: () -> Date
    var report: (PassEvent) -> Void

    /// What came of a plan.
    struct Outcomes {
        /// How many changes ended how, by the words of `customer.outcome_counts`.
        var counts: [String: Int] = [:]
        /// Of each change that the report has at hand.
        var outcomes: [UUID: ChangeOutcome] = [:]
        /// Users of whom something failed, or is not known.
        var unconverged: Set<UserID> = []
        /// Users of whom something met what a person did.
        var contested: Set<UserID> = []
    }

    /// Carries out what was written down for a run, and reads it from there as it goes.
    ///
    /// - Parameter report: of the run: of the changes that it has at hand each outcome is told.
    /// - Returns: what came of the changes; where that is unknown, the next pass observes it before
    ///   anything else.
    func carryOut(
        _ run: PlannedRun,
        _ report: RunReport,
        marks: TouchMarks
    ) async throws -> Outcomes {
        var outcomes = Outcomes()
        let shown = Set(report.plan.changes.map(\.key))
        // Users between whom an extension goes over come first, in one batch, so that it is free
        // when it is taken.
        let linked =
            report.counts.updated + report.counts.withdrawn > 0
            ? try store.sharingExtensions(of: run) : []
        var isLinkedSent = linked.isEmpty
        var last: UserID?
        try await exchange.carryOut {
            let changes: [Change]
            if !isLinkedSent {
                isLinkedSent = true
                changes = try store.openChanges(of: run, count: .max, users: linked)
            } else {
                changes = try store.openChanges(
                    of: run,
                    after: last,
                    count: capabilities.batchSize,
                    without: linked
                )
                last = changes.last?.user ?? last
            }
            return changes.isEmpty ? nil : try batch(of: changes, run)
        } report: { batch, result in
            let answer: [UUID: ChangeOutcome]
            switch result {
            case .success(let told): answer = told
            case .failure(let error): answer = try self.answer(to: batch, of: error, run.lease)
            }
            let told = try writeDown(answer, of: batch, run: run, marks: marks)
            outcomes.add(told, of: batch.changes, shown: shown)
        }
        let unsent = try store.endUnsent(of: run, after: last, beside: linked, at: now())
        for (user, changes) in unsent {
            outcomes.unconverged.insert(user)
            outcomes.counts["failed", default: 0] += changes
        }
        for change in report.plan.changes where outcomes.outcomes[change.key] == nil {
            outcomes.outcomes[change.key] = .refused("not sent")
        }
        if capabilities.isReadable {
            try await lookAtConflicts(of: outcomes.contested, lease: run.lease)
        }
        return outcomes
    }

    /// A batch of whole users, each user's changes in the order in which they must happen.
    private func batch(of changes: [Change], _ run: PlannedRun) throws -> ChangeBatch {
        ChangeBatch(
            fence: run.lease.fence,
            at: now(),
            phones: try phones(of: Set(changes.map(\.user)), customer: run.lease.customer),
            changes: changes.inOrder
        )
    }

    /// What a failure says of a batch: certainly undone, or not known.
    ///
    /// - Throws: where it is no failure of the telephone side.
    private func answer(
        to batch: ChangeBatch,
        of error: any Error,
        _ lease: Lease
    ) throws -> [UUID: ChangeOutcome] {
        if error is StoreError || error is CancellationError { throw error }
        if let error = error as? ExchangeError {
            guard error.code != .fenced else {
                throw try store.restored(lease: lease, at: now())
            }
            report(.exchangeFailed(error.description))
            return Dictionary(
                batch.changes.map { ($0.key, .refused(error.description)) },
                uniquingKeysWith: { first, _ in first }
            )
        }
        report(.exchangeFailed("\(error)"))
        return [:]
    }

    /// - Returns: what came of each change of the batch; what the answer leaves out is not known.
    private func writeDown(
        _ answer: [UUID: ChangeOutcome],
        of batch: ChangeBatch,
        run: PlannedRun,
        marks: TouchMarks
    ) throws -> [UUID: ChangeOutcome] {
        let outcomes = Dictionary(
            batch.changes.map { ($0.key, answer[$0.key] ?? .unknown) },
            uniquingKeysWith: { first, _ in first }
        )
        let unconverged = Set(
            batch.changes.filter { outcomes[$0.key]?.isConverged != true }.map(\.user)
        )
        let converged = Set(batch.changes.map(\.user)).subtracting(unconverged)
        // What withdraws all makes no marks.
        let planned =
            run.mode == .apply ? converged.map { TouchMark.planned($0, at: run.asOf) } : []
        try store.record(
            batch.changes.compactMap { change in
                outcomes[change.key].flatMap { $0.recorded(of: change) }
            },
            plannedAt: run.asOf,
            converged: marks.of(converged).filter { $0.cause != "planned" } + planned,
            of: run.lease,
            at: now()
        )
        report(
            .batchCarriedOut(
                done: outcomes.values.count(where: \.isConverged),
                failed: outcomes.values.count { !$0.isConverged }
            )
        )
        return outcomes
    }

    /// Tells names and languages of users whose absences stay as they are, where the marks say
    /// that these may have changed.
    ///
    /// - Returns: whom it could not tell of, and who is to be looked at again.
    func tellOfPeople(
        among marks: some Sequence<TouchMark>,
        lease: Lease
    ) async throws -> Set<UserID> {
        let users = Set(
            marks.lazy.filter { ["roster", "preferences"].contains($0.cause) }.map(\.user)
        )
        .sorted()
        do {
            for start in stride(from: 0, to: users.count, by: capabilities.batchSize) {
                let part = Set(users[start...].prefix(capabilities.batchSize))
                let phones = try phones(of: part, customer: lease.customer)
                guard !phones.isEmpty else { continue }
                _ = try await exchange.apply(
                    ChangeBatch(fence: lease.fence, at: now(), phones: phones, changes: [])
                )
            }
            return []
        } catch let error as ExchangeError where error.code == .fenced {
            throw try store.restored(lease: lease, at: now())
        } catch {
            report(.exchangeFailed("\(error)"))
            return Set(users)
        }
    }

    /// A conflict says that a person was there: look what they did.
    private func lookAtConflicts(of users: Set<UserID>, lease: Lease) async throws {
        guard !users.isEmpty else { return }
        let readBack = ReadBackPass(store: store, exchange: exchange, now: now, report: report)
        _ = try await readBack.observe(users, lease: lease)
    }

    private func phones(of users: Set<UserID>, customer: Customer) throws -> [Phone] {
        try store.phones(of: users.sorted(), customer: customer).map {
            Phone(
                number: $0.phone,
                displayName: $0.name,
                language: $0.language,
                timeZone: $0.timeZone
            )
        }
    }
}

extension Carrier.Outcomes {
    /// Adds what came of the changes of some users.
    fileprivate mutating func add(
        _ told: [UUID: ChangeOutcome],
        of changes: [Change],
        shown: Set<UUID>
    ) {
        for change in changes {
            let outcome = told[change.key] ?? .unknown
            counts[outcome.word, default: 0] += 1
            if !outcome.isConverged { unconverged.insert(change.user) }
            if outcome == .conflict { contested.insert(change.user) }
            if shown.contains(change.key) { outcomes[change.key] = outcome }
        }
    }
}

extension ChangeOutcome {
    /// Whether the phone is as the change wants it.
    var isConverged: Bool {
        switch self {
        case .done, .unchanged: true
        case .conflict, .refused, .unknown: false
        }
    }

    /// As it is counted: `customer.outcome_counts`.
    var word: String {
        switch self {
        case .done: "done"
        case .unchanged: "unchanged"
        case .conflict: "conflict"
        case .refused: "failed"
        case .unknown: "unknown"
        }
    }

    /// As it is written down; nil where it is unknown.
    fileprivate func recorded(of change: Change) -> RecordedOutcome? {
        switch self {
        case .done(let version):
            RecordedOutcome(of: change, "done", version: version)
        case .unchanged(let version):
            RecordedOutcome(of: change, "unchanged", version: version)
        case .conflict:
            RecordedOutcome(
                of: change,
                "conflict",
                failure: "a person changed it on the telephone side"
            )
        case .refused(let reason):
            RecordedOutcome(of: change, "failed", failure: reason)
        case .unknown:
            nil
        }
    }
}
