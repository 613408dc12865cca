public import AbsenceModel
public import Foundation
import Postgres

extension AbsenceStore {
    /// How many differences are held at a time.
    static let partSize = 2000

    /// How what is wanted differs from what was placed, of some users or of everybody, a part at a
    /// time: in the order of the users, each of them whole. All of it is one view of the database.
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
            return try wholeUsers(of: cursor(differences("(,)")), body)
        }
        try ranges(of: customer.id, differences, partSize: Self.partSize) { cursor in
            try wholeUsers(of: cursor, body)
        }
    }

    /// Everything of ours that stands and has not ended, as differences that withdraw it, a part at
    /// a time as ``differences(of:users:asOf:_:)``.
    public func placed(
        of customer: Customer,
        asOf instant: Date,
        _ body: ([Difference]) throws -> Void
    ) throws {
        try wholeUsers(of: cursor(PlacedAbsences(customer: customer.id, asOf: instant)), body)
    }

    private func cursor<S: Statement>(_ statement: S) throws -> RowCursor<S> {
        try RowCursor(statement, on: connection, partSize: Self.partSize)
    }

    private func wholeUsers<S: Statement>(
        of cursor: RowCursor<S>,
        _ body: ([Difference]) throws -> Void
    ) throws where S.Row == Difference {
        var rest: [Difference] = []
        while case let rows = try cursor.next(), !rows.isEmpty {
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
