import AbsenceModel
import Foundation
import Postgres

struct BeginEpoch: Statement {
    static let sql = "select begin_epoch from intake.begin_epoch($1, $2, $3, $4)"
    static let columns = [Column("begin_epoch", .boolean)]

    var customer: CustomerID
    var cause: RestoreCause
    var newestFence: Int64?
    var at: Date

    var parameters: [Parameter] {
        [
            Parameter(customer), Parameter(cause.rawValue), Parameter(newestFence),
            Parameter(at),
        ]
    }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> Bool {
        try row.bool()
    }
}

/// Epochs in which what stands on the telephone side was not taken over yet.
struct EpochsToAdopt: Statement {
    static let sql = """
        select epoch from customer.epochs where customer_id = $1 and adopted_at is null
        """
    static let columns = [Column("epoch", .integer)]

    var customer: CustomerID

    var parameters: [Parameter] { [Parameter(customer)] }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> Int {
        try row.int()
    }
}

/// For a telephone system that cannot be read.
struct AdoptUnread: Statement {
    static let sql = "select adopt_restored from intake.adopt_restored($1, false, $2)"
    static let columns = [Column("adopt_restored", .void)]

    var customer: CustomerID
    var at: Date

    var parameters: [Parameter] { [Parameter(customer), Parameter(at)] }

    static func decode(_ row: inout RowReader) throws(PostgresError) {
        _ = try row.optionalString()
    }
}

struct UnloadedUsers: Statement {
    static let sql = "select user_id from absence.unloaded_users where customer_id = $1"
    static let columns = [Column("user_id", .bigint)]

    var customer: CustomerID

    var parameters: [Parameter] { [Parameter(customer)] }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> UserID {
        UserID(rawValue: try row.int64())
    }
}
