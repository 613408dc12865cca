import AbsenceModel
import Foundation
import Postgres

struct TakeFence: Statement {
    static let sql = "select take_fence from intake.take_fence($1, $2, $3, $4)"
    static let columns = [Column("take_fence", .bigint)]

    var customer: CustomerID
    var work: String
    var by: String
    var at: Date

    var parameters: [Parameter] {
        [Parameter(customer), Parameter(work), Parameter(by), Parameter(at)]
    }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> Int64 {
        try row.int64()
    }
}

/// Also keeps a newer run from taking the work until the transaction ends.
struct HeldFence: Statement {
    static let sql = """
        select fence from customer.work where customer_id = $1 and work = $2 for share
        """
    static let columns = [Column("fence", .bigint)]

    var customer: CustomerID
    var work: String

    var parameters: [Parameter] { [Parameter(customer), Parameter(work)] }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> Int64 {
        try row.int64()
    }
}

struct PutSkippedRun: Statement {
    static let sql = """
        insert into audit.skipped_runs (customer_id, work, skipped_at, skipped_by)
        values ($1, $2, $3, $4)
        on conflict do nothing
        """

    var customer: CustomerID
    var work: String
    var at: Date
    var by: String

    var parameters: [Parameter] {
        [Parameter(customer), Parameter(work), Parameter(at), Parameter(by)]
    }
}
