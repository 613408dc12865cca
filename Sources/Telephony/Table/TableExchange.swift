public import AbsenceModel
public import Foundation
public import Postgres

/// The exchange `table`: the schema `switchboard` of a PostgreSQL database, which a PBX reads.
///
/// A batch is one statement in one transaction, and changes only what differs; reading back is
/// one select, whose rows come part by part.
public struct TableExchange: TelephonyExchange {
    private let customerKey: String
    private let connection: Connection
    /// How many absences are held at a time that were read back.
    private static let partSize = 2000

    /// - Parameter connection: its own, to the database that has the schema.
    public init(customerKey: String, connection: Connection) {
        self.customerKey = customerKey
        self.connection = connection
    }

    public func capabilities() async throws -> ExchangeCapabilities {
        let fences = try connection.run(SwitchboardFence(customerKey: customerKey))
        return ExchangeCapabilities(batchSize: 2500, newestFence: fences.first)
    }

    public func list(
        extensions: [String]?,
        endingAfter instant: Date,
        _ body: ([ReadBack.Entry]) throws -> Void
    ) async throws -> Bool {
        let entries = SwitchboardEntries(
            customerKey: customerKey,
            endingAfter: instant,
            extensions: extensions
        )
        try connection.transaction {
            try connection.run(entries, inPartsOf: Self.partSize, body)
        }
        return true
    }

    public func apply(_ batch: ChangeBatch) async throws -> [UUID: ChangeOutcome] {
        try begin(batch)
        return try await finish(batch)
    }

    /// One after another, but what came of one is reported while the switchboard works on the next.
    public func carryOut(
        _ next: () throws -> ChangeBatch?,
        report: (ChangeBatch, Result<[UUID: ChangeOutcome], any Error>) throws -> Void
    ) async throws {
        var untold: (batch: ChangeBatch, outcomes: [UUID: ChangeOutcome])?
        func tell() throws {
            guard let done = untold else { return }
            untold = nil
            try report(done.batch, .success(done.outcomes))
        }
        while let batch = try next() {
            guard !Task.isCancelled else {
                try tell()
                throw CancellationError()
            }
            do {
                try begin(batch)
            } catch {
                try tell()
                return try report(batch, .failure(error))
            }
            do {
                try tell()
            } catch {
                _ = try? connection.received(SwitchboardBatch.self)
                connection.rollBack()
                throw error
            }
            do {
                untold = (batch, try await finish(batch))
            } catch {
                return try report(batch, .failure(error))
            }
        }
        try tell()
    }

    /// Sends a batch, and does not wait for what comes of it.
    private func begin(_ batch: ChangeBatch) throws {
        let statement = try SwitchboardBatch(customerKey: customerKey, batch: batch)
        try connection.begin()
        do {
            try connection.send(statement)
        } catch {
            connection.rollBack()
            throw error
        }
    }

    /// Waits for what came of the batch that was sent.
    private func finish(_ batch: ChangeBatch) async throws -> [UUID: ChangeOutcome] {
        do {
            let outcomes = try received()
            let contested = batch.changes.filter { outcomes[$0.key] == .conflict }
            guard contested.isEmpty else {
                connection.rollBack()
                return try await applyOthers(in: batch, after: Contest(changes: contested))
            }
            try connection.commit()
            return outcomes
        } catch let error as PostgresError where error.sqlState == "KK001" {
            throw ExchangeError(.fenced, "a newer run writes to this switchboard")
        } catch let error as PostgresError where error.isRefusal {
            guard Set(batch.changes.map(\.user)).count > 1 else {
                let refusal = ChangeOutcome.refused("\(error)")
                return Dictionary(
                    batch.changes.map { ($0.key, refusal) },
                    uniquingKeysWith: { first, _ in first }
                )
            }
            return try await applyUserByUser(batch)
        }
    }

    private func received() throws -> [UUID: ChangeOutcome] {
        do {
            let answers = try connection.received(SwitchboardBatch.self)
            return Dictionary(answers, uniquingKeysWith: { first, _ in first })
        } catch {
            connection.rollBack()
            throw error
        }
    }

    public func prune(endedBefore instant: Date) async throws {
        try connection.execute(
            PruneSwitchboard(customerKey: customerKey, endedBefore: instant)
        )
    }

    /// Where a person was there, nothing is done that needs the place of what was expected there.
    private func applyOthers(
        in batch: ChangeBatch,
        after contest: Contest
    ) async throws -> [UUID: ChangeOutcome] {
        let waiting = contest.waiting(in: batch.changes)
        let left = Set((contest.changes + waiting).map(\.key))
        var others = batch
        others.changes.removeAll { left.contains($0.key) }
        var outcomes = others.changes.isEmpty ? [:] : try await apply(others)
        for change in contest.changes { outcomes[change.key] = .conflict }
        for change in waiting {
            outcomes[change.key] = .refused(Contest.waitingReason)
        }
        return outcomes
    }

    /// One user's refusal is no reason to leave the next user's phone wrong.
    private func applyUserByUser(_ batch: ChangeBatch) async throws -> [UUID: ChangeOutcome] {
        var outcomes: [UUID: ChangeOutcome] = [:]
        for changes in Dictionary(grouping: batch.changes, by: \.user).values {
            var part = batch
            part.changes = changes
            outcomes.merge(try await apply(part)) { _, last in last }
        }
        return outcomes
    }
}
