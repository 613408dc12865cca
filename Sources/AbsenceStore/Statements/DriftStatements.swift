import AbsenceModel
import Foundation
import Postgres

struct RecordDrift: Statement {
    static let sql = "select record_drift from intake.record_drift($1, $2)"
    static let columns = [Column("record_drift", .bigint)]

    var customer: CustomerID
    var at: Date

    var parameters: [Parameter] { [Parameter(customer), Parameter(at)] }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> Int {
        try row.int()
    }
}

struct PlaceAgain: Statement {
    static let sql = "select place_again from intake.place_again($1, $2)"
    static let columns = [Column("place_again", .bigint)]

    var customer: CustomerID
    var at: Date

    var parameters: [Parameter] { [Parameter(customer), Parameter(at)] }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> Int {
        try row.int()
    }
}

struct Drifts: Statement {
    static let sql = """
        select user_key, drift, extension, starts_at, ends_at, kind, reason
        from watch.drift
        where customer_key = $1
        order by user_key, starts_at, drift
        """
    static let columns = [
        Column("user_key", .text),
        Column("drift", .text),
        Column("extension", .text),
        Column("starts_at", .timestamptz),
        Column("ends_at", .timestamptz),
        Column("kind", "customer.kind"),
        Column("reason", .text),
    ]

    var customer: String

    var parameters: [Parameter] { [Parameter(customer)] }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> Drift {
        Drift(
            userKey: try row.string(),
            drift: try row.string(),
            phone: try row.string(),
            startsAt: try row.date(),
            endsAt: try row.date(),
            kind: try row.enumeration(Kind.self),
            reason: try row.string()
        )
    }
}
