import AbsenceModel
import Foundation
import Postgres

struct TakeFence: Statement {
    static let sql = "select take_fence from intake.take_fence($1, $2, $3, $4, $5, $6)"
    static let columns = [Column("take_fence", .bigint)]

    var customer: CustomerID
    var work: String
    var by: String
    var at: Date
    var turn: String?
    var shift: String?

    var parameters: [Parameter] {
        [
            Parameter(customer), Parameter(work), Parameter(by), Parameter(at), Parameter(turn),
            Parameter(shift),
        ]
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

/// The newest run of a kind of work, without keeping a newer one from it.
struct NewestFence: Statement {
    static let sql = "select fence from customer.work where customer_id = $1 and work = $2"
    static let columns = [Column("fence", .bigint)]

    var customer: CustomerID
    var work: String

    var parameters: [Parameter] { [Parameter(customer), Parameter(work)] }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> Int64 {
        try row.int64()
    }
}

struct NewestTurns: Statement {
    static let sql = """
        select fence, shift, ended_fence, ended_shift
        from customer.turns
        where customer_id = $1 and turn = any($2)
        """
    static let columns = [
        Column("fence", .bigint),
        Column("shift", .text),
        Column("ended_fence", .bigint),
        Column("ended_shift", .text),
    ]

    var customer: CustomerID
    var turns: [String]

    var parameters: [Parameter] { [Parameter(customer), Parameter(turns)] }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> NewestTurn {
        NewestTurn(
            fence: try row.int64(),
            shift: try row.optionalString(),
            endedFence: try row.optionalInt64(),
            endedShift: try row.optionalString()
        )
    }
}

/// Who had a turn last.
struct NewestTurn {
    var fence: Int64
    var shift: String?
    var endedFence: Int64?
    var endedShift: String?
}

struct EndTurn: Statement {
    static let sql = """
        update customer.turns set ended_fence = $3, ended_shift = $4
        where customer_id = $1 and turn = $2
        """

    var customer: CustomerID
    var turn: String
    var fence: Int64
    var shift: String?

    var parameters: [Parameter] {
        [Parameter(customer), Parameter(turn), Parameter(fence), Parameter(shift)]
    }
}
