public import AbsenceModel
public import Foundation
import Postgres

extension AbsenceStore {
    /// How many differences are held at a time.
    static let partSize = 2000
    /// How many users are compared at a time, where everybody is.
    private static let rangeSize = 10_000
    /// How many sessions compare side by side, where there are several ranges.
    private static let readerCount = 2

    /// How what is wanted differs from what was placed, of some users or of everybody, a part at a
    /// time: in the order of the users, each of them whole. All of it is one view of the database.
    ///
    /// Everybody is gone through in ranges of users, so that what the server sorts and joins at a
    /// time stays small; several sessions share them where the store can open any.
    public func differences(
        of customer: Customer,
        users: [UserID]?,
        asOf instant: Date,
        _ body: ([Difference]) throws -> Void
    ) throws {
        func differences(_ range: String) -> Differences {
            Differences(customer: customer.id, users: users, range: range, asOf: instant)
        }
        guard users == nil else {
            return try wholeUsers(of: cursor(differences("(,)"), on: connection), body)
        }
        let ranges = try connection.run(UserRanges(customer: customer.id, size: Self.rangeSize))
        guard let another, ranges.count > 1 else {
            for range in ranges {
                try wholeUsers(of: cursor(differences(range), on: connection), body)
            }
            return
        }
        let snapshot = try connection.run(ExportedSnapshot()).first ?? ""
        let readers = try (0..<Self.readerCount).map { _ in
            let reader = try another()
            try reader.begin(.repeatableRead)
            try reader.command("set transaction snapshot '\(snapshot)'")
            return reader
        }
        // Each reader has the next of its ranges under way while another's is handed over.
        var cursors = try zip(ranges, readers).map { range, reader in
            let cursor = try cursor(differences(range), on: reader)
            try cursor.ask()
            return cursor
        }
        for number in ranges.indices {
            let reader = number % readers.count
            try wholeUsers(of: cursors[reader], isAskedAhead: true, body)
            if number + readers.count < ranges.count {
                cursors[reader] = try cursor(
                    differences(ranges[number + readers.count]),
                    on: readers[reader]
                )
                try cursors[reader].ask()
            }
        }
    }

    /// Everything of ours that stands and has not ended, as differences that withdraw it, a part at
    /// a time as ``differences(of:users:asOf:_:)``.
    public func placed(
        of customer: Customer,
        asOf instant: Date,
        _ body: ([Difference]) throws -> Void
    ) throws {
        let placed = PlacedAbsences(customer: customer.id, asOf: instant)
        try wholeUsers(of: cursor(placed, on: connection), body)
    }

    private func cursor<S: Statement>(
        _ statement: S,
        on connection: Connection
    ) throws -> RowCursor<S> {
        try RowCursor(statement, on: connection, partSize: Self.partSize)
    }

    /// - Parameter isAskedAhead: the next part is asked for before one is handed over, which needs
    ///   a session that `body` does not use.
    private func wholeUsers<S: Statement>(
        of cursor: RowCursor<S>,
        isAskedAhead: Bool = false,
        _ body: ([Difference]) throws -> Void
    ) throws where S.Row == Difference {
        var rest: [Difference] = []
        while case let rows = try cursor.next(), !rows.isEmpty {
            if isAskedAhead { try cursor.ask() }
            rest += rows
            // More of the last user may come.
            let last = rest.last?.user
            let end = rest.lastIndex { $0.user != last }.map { $0 + 1 } ?? 0
            guard end > 0 else { continue }
            try body(Array(rest[..<end]))
            rest.removeFirst(end)
        }
        if !rest.isEmpty { try body(rest) }
    }
}
