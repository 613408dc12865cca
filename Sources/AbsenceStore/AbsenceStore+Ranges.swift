import AbsenceModel
import Postgres

extension AbsenceStore {
    /// How many sessions share the ranges.
    private static let readerCount = 2

    /// Asks something about everybody, a range of users after another in their order, so that what
    /// the server sorts and joins at a time stays small. All of it sees what the transaction that
    /// is under way sees, which is of repeatable read.
    ///
    /// Several sessions share the ranges where the store can open any: each has the next of its
    /// ranges under way while another's is handed over.
    ///
    /// - Parameters:
    ///   - statement: asks about a range, as `int8range` has it.
    ///   - body: is given the rows of each range, and reads them to their end.
    func ranges<S: Statement>(
        of customer: CustomerID,
        _ statement: (String) -> S,
        partSize: Int,
        _ body: (RowCursor<S>) throws -> Void
    ) throws {
        let ranges = try connection.run(
            UserRanges(
                customer: customer,
                smallest: rangeSizes.lowerBound,
                largest: rangeSizes.upperBound
            )
        )
        guard ranges.count > 1, let another else {
            for range in ranges {
                try body(RowCursor(statement(range), on: connection, partSize: partSize))
            }
            return
        }
        try reading(another) { readers in
            func cursor(_ number: Int) throws -> RowCursor<S> {
                try RowCursor(
                    statement(ranges[number]),
                    on: readers[number % readers.count],
                    partSize: partSize,
                    readsAhead: true
                )
            }
            var cursors = try readers.indices.map(cursor)
            for number in ranges.indices {
                let reader = number % readers.count
                try body(cursors[reader])
                let next = number + readers.count
                if next < ranges.count { cursors[reader] = try cursor(next) }
            }
        }
    }

    /// Runs `body` with sessions that see what the transaction that is under way sees. They are
    /// kept for the next time, for what a session has read of the schema is half of a small query.
    private func reading(
        _ another: () throws -> Connection,
        _ body: ([Connection]) throws -> Void
    ) throws {
        let snapshot = try connection.run(ExportedSnapshot()).first ?? ""
        let readers = try readers ?? (0..<Self.readerCount).map { _ in try another() }
        self.readers = nil
        for reader in readers {
            try reader.begin(.repeatableRead)
            try reader.command("set transaction snapshot '\(snapshot)'")
        }
        try body(readers)
        for reader in readers { try reader.command("commit") }
        self.readers = readers
    }
}
