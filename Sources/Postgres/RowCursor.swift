import CLibPQ

/// The rows of a statement, part by part and in order, inside the transaction that is under way:
/// however many there are, no more than a part is held at a time.
///
/// The rows come in binary form: no column may be `numeric`.
public final class RowCursor<S: Statement> {
    private let connection: Connection
    private let partSize: Int
    private let statementName = "\(S.self)"
    private var name: String { "rows_of_\(statementName.lowercased())" }
    private var isAsked = false
    private var isAtEnd = false

    /// - Parameter partSize: how many rows a part has, but the last.
    public init(
        _ statement: S,
        on connection: Connection,
        partSize: Int
    ) throws(PostgresError) {
        self.connection = connection
        self.partSize = partSize
        // All rows are wanted, and not the first ones soon.
        try connection.command("set local cursor_tuple_fraction to 1")
        _ = try connection.result(
            of: "declare \(name) no scroll cursor for \(S.sql)",
            statement.parameters,
            name: statementName
        )
    }

    /// Asks for the next part and does not wait: the server works on it while this side does
    /// something else. ``next()`` must come before anything else is asked of the session.
    public func ask() throws(PostgresError) {
        guard !isAsked, !isAtEnd else { return }
        let sql = "fetch \(partSize) from \(name)"
        let isSent = PQsendQueryParams(connection.handle, sql, 0, nil, nil, nil, nil, 1)
        guard isSent == 1 else { throw connection.failure(name: statementName) }
        isAsked = true
    }

    /// The next part, or an empty one behind the last.
    public func next() throws(PostgresError) -> [S.Row] {
        try ask()
        guard isAsked else { return [] }
        let rows = try connection.received(S.self)
        isAsked = false
        if rows.count < partSize {
            isAtEnd = true
            try connection.command("close \(name)")
        }
        return rows
    }
}
