import AbsenceModel
public import Foundation
public import Postgres

/// The exchange `table`: the schema `switchboard` of a PostgreSQL database, which a PBX reads.
///
/// A batch is one statement in one transaction, and changes only what differs; reading back is
/// one select.
public struct TableExchange: TelephonyExchange {
    public var capabilities: ExchangeCapabilities { ExchangeCapabilities() }
    private let customerKey: String
    private let connection: Connection

    /// - Parameter connection: its own, to the database that has the schema.
    public init(customerKey: String, connection: Connection) {
        self.customerKey = customerKey
        self.connection = connection
    }

    public func list(extensions: [String]?, endingAfter instant: Date) async throws -> ReadBack {
        let entries = try connection.run(
            SwitchboardEntries(
                customerKey: customerKey,
                endingAfter: instant,
                extensions: extensions
            )
        )
        return ReadBack(entries: entries, isWhole: true)
    }

    public func apply(_ batch: ChangeBatch) async throws -> [UUID: ChangeOutcome] {
        let statement = try SwitchboardBatch(customerKey: customerKey, batch: batch)
        do {
            let outcomes = try connection.transaction { try connection.run(statement) }
            return Dictionary(outcomes, uniquingKeysWith: { first, _ in first })
        } catch let error as PostgresError where error.sqlState == "KK001" {
            throw ExchangeError(.fenced, "a newer run writes to this switchboard")
        } catch let error as PostgresError where error.isCertainlyUndone {
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

    public func prune(endedBefore instant: Date) async throws {
        try connection.execute(
            PruneSwitchboard(customerKey: customerKey, endedBefore: instant)
        )
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

extension PostgresError {
    /// Whether the server said no, so that nothing can have been done.
    fileprivate var isCertainlyUndone: Bool {
        sqlState != nil && !isConnectionLost
    }
}
