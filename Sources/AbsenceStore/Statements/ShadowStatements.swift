import AbsenceModel
import Foundation
import Postgres

struct CastShadow: Statement {
    static let sql = "select cast_shadow from intake.cast_shadow($1, $2, $3)"
    static let columns = [Column("cast_shadow", .bigint)]

    var customer: CustomerID
    /// Nil is now, whatever the clock says.
    var asOf: Date?
    var users: [UserID]?

    var parameters: [Parameter] { [Parameter(customer), Parameter(asOf), Parameter(users)] }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> CustomerID {
        CustomerID(rawValue: try row.int64())
    }
}

struct PlaceDesired: Statement {
    static let sql = "select place_desired from intake.place_desired($1, $2)"
    static let columns = [Column("place_desired", .void)]

    var customer: CustomerID
    var asOf: Date

    var parameters: [Parameter] { [Parameter(customer), Parameter(asOf)] }

    static func decode(_ row: inout RowReader) throws(PostgresError) {
        _ = try row.optionalString()
    }
}

struct ClosedTimeWithin: Statement {
    static let sql = """
        select gained_hours, lost_hours from absence.closed_time_within($1, $2)
        """
    static let columns = [
        Column("gained_hours", .doublePrecision), Column("lost_hours", .doublePrecision),
    ]

    var customer: CustomerID
    var asOf: Date

    var parameters: [Parameter] { [Parameter(customer), Parameter(asOf)] }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> ClosedTime {
        ClosedTime(gainedHours: try row.double(), lostHours: try row.double())
    }
}

struct JudgedSettings: Statement {
    static let sql = "select judged, not_judged from intake.judged_settings($1, $2, $3)"
    static let columns = [Column("judged", .jsonb), Column("not_judged", .textArray)]

    var customer: CustomerID
    var system: String
    var settings: String

    var parameters: [Parameter] {
        [Parameter(customer), Parameter(system), Parameter(json: settings)]
    }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> (String, [String]) {
        (try row.string(), try row.stringArray())
    }
}
