import AbsenceModel
import Foundation
import Postgres

struct RecordBalance: Statement {
    static let sql = "select record_balance from intake.record_balance($1, $2, $3, $4, $5)"
    static let columns = [Column("record_balance", .boolean)]

    var customer: CustomerID
    var run: Int64
    var asOf: Date
    var users: [UserID]?
    var at: Date

    var parameters: [Parameter] {
        [
            Parameter(customer), Parameter(run), Parameter(asOf), Parameter(users), Parameter(at),
        ]
    }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> Bool {
        try row.bool()
    }
}
