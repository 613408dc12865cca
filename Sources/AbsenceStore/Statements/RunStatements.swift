import AbsenceModel
import Foundation
import Postgres

struct TouchedUsers: Statement {
    static let sql = """
        select user_id, cause, times, since from calendar.touched where customer_id = $1
        order by user_id
        """
    static let columns = [
        Column("user_id", .bigint),
        Column("cause", .text),
        Column("times", .bigint),
        Column("since", .timestamptz),
    ]

    var customer: CustomerID

    var parameters: [Parameter] { [Parameter(customer)] }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> TouchMark {
        TouchMark(
            user: UserID(rawValue: try row.int64()),
            cause: try row.string(),
            times: try row.int(),
            since: try row.date()
        )
    }
}

struct ActiveUserCount: Statement {
    static let sql = "select count(*) from roster.users where customer_id = $1 and is_active"
    static let columns = [Column("count", .bigint)]

    var customer: CustomerID

    var parameters: [Parameter] { [Parameter(customer)] }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> Int {
        try row.int()
    }
}

struct OpenRun: Statement {
    static let sql = """
        insert into audit.runs (customer_id, run_id, mode, scope, as_of, started_at,
            ended_at, touched_count, planned_count, held_count, refusal, refused_digest)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        """

    var customer: CustomerID
    var run: Int64
    var mode: RunMode
    var scope: RunScope
    var asOf: Date
    var startedAt: Date
    /// Set at once for a dry run, which ends as it begins.
    var endedAt: Date?
    var touchedCount: Int
    var plannedCount: Int
    var heldCount: Int
    var refusal: String?
    var digest: String?

    var parameters: [Parameter] {
        [
            Parameter(customer), Parameter(run), Parameter(mode), Parameter(scope),
            Parameter(asOf), Parameter(startedAt), Parameter(endedAt),
            Parameter(touchedCount), Parameter(plannedCount), Parameter(heldCount),
            Parameter(refusal), Parameter(digest),
        ]
    }
}

struct PlannedChanges: CopyTarget {
    struct Row {
        var customer: CustomerID
        var run: Int64
        var plannedAt: Date
        var planned: PlannedChange
        var isGuarded: Bool
        var isApproved: Bool
        /// Known at once in a dry run, which carries nothing out.
        var outcome: String?
        /// When what it answers was first known; nil where nothing had marked the user.
        var causedAt: Date?
    }

    static let sql = """
        copy audit.changes (customer_id, user_id, run_id, planned_at, absence_key, action, before,
            after, booking_keys, booking_marks, is_guarded, held_because, is_approved,
            withdrawn_because, losses, outcome, ended_at, caused_at)
        from stdin with (format binary)
        """
    static let columns = [
        Column("customer_id", .bigint),
        Column("user_id", .bigint),
        Column("run_id", .bigint),
        Column("planned_at", .timestamptz),
        Column("absence_key", .uuid),
        Column("action", "audit.action"),
        Column("before", .jsonb),
        Column("after", .jsonb),
        Column("booking_keys", .textArray),
        Column("booking_marks", .textArray),
        Column("is_guarded", .boolean),
        Column("held_because", .text),
        Column("is_approved", .boolean),
        Column("withdrawn_because", .text),
        Column("losses", .textArray),
        Column("outcome", "audit.outcome"),
        Column("ended_at", .timestamptz),
        Column("caused_at", .timestamptz),
    ]

    static func encode(_ row: Row, into fields: inout BinaryRow) {
        let change = row.planned.change
        fields.bigint(row.customer.rawValue)
        fields.bigint(change.user.rawValue)
        fields.bigint(row.run)
        fields.timestamptz(row.plannedAt)
        fields.uuid(change.key)
        fields.text(change.actionName)
        fields.jsonb(change.before?.json)
        fields.jsonb(change.after?.json)
        fields.textArray(change.bookingKeys)
        fields.textArray(change.bookingMarks)
        fields.bool(row.isGuarded)
        fields.text(row.planned.heldBecause)
        fields.bool(row.isApproved)
        fields.text(change.withdrawnBecause)
        fields.textArray(change.losses)
        fields.text(row.outcome)
        fields.timestamptz(row.outcome == nil ? nil : row.plannedAt)
        fields.timestamptz(row.causedAt)
    }
}

struct RecordOutcomes: Statement {
    static let sql = """
        select record_outcomes
        from intake.record_outcomes($1, $2, $3, $4, $5, $6::text[]::audit.outcome[], $7, $8, $9)
        """
    static let columns = [Column("record_outcomes", .bigint)]

    var customer: CustomerID
    var run: Int64
    var plannedAt: Date
    var outcomes: [RecordedOutcome]
    var at: Date

    var parameters: [Parameter] {
        [
            Parameter(customer), Parameter(run), Parameter(plannedAt),
            Parameter(outcomes.map(\.user)), Parameter(outcomes.map(\.key)),
            Parameter(outcomes.map(\.outcome)), Parameter(outcomes.map(\.version)),
            Parameter(outcomes.map(\.failure)), Parameter(at),
        ]
    }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> Int {
        try row.int()
    }
}

struct EndRun: Statement {
    static let sql = "select end_run from intake.end_run($1, $2, $3, $4, $5, $6)"
    static let columns = [Column("end_run", .void)]

    var customer: CustomerID
    var run: Int64
    var startedAt: Date
    var done: Int
    var failed: Int
    var at: Date

    var parameters: [Parameter] {
        [
            Parameter(customer), Parameter(run), Parameter(startedAt), Parameter(done),
            Parameter(failed), Parameter(at),
        ]
    }

    static func decode(_ row: inout RowReader) throws(PostgresError) {
        _ = try row.optionalString()
    }
}

struct PhonesOfUsers: Statement {
    static let sql = """
        select user_id, extension, name, language, time_zone
        from absence.phones
        where customer_id = $1 and user_id = any($2) and is_active
        """
    static let columns = [
        Column("user_id", .bigint),
        Column("extension", .text),
        Column("name", .text),
        Column("language", .text),
        Column("time_zone", .text),
    ]

    var customer: CustomerID
    var users: [UserID]

    var parameters: [Parameter] { [Parameter(customer), Parameter(users)] }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> PhoneOfUser {
        PhoneOfUser(
            user: UserID(rawValue: try row.int64()),
            phone: try row.string(),
            name: try row.string(),
            language: try row.string(),
            timeZone: try row.string()
        )
    }
}
