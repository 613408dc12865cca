import CLibPQ

extension Connection {
    /// Sends `statement` and does not wait: the server works on it while this side does something
    /// else. ``received(_:)`` must come before anything else is asked of the session.
    public func send<S: Statement>(_ statement: S) throws(PostgresError) {
        let name = "\(S.self)"
        let parameters = statement.parameters
        try checkAreSendable(parameters, name: name)
        let values = CStringArray(parameters.map(\.text))
        let isSent = values.withPointers { values in
            PQsendQueryParams(handle, S.sql, Int32(parameters.count), nil, values, nil, nil, 0)
        }
        guard isSent == 1 else { throw failure(name: name) }
    }

    /// Waits for what was sent and reads its rows.
    public func received<S: Statement>(_ type: S.Type) throws(PostgresError) -> [S.Row] {
        defer { drain() }
        return try decode(type, try checked(PQgetResult(handle), name: "\(S.self)"))
    }
}
