import AbsenceModel
import Foundation
import Postgres

/// How many booking versions are in which account.
struct AccountCounts {
    var applied: Int64 = 0
    var suppressed: Int64 = 0
    var superseded: Int64 = 0
    var pending: Int64 = 0
    var failed: Int64 = 0
    /// In none: lost.
    var unaccounted: Int64 = 0

    static func + (one: Self, other: Self) -> Self {
        AccountCounts(
            applied: one.applied + other.applied,
            suppressed: one.suppressed + other.suppressed,
            superseded: one.superseded + other.superseded,
            pending: one.pending + other.pending,
            failed: one.failed + other.failed,
            unaccounted: one.unaccounted + other.unaccounted
        )
    }
}

struct CountAccounts: Statement {
    static let sql = """
        select applied_count, suppressed_count, superseded_count, pending_count, failed_count,
            unaccounted_count
        from absence.account_counts($1, $2, $3, null, $4)
        """
    static let columns = [
        Column("applied_count", .bigint),
        Column("suppressed_count", .bigint),
        Column("superseded_count", .bigint),
        Column("pending_count", .bigint),
        Column("failed_count", .bigint),
        Column("unaccounted_count", .bigint),
    ]

    var customer: CustomerID
    var asOf: Date
    var users: [UserID]?
    /// Whose ids lie within it, as `int8range` has it.
    var range: String

    var parameters: [Parameter] {
        [Parameter(customer), Parameter(asOf), Parameter(users), Parameter(range)]
    }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> AccountCounts {
        AccountCounts(
            applied: try row.int64(),
            suppressed: try row.int64(),
            superseded: try row.int64(),
            pending: try row.int64(),
            failed: try row.int64(),
            unaccounted: try row.int64()
        )
    }
}

struct RecordBalance: Statement {
    static let sql = """
        select record_balance
        from intake.record_balance($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        """
    static let columns = [Column("record_balance", .boolean)]

    var customer: CustomerID
    var run: Int64
    var asOf: Date
    var users: [UserID]?
    var counts: AccountCounts
    var at: Date

    var parameters: [Parameter] {
        [
            Parameter(customer), Parameter(run), Parameter(asOf), Parameter(users),
            Parameter(counts.applied), Parameter(counts.suppressed), Parameter(counts.superseded),
            Parameter(counts.pending), Parameter(counts.failed), Parameter(counts.unaccounted),
            Parameter(at),
        ]
    }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> Bool {
        try row.bool()
    }
}
