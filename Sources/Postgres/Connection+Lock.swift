extension Connection {
    /// Takes a lock for as long as the session lasts, or says at once that another has it.
    ///
    /// The same session may take it several times and must then give it back as often. The end of
    /// a transaction does not give it back.
    public func tryAdvisoryLock(_ key: AdvisoryKey) throws(PostgresError) -> Bool {
        try call("pg_try_advisory_lock", key)
    }

    /// Gives a lock back.
    ///
    /// - Returns: false where this session does not have it.
    @discardableResult
    public func advisoryUnlock(_ key: AdvisoryKey) throws(PostgresError) -> Bool {
        try call("pg_advisory_unlock", key)
    }

    private func call(_ function: String, _ key: AdvisoryKey) throws(PostgresError) -> Bool {
        let result = try result(
            of: "select \(function)(\(key.arguments))",
            key.parameters,
            name: function
        )
        var reader = RowReader(result.pointer, row: 0, statement: function)
        return try reader.bool()
    }
}
