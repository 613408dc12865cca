extension Connection {
    /// Runs `statement` and hands over its rows part by part, as a ``RowCursor``.
    ///
    /// - Throws: also what `body` throws; the transaction is then to be rolled back.
    public func run<S: Statement>(
        _ statement: S,
        inPartsOf count: Int,
        _ body: ([S.Row]) throws -> Void
    ) throws {
        let cursor = try RowCursor(statement, on: self, partSize: count)
        while case let rows = try cursor.next(), !rows.isEmpty { try body(rows) }
    }
}
