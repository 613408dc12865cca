import CLibPQ

extension Connection {
    /// Runs `statement` as ``run(_:)`` does, and keeps it prepared for as long as the session
    /// lasts.
    ///
    /// For what is run often on little data, where the plan takes longer than the rows. Whether
    /// it is then planned for each run or once is PostgreSQL's choice, by `plan_cache_mode`.
    public func runPrepared<S: Statement>(_ statement: S) throws(PostgresError) -> [S.Row] {
        let name = "\(S.self)"
        let parameters = statement.parameters
        try checkAreSendable(parameters, name: name)
        if !prepared.contains(name) {
            _ = try checked(PQprepare(handle, name, S.sql, 0, nil), name: name)
            prepared.insert(name)
        }
        let values = CStringArray(parameters.map(\.text))
        let result = values.withPointers { values in
            PQexecPrepared(handle, name, Int32(parameters.count), values, nil, nil, 0)
        }
        return try decode(S.self, try checked(result, name: name))
    }
}
