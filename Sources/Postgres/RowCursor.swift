import CLibPQ

/// The rows of a statement, part by part and in order, inside the transaction that is under way:
/// however many there are, no more than a part is held at a time.
///
/// The rows come in binary form: no column may be `numeric`.
public final class RowCursor<S: Statement> {
    private let connection: Connection
    private let partSize: Int
    private let readsAhead: Bool
    private let statementName = "\(S.self)"
    private var name: String { "rows_of_\(statementName.lowercased())" }
    private var isAsked = false
    private var isAtEnd = false

    /// - Parameters:
    ///   - partSize: how many rows a part has, but the last.
    ///   - readsAhead: the server works on the next part while this side has another in hand;
    ///     nothing else may be asked of the session before the last part is here.
    public init(
        _ statement: S,
        on connection: Connection,
        partSize: Int,
        readsAhead: Bool = false
    ) throws(PostgresError) {
        self.connection = connection
        self.partSize = partSize
        self.readsAhead = readsAhead
        // All rows are wanted, and not the first ones soon.
        try connection.command("set local cursor_tuple_fraction to 1")
        _ = try connection.result(
            of: "declare \(name) no scroll cursor for \(S.sql)",
            statement.parameters,
            name: statementName
        )
        if readsAhead { try ask() }
    }

    /// The next part, or an empty one behind the last.
    public func next() throws(PostgresError) -> [S.Row] {
        guard !isAtEnd else { return [] }
        if !isAsked { try ask() }
        let rows = try connection.received(S.self)
        isAsked = false
        if rows.count < partSize {
            isAtEnd = true
            try connection.command("close \(name)")
        } else if readsAhead {
            try ask()
        }
        return rows
    }

    /// Asks for the next part and does not wait.
    private func ask() throws(PostgresError) {
        let sql = "fetch \(partSize) from \(name)"
        let isSent = PQsendQueryParams(connection.handle, sql, 0, nil, nil, nil, nil, 1)
        guard isSent == 1 else { throw connection.failure(name: statementName) }
        isAsked = true
    }
}
