import AbsenceModel
import Foundation
import Postgres

struct HoldBack: Statement {
    static let sql = """
        select created_count, updated_count, withdrawn_count, user_count
        from intake.hold_back($1, $2, $3, $4, $5)
        """
    static let columns = [
        Column("created_count", .bigint),
        Column("updated_count", .bigint),
        Column("withdrawn_count", .bigint),
        Column("user_count", .bigint),
    ]

    var customer: CustomerID
    var run: Int64
    var plannedAt: Date
    var users: [UserID]
    var isWritten: Bool

    var parameters: [Parameter] {
        [
            Parameter(customer), Parameter(run), Parameter(plannedAt), Parameter(users),
            Parameter(isWritten),
        ]
    }

    static func decode(
        _ row: inout RowReader
    ) throws(PostgresError) -> (created: Int, updated: Int, withdrawn: Int, users: Int) {
        (try row.int(), try row.int(), try row.int(), try row.int())
    }
}

struct TouchPlanned: Statement {
    static let sql = "select touch_planned from intake.touch_planned($1, $2, $3)"
    static let columns = [Column("touch_planned", .void)]

    var customer: CustomerID
    var run: Int64
    var plannedAt: Date

    var parameters: [Parameter] { [Parameter(customer), Parameter(run), Parameter(plannedAt)] }

    static func decode(_ row: inout RowReader) throws(PostgresError) {
        _ = try row.optionalString()
    }
}

struct OpenChanges: Statement {
    static let sql = """
        select user_id, user_key, absence_key, version_tag, is_unconfirmed,
            before_extension, before_starts_at, before_ends_at, before_kind, before_reason,
            before_announced_reason, before_back_at, before_shown_text, before_target,
            before_ring_seconds,
            extension, starts_at, ends_at, kind, reason, announced_reason, back_at, shown_text,
            target, ring_seconds
        from absence.open_changes($1, $2, $3, $4, $5, $6, $7)
        """
    static let columns =
        [
            Column("user_id", .bigint),
            Column("user_key", .text),
            Column("absence_key", .uuid),
            Column("version_tag", .text),
            Column("is_unconfirmed", .boolean),
        ] + Absence.columns(prefix: "before_") + Absence.columns()

    var customer: CustomerID
    var run: Int64
    var plannedAt: Date
    var after: UserID
    var count: Int
    var users: [UserID]?
    var left: [UserID]

    var parameters: [Parameter] {
        [
            Parameter(customer), Parameter(run), Parameter(plannedAt), Parameter(after),
            Parameter(count), Parameter(users), Parameter(left),
        ]
    }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> Change? {
        let user = UserID(rawValue: try row.int64())
        let userKey = try row.string()
        let key = try row.uuid()
        let versionTag = try row.optionalString()
        let isUnconfirmed = try row.bool()
        return try Change.Action.decode(&row).map {
            Change(
                key: key,
                user: user,
                userKey: userKey,
                action: $0,
                versionTag: versionTag,
                isUnconfirmed: isUnconfirmed
            )
        }
    }
}

struct RunChanges: Statement {
    static let sql = """
        select user_id, user_key, absence_key, version_tag, booking_keys, held_because,
            withdrawn_because, outcome, failure,
            before_extension, before_starts_at, before_ends_at, before_kind, before_reason,
            before_announced_reason, before_back_at, before_shown_text, before_target,
            before_ring_seconds,
            extension, starts_at, ends_at, kind, reason, announced_reason, back_at, shown_text,
            target, ring_seconds
        from absence.run_changes($1, $2, $3, $4, $5)
        """
    static let columns =
        [
            Column("user_id", .bigint),
            Column("user_key", .text),
            Column("absence_key", .uuid),
            Column("version_tag", .text),
            Column("booking_keys", .textArray),
            Column("held_because", .text),
            Column("withdrawn_because", .text),
            Column("outcome", "audit.outcome"),
            Column("failure", .text),
        ] + Absence.columns(prefix: "before_") + Absence.columns()

    var customer: CustomerID
    var run: Int64
    var plannedAt: Date
    var after: UserID
    var count: Int

    var parameters: [Parameter] {
        [
            Parameter(customer), Parameter(run), Parameter(plannedAt), Parameter(after),
            Parameter(count),
        ]
    }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> WrittenChange? {
        let user = UserID(rawValue: try row.int64())
        let userKey = try row.string()
        let key = try row.uuid()
        let versionTag = try row.optionalString()
        let bookingKeys = try row.stringArray()
        let heldBecause = try row.optionalString()
        let withdrawnBecause = try row.optionalString()
        let outcome = try row.optionalString()
        let failure = try row.optionalString()
        let action = try Change.Action.decode(&row)
        return action.map {
            var change = Change(
                key: key,
                user: user,
                userKey: userKey,
                action: $0,
                versionTag: versionTag,
                bookingKeys: bookingKeys
            )
            change.withdrawnBecause = withdrawnBecause
            return WrittenChange(
                change: change,
                heldBecause: heldBecause,
                outcome: outcome,
                failure: failure
            )
        }
    }
}

extension Change.Action {
    /// Both sides of a change; nil where it has none.
    fileprivate static func decode(
        _ row: inout RowReader
    ) throws(PostgresError) -> Change.Action? {
        switch (try Absence.decode(&row), try Absence.decode(&row)) {
        case (nil, let after?): .create(after)
        case (let before?, let after?): .update(from: before, to: after)
        case (let before?, nil): .withdraw(before)
        case (nil, nil): nil
        }
    }
}

struct SharingExtensions: Statement {
    static let sql = "select user_id from absence.sharing_extensions($1, $2, $3)"
    static let columns = [Column("user_id", .bigint)]

    var customer: CustomerID
    var run: Int64
    var plannedAt: Date

    var parameters: [Parameter] { [Parameter(customer), Parameter(run), Parameter(plannedAt)] }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> UserID {
        UserID(rawValue: try row.int64())
    }
}

struct EndUnsent: Statement {
    static let sql = """
        select user_id, change_count from intake.end_unsent($1, $2, $3, $4, $5, $6)
        """
    static let columns = [Column("user_id", .bigint), Column("change_count", .bigint)]

    var customer: CustomerID
    var run: Int64
    var plannedAt: Date
    var after: UserID
    var sent: [UserID]
    var at: Date

    var parameters: [Parameter] {
        [
            Parameter(customer), Parameter(run), Parameter(plannedAt), Parameter(after),
            Parameter(sent), Parameter(at),
        ]
    }

    static func decode(
        _ row: inout RowReader
    ) throws(PostgresError) -> (user: UserID, changes: Int) {
        (UserID(rawValue: try row.int64()), try row.int())
    }
}
