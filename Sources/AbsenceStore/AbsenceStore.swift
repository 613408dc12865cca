public import Postgres

/// What the database says and takes, in the words of the domain.
///
/// A statement here selects from one view or function, writes one table, or copies into one;
/// everything that needs more stands in sql/logic. Confined to its task, as its connection is.
public final class AbsenceStore {
    let connection: Connection
    /// Opens further sessions, for what is read over several; nil where one must do.
    let another: (() throws -> Connection)?
    /// Those that were opened, outside of a transaction.
    var readers: [Connection]?
    /// How many users are asked about at a time, where everybody is. A customer of fewer than two
    /// of the smallest ranges has one.
    package var rangeSizes = 4000...10_000

    public init(_ connection: Connection, another: (() throws -> Connection)? = nil) {
        self.connection = connection
        self.another = another
    }

    /// Runs `body` in one transaction, and takes everything back where it throws.
    public func transaction<R>(
        _ isolation: Isolation = .readCommitted,
        _ body: () throws -> R
    ) throws -> R {
        try connection.transaction(isolation, body)
    }

    /// Runs `body` in one view of the database, for a run that holds its lease.
    ///
    /// - Throws: ``StoreError/Code/fenced`` where a newer run has begun.
    public func planning<R>(_ lease: Lease, _ body: () throws -> R) throws -> R {
        try transaction(holding: lease, .repeatableRead, body)
    }

    /// Whether the database said no to what it was given, so that nothing was done.
    public func isRefusal(_ error: any Error) -> Bool {
        (error as? PostgresError)?.isRefusal ?? false
    }

    /// Makes sure that the session, which has the lock, is there, and that no newer run is.
    ///
    /// - Throws: ``StoreError/Code/fenced`` where there is one.
    public func check(_ lease: Lease) throws {
        try transaction(holding: lease) {}
    }

    /// Runs `body` in a transaction of the lease's work, which no newer run has taken.
    ///
    /// - Throws: ``StoreError/Code/fenced`` where a newer run has.
    func transaction<R>(
        holding lease: Lease,
        _ isolation: Isolation = .readCommitted,
        _ body: () throws -> R
    ) throws -> R {
        try connection.transaction(isolation) {
            try hold(lease)
            return try body()
        }
    }

    /// Makes sure that no newer run takes a lease's work before the transaction that is under way
    /// ends.
    ///
    /// - Throws: ``StoreError/Code/fenced`` where one has.
    func hold(_ lease: Lease) throws {
        let held = try connection.run(
            HeldFence(customer: lease.customer.id, work: lease.work.name)
        )
        guard held.first == lease.fence else {
            throw StoreError(
                .fenced,
                "a newer run of \(lease.work.name) for \(lease.customer.key) has begun;"
                    + " this one writes no more"
            )
        }
    }
}

/// What the store cannot do as asked, and what to do about it.
public struct StoreError: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Code: Sendable {
        case unknownCustomer, unknownUser, unknownVersion, unknownInvoice
        case fenced, contested, damagedSettings
    }

    public var code: Code
    public var description: String

    public init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}
