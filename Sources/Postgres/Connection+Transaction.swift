import CLibPQ

/// What a transaction sees of others (PostgreSQL manual, 13.2).
public enum Isolation: String, Sendable {
    case readCommitted = "read committed"
    case repeatableRead = "repeatable read"
    case serializable
}

extension Connection {
    /// Runs `body` in a transaction, and rolls back where it throws.
    ///
    /// - Throws: what `body` throws; ``PostgresError`` where the commit is refused, as by a
    ///   deferred constraint; ``PostgresError/Code/connectionLost`` where the session ended, in
    ///   which case the transaction may have been committed or not;
    ///   ``PostgresError/Code/nestedTransaction`` where one is under way.
    public func transaction<R>(
        _ isolation: Isolation = .readCommitted,
        _ body: () throws -> R
    ) throws -> R {
        try begin(isolation)
        let value: R
        do {
            value = try body()
        } catch {
            rollBack()
            throw error
        }
        try commit()
        return value
    }

    /// Runs `body` in a transaction as the other does, where it waits for something else.
    public func transaction<R>(
        _ isolation: Isolation = .readCommitted,
        _ body: () async throws -> R
    ) async throws -> R {
        try begin(isolation)
        let value: R
        do {
            value = try await body()
        } catch {
            rollBack()
            throw error
        }
        try commit()
        return value
    }

    /// Runs `body` in a transaction, and rolls back whatever comes of it: for trying out.
    ///
    /// - Throws: what `body` throws; ``PostgresError/Code/nestedTransaction`` where one is
    ///   under way.
    public func rehearsal<R>(_ body: () async throws -> R) async throws -> R {
        try begin(.readCommitted)
        let value: R
        do {
            value = try await body()
        } catch {
            rollBack()
            throw error
        }
        try command("rollback")
        return value
    }

    /// Begins a transaction that ends by ``commit()`` or ``rollBack()``: for what
    /// ``transaction(_:_:)`` cannot hold.
    public func begin(_ isolation: Isolation = .readCommitted) throws {
        guard PQtransactionStatus(handle) != PQTRANS_INTRANS,
            PQtransactionStatus(handle) != PQTRANS_INERROR
        else {
            throw PostgresError(
                .nestedTransaction,
                "a transaction is under way; a second one cannot begin inside it"
            )
        }
        try command("begin isolation level \(isolation.rawValue)")
    }

    /// Ends the transaction that is under way.
    ///
    /// - Throws: as ``transaction(_:_:)``.
    public func commit() throws {
        // PostgreSQL answers the commit of a failed transaction with a rollback and no error.
        guard try result(of: "commit").commandTag == "COMMIT" else {
            throw PostgresError(
                .transactionAborted,
                "the transaction was rolled back: an error inside it was swallowed"
            )
        }
    }

    /// Takes back the transaction that is under way. Where that fails the session is gone, and the
    /// transaction with it.
    public func rollBack() {
        try? command("rollback")
    }
}
