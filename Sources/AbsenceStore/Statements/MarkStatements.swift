import AbsenceModel
import Foundation
import Postgres

struct TouchHorizon: Statement {
    static let sql = "select touch_horizon from intake.touch_horizon($1, $2)"
    static let columns = [Column("touch_horizon", .void)]

    var customer: CustomerID
    var asOf: Date

    var parameters: [Parameter] { [Parameter(customer), Parameter(asOf)] }

    static func decode(_ row: inout RowReader) throws(PostgresError) {
        _ = try row.optionalString()
    }
}

struct TouchBoundaries: Statement {
    static let sql = "select touch_boundaries from intake.touch_boundaries($1, $2)"
    static let columns = [Column("touch_boundaries", .void)]

    var customer: CustomerID
    var asOf: Date

    var parameters: [Parameter] { [Parameter(customer), Parameter(asOf)] }

    static func decode(_ row: inout RowReader) throws(PostgresError) {
        _ = try row.optionalString()
    }
}

struct Touch: Statement {
    static let sql = "select touch from intake.touch($1, $2, $3, $4)"
    static let columns = [Column("touch", .void)]

    var customer: CustomerID
    var users: [UserID]
    var cause: String
    var at: Date

    var parameters: [Parameter] {
        [Parameter(customer), Parameter(users), Parameter(cause), Parameter(at)]
    }

    static func decode(_ row: inout RowReader) throws(PostgresError) {
        _ = try row.optionalString()
    }
}

struct Converge: Statement {
    static let sql = "select converge from intake.converge($1, $2, $3, $4)"
    static let columns = [Column("converge", .void)]

    var customer: CustomerID
    var marks: [TouchMark]

    var parameters: [Parameter] {
        [
            Parameter(customer), Parameter(marks.map(\.user)), Parameter(marks.map(\.cause)),
            Parameter(marks.map(\.times)),
        ]
    }

    static func decode(_ row: inout RowReader) throws(PostgresError) {
        _ = try row.optionalString()
    }
}

struct AdoptBookings: Statement {
    static let sql = "select adopt_bookings from intake.adopt_bookings($1, $2, $3)"
    static let columns = [Column("adopt_bookings", .void)]

    var customer: CustomerID
    var adoptions: [Difference]
    var at: Date

    var parameters: [Parameter] {
        [Parameter(customer), Parameter(json: json), Parameter(at)]
    }

    private var json: String {
        let rows = adoptions.map {
            Adoption(
                user_id: $0.user.rawValue,
                absence_key: $0.key,
                booking_keys: $0.bookingKeys,
                booking_marks: $0.bookingMarks
            )
        }
        // Numbers, keys and hashes always have a JSON form.
        return (try? JSONEncoder().encode(rows)).map { String(decoding: $0, as: UTF8.self) } ?? "[]"
    }

    private struct Adoption: Encodable {
        var user_id: Int64
        var absence_key: UUID?
        var booking_keys: [String]
        var booking_marks: [String]
    }

    static func decode(_ row: inout RowReader) throws(PostgresError) {
        _ = try row.optionalString()
    }
}

struct Prune: Statement {
    static let sql = "select prune from intake.prune($1, $2, $3, $4)"
    static let columns = [Column("prune", .void)]

    var customer: CustomerID
    var before: Date
    var bookingsBefore: Date
    var at: Date

    var parameters: [Parameter] {
        [Parameter(customer), Parameter(before), Parameter(bookingsBefore), Parameter(at)]
    }

    static func decode(_ row: inout RowReader) throws(PostgresError) {
        _ = try row.optionalString()
    }
}
