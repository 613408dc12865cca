extension Connection {
    /// Runs `statement` and reads its rows part by part, in order, inside the transaction that is
    /// under way: however many there are, no more than a part is held at a time.
    ///
    /// The rows come in binary form: no column may be `numeric`.
    ///
    /// - Throws: also what `body` throws; the transaction is then to be rolled back.
    public func run<S: Statement>(
        _ statement: S,
        inPartsOf count: Int,
        _ body: ([S.Row]) throws -> Void
    ) throws {
        let name = "\(S.self)"
        let cursor = "rows_of_\(name.lowercased())"
        // All rows are wanted, and not the first ones soon.
        try command("set local cursor_tuple_fraction to 1")
        _ = try result(
            of: "declare \(cursor) no scroll cursor for \(S.sql)",
            statement.parameters,
            name: name
        )
        while true {
            let rows: [S.Row] = try decode(
                S.self,
                try result(of: "fetch \(count) from \(cursor)", [], name: name, isBinary: true)
            )
            guard !rows.isEmpty else { break }
            try body(rows)
            guard rows.count == count else { break }
        }
        try command("close \(cursor)")
    }
}
