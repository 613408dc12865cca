import AbsenceModel
import Foundation
import Postgres

struct LimitsOfCustomer: Statement {
    static let sql = """
        select withdrawn_share, withdrawn_share_from, withdrawn_count, newly_direct_share,
            newly_direct_from, newly_direct_count
        from customer.limits
        where customer_id = $1
        """
    static let columns = [
        Column("withdrawn_share", .numeric),
        Column("withdrawn_share_from", .integer),
        Column("withdrawn_count", .integer),
        Column("newly_direct_share", .numeric),
        Column("newly_direct_from", .integer),
        Column("newly_direct_count", .integer),
    ]

    var customer: CustomerID

    var parameters: [Parameter] { [Parameter(customer)] }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> SafetyLimits {
        var limits = SafetyLimits()
        limits.withdrawnShare = try row.double()
        limits.withdrawnShareFrom = try row.int()
        limits.withdrawnCount = try row.int()
        limits.newlyDirectShare = try row.double()
        limits.newlyDirectFrom = try row.int()
        limits.newlyDirectCount = try row.int()
        return limits
    }
}

struct GuardedDayOfCustomer: Statement {
    static let sql = """
        select standing_count, user_count, taken_count, withdrawn_count, ended_count
        from absence.guarded_day($1, $2)
        """
    static let columns = [
        Column("standing_count", .bigint),
        Column("user_count", .bigint),
        Column("taken_count", .bigint),
        Column("withdrawn_count", .bigint),
        Column("ended_count", .bigint),
    ]

    var customer: CustomerID
    var asOf: Date

    var parameters: [Parameter] { [Parameter(customer), Parameter(asOf)] }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> GuardedDay {
        GuardedDay(
            standingCount: try row.int(),
            userCount: try row.int(),
            takenCount: try row.int(),
            withdrawnCount: try row.int(),
            endedCount: try row.int()
        )
    }
}

struct Approvals: Statement {
    static let sql = """
        select changes from audit.approvals
        where customer_id = $1 and approved_at <= $2 and expires_at > $2
        """
    static let columns = [Column("changes", .textArray)]

    var customer: CustomerID
    var asOf: Date

    var parameters: [Parameter] { [Parameter(customer), Parameter(asOf)] }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> [String] {
        try row.stringArray()
    }
}

struct PutApproval: Statement {
    static let sql = """
        insert into audit.approvals (customer_id, digest, changes, approved_by, approved_at,
            expires_at)
        values ($1, $2, $3, $4, $5, $6)
        """

    var customer: CustomerID
    var digest: String
    var changes: [String]
    var by: String
    var at: Date
    var expiry: Date

    var parameters: [Parameter] {
        [
            Parameter(customer), Parameter(digest), Parameter(changes), Parameter(by),
            Parameter(at), Parameter(expiry),
        ]
    }
}

struct PutRefusal: Statement {
    static let sql = """
        insert into audit.refusals (customer_id, digest, changes, refused_at)
        values ($1, $2, $3, $4)
        on conflict do nothing
        """

    var customer: CustomerID
    var digest: String
    var changes: [String]
    var at: Date

    var parameters: [Parameter] {
        [Parameter(customer), Parameter(digest), Parameter(changes), Parameter(at)]
    }
}

struct RefusedChanges: Statement {
    static let sql = """
        select distinct digest, changes from audit.refusals
        where customer_id = $1 and starts_with(digest, $2) and refused_at >= $3
        """
    static let columns = [Column("digest", .text), Column("changes", .textArray)]

    var customer: CustomerID
    var digest: String
    var since: Date

    var parameters: [Parameter] { [Parameter(customer), Parameter(digest), Parameter(since)] }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> RefusedSet {
        RefusedSet(digest: try row.string(), changes: try row.stringArray())
    }
}

struct Digest: Statement {
    static let sql = "select encode(sha256(convert_to($1, 'UTF8')), 'hex') as digest"
    static let columns = [Column("digest", .text)]

    var text: String

    var parameters: [Parameter] { [Parameter(text)] }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> String {
        try row.string()
    }
}

struct NewestRefusal: Statement {
    static let sql = """
        select refused_digest from audit.runs
        where customer_id = $1 and mode <> 'dry_run'
        order by run_id desc
        limit 1
        """
    static let columns = [Column("refused_digest", .text)]

    var customer: CustomerID

    var parameters: [Parameter] { [Parameter(customer)] }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> String? {
        try row.optionalString()
    }
}
