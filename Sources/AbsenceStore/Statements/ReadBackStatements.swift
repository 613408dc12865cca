import AbsenceModel
import Foundation
import Postgres

struct UnsettledUsers: Statement {
    static let sql = """
        select user_id, extension from absence.unsettled_users where customer_id = $1
        """
    static let columns = [Column("user_id", .bigint), Column("extension", .text)]

    var customer: CustomerID

    var parameters: [Parameter] { [Parameter(customer)] }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> UnsettledUser {
        UnsettledUser(user: UserID(rawValue: try row.int64()), phone: try row.string())
    }
}

struct KnownExtensions: Statement {
    static let sql = """
        select distinct extension from absence.known_extensions
        where customer_id = $1 and user_id = any($2)
        """
    static let columns = [Column("extension", .text)]

    var customer: CustomerID
    var users: [UserID]

    var parameters: [Parameter] { [Parameter(customer), Parameter(users)] }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> String {
        try row.string()
    }
}

/// Read-backs are numbered as runs are, without taking anything from the run.
struct NextFence: Statement {
    static let sql = """
        update customer.customers set fence = fence + 1 where customer_id = $1 returning fence
        """
    static let columns = [Column("fence", .bigint)]

    var customer: CustomerID

    var parameters: [Parameter] { [Parameter(customer)] }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> Int64 {
        try row.int64()
    }
}

struct StagedShown: CopyTarget {
    static let sql = """
        copy staging.shown (customer_id, read_back_id, entry_key, absence_key, extension, origin,
            kind, reason, announced_reason, starts_at, ends_at, back_at, shown_text, target,
            ring_seconds, version_tag, set_by, set_at)
        from stdin with (format binary)
        """
    static let columns = [
        Column("customer_id", .bigint),
        Column("read_back_id", .bigint),
        Column("entry_key", .text),
        Column("absence_key", .uuid),
        Column("extension", .text),
        Column("origin", .text),
        Column("kind", "customer.kind"),
        Column("reason", .text),
        Column("announced_reason", .text),
        Column("starts_at", .timestamptz),
        Column("ends_at", .timestamptz),
        Column("back_at", .timestamptz),
        Column("shown_text", .text),
        Column("target", .text),
        Column("ring_seconds", .integer),
        Column("version_tag", .text),
        Column("set_by", .text),
        Column("set_at", .timestamptz),
    ]

    static func encode(_ row: (CustomerID, Int64, ShownEntry), into fields: inout BinaryRow) {
        let (customer, readBack, entry) = row
        fields.bigint(customer.rawValue)
        fields.bigint(readBack)
        fields.text(entry.entryKey)
        fields.uuid(entry.absenceKey)
        fields.text(entry.absence.phone)
        fields.text(entry.origin)
        fields.label(entry.absence.kind)
        fields.text(entry.absence.reason.rawValue)
        fields.text(entry.absence.announcedReason.rawValue)
        fields.timestamptz(entry.absence.startsAt)
        fields.timestamptz(entry.absence.endsAt)
        fields.timestamptz(entry.absence.backAt)
        fields.text(entry.absence.shownText)
        fields.text(entry.absence.target.rawValue)
        fields.integer(Int32(entry.absence.ringSeconds))
        fields.text(entry.versionTag)
        fields.text(entry.setBy)
        fields.timestamptz(entry.setAt)
    }
}

struct TakeInShown: Statement {
    static let sql = """
        select entry_count, hold_count, doubted_count
        from intake.take_in_shown($1, $2, $3, $4, $5, $6)
        """
    static let columns = [
        Column("entry_count", .bigint),
        Column("hold_count", .bigint),
        Column("doubted_count", .bigint),
    ]

    var customer: CustomerID
    var readBack: Int64
    var count: Int
    var users: [UserID]?
    var isWhole: Bool
    var at: Date

    var parameters: [Parameter] {
        [
            Parameter(customer), Parameter(readBack), Parameter(count), Parameter(users),
            Parameter(isWhole), Parameter(at),
        ]
    }

    static func decode(
        _ row: inout RowReader
    ) throws(PostgresError) -> (entries: Int, holds: Int, doubted: Int) {
        (try row.int(), try row.int(), try row.int())
    }
}

struct SettleUnknown: Statement {
    static let sql = "select settle_unknown from intake.settle_unknown($1, $2, $3)"
    static let columns = [Column("settle_unknown", .bigint)]

    var customer: CustomerID
    var users: [UserID]
    var at: Date

    var parameters: [Parameter] { [Parameter(customer), Parameter(users), Parameter(at)] }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> Int {
        try row.int()
    }
}

struct PutReadBack: Statement {
    static let sql = """
        insert into audit.read_backs (customer_id, read_back_id, read_at, is_whole, user_count,
            entry_count, failure)
        values ($1, $2, $3, $4, $5, $6, $7)
        """

    var customer: CustomerID
    var readBack: Int64
    var at: Date
    var isWhole: Bool
    /// Nil for everybody.
    var userCount: Int?
    var entryCount: Int
    var failure: String?

    var parameters: [Parameter] {
        [
            Parameter(customer), Parameter(readBack), Parameter(at), Parameter(isWhole),
            Parameter(userCount), Parameter(entryCount), Parameter(failure),
        ]
    }
}
