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

    /// - Returns: what came of each change; where that is unknown, the next pass observes it
    ///   before anything else.
    func carryOut(
        _ plan: Plan,
        marks: [TouchMark],
        lease: Lease
    ) async throws -> [UUID: ChangeOutcome] {
        let changes = plan.changes
        let batches = try batches(of: changes).map { changes in
            ChangeBatch(
                fence: lease.fence,
                at: now(),
                phones: try phones(of: Set(changes.map(\.user)), customer: lease.customer),
                changes: changes
            )
        }
        var outcomes: [UUID: ChangeOutcome] = [:]
        try await exchange.carryOut(batches) { batch, result in
            let answer: [UUID: ChangeOutcome]
            switch result {
            case .success(let told): answer = told
            case .failure(let error): answer = try self.answer(to: batch, of: error, lease)
            }
            let told = try writeDown(
                answer,
                of: batch,
                plannedAt: plan.asOf,
                marks: marks,
                lease: lease
            )
            outcomes.merge(told) { _, last in last }
        }
        let unsent = changes.filter { outcomes[$0.key] == nil }
        if !unsent.isEmpty {
            try store.record(
                unsent.map { RecordedOutcome(of: $0, "not_carried_out") },
                plannedAt: plan.asOf,
                converged: [],
                of: lease,
                at: now()
            )
        }
        for change in unsent { outcomes[change.key] = .refused("not sent") }
        if capabilities.isReadable {
            try await lookAtConflicts(in: changes, outcomes: outcomes, lease: lease)
        }
        return outcomes
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
        plannedAt: Date,
        marks: [TouchMark],
        lease: Lease
    ) throws -> [UUID: ChangeOutcome] {
        let outcomes = Dictionary(
            batch.changes.map { ($0.key, answer[$0.key] ?? .unknown) },
            uniquingKeysWith: { first, _ in first }
        )
        let users = Set(batch.changes.map(\.user))
        let unconverged = Set(
            batch.changes.filter { outcomes[$0.key]?.isConverged != true }.map(\.user)
        )
        try store.record(
            batch.changes.compactMap { change in
                outcomes[change.key].flatMap { $0.recorded(of: change) }
            },
            plannedAt: plannedAt,
            converged: marks.filter {
                users.contains($0.user) && !unconverged.contains($0.user)
            },
            of: lease,
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
        among marks: [TouchMark],
        beside changes: [Change],
        lease: Lease
    ) async throws -> Set<UserID> {
        let users = Set(
            marks.filter { ["roster", "preferences"].contains($0.cause) }.map(\.user)
        )
        .subtracting(changes.map(\.user))
        let phones = try phones(of: users, customer: lease.customer)
        guard !phones.isEmpty else { return [] }
        do {
            for start in stride(from: 0, to: phones.count, by: capabilities.batchSize) {
                let part = phones[start...].prefix(capabilities.batchSize)
                _ = try await exchange.apply(
                    ChangeBatch(fence: lease.fence, at: now(), phones: Array(part), changes: [])
                )
            }
            return []
        } catch let error as ExchangeError where error.code == .fenced {
            throw try store.restored(lease: lease, at: now())
        } catch {
            report(.exchangeFailed("\(error)"))
            return users
        }
    }

    /// A conflict says that a person was there: look what they did.
    private func lookAtConflicts(
        in changes: [Change],
        outcomes: [UUID: ChangeOutcome],
        lease: Lease
    ) async throws {
        let users = Set(changes.filter { outcomes[$0.key] == .conflict }.map(\.user))
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

    /// Batches of whole users, in order. Users between whom an extension goes over come first, in
    /// one batch, so that it is free when it is taken.
    private func batches(of changes: [Change]) -> [[Change]] {
        let linked = Self.sharingExtensions(in: changes)
        var batches = [changes.filter { linked.contains($0.user) }].filter { !$0.isEmpty }
        for change in changes where !linked.contains(change.user) {
            if let last = batches.last,
                last.last?.user == change.user
                    || last.count < capabilities.batchSize
            {
                batches[batches.count - 1].append(change)
            } else {
                batches.append([change])
            }
        }
        return batches
    }

    /// Users whose changes name an extension that another user's changes name as well.
    private static func sharingExtensions(in changes: [Change]) -> Set<UserID> {
        var users: [String: Set<UserID>] = [:]
        for change in changes {
            for phone in [change.before?.phone, change.after?.phone].compactMap(\.self) {
                users[phone, default: []].insert(change.user)
            }
        }
        return users.values.filter { $0.count > 1 }.reduce(into: []) { $0.formUnion($1) }
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
