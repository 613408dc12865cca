import AbsenceModel
import Foundation
import Postgres

struct Differences: Statement {
    static let sql = """
        select user_id, user_key, absence_key, version_tag,
            before_extension, before_starts_at, before_ends_at, before_kind, before_reason,
            before_announced_reason, before_back_at, before_shown_text, before_target,
            before_ring_seconds,
            extension, starts_at, ends_at, kind, reason, announced_reason, back_at, shown_text,
            target, ring_seconds,
            booking_keys, booking_marks, is_for_person, held_because, losses, is_unconfirmed,
            is_due
        from absence.differences_within($1, $2, $3, $4)
        """
    static let columns =
        [
            Column("user_id", .bigint),
            Column("user_key", .text),
            Column("absence_key", .uuid),
            Column("version_tag", .text),
        ] + Absence.columns(prefix: "before_") + Absence.columns() + [
            Column("booking_keys", .textArray),
            Column("booking_marks", .textArray),
            Column("is_for_person", .boolean),
            Column("held_because", .text),
            Column("losses", .textArray),
            Column("is_unconfirmed", .boolean),
            Column("is_due", .boolean),
        ]

    var customer: CustomerID
    var users: [UserID]?
    /// Whose ids lie within it, as `int8range` has it.
    var range = "(,)"
    var asOf: Date

    var parameters: [Parameter] {
        [Parameter(customer), Parameter(asOf), Parameter(users), Parameter(range)]
    }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> Difference {
        Difference(
            user: UserID(rawValue: try row.int64()),
            userKey: try row.string(),
            key: try row.optionalUUID(),
            versionTag: try row.optionalString(),
            before: try Absence.decode(&row),
            after: try Absence.decode(&row),
            bookingKeys: try row.stringArray(),
            bookingMarks: try row.stringArray(),
            isForPerson: try row.optionalBool() ?? false,
            hold: try row.optionalString(),
            losses: try row.stringArray(),
            isUnconfirmed: try row.bool(),
            isDue: try row.optionalBool() ?? false
        )
    }
}

/// A customer's users in ranges, as `int8range` has them, in order.
struct UserRanges: Statement {
    static let sql = "select users from absence.user_ranges($1, $2, $3)"
    static let columns = [Column("users", "int8range")]

    var customer: CustomerID
    /// How many users a range has, at the least and at the most.
    var smallest: Int
    var largest: Int

    var parameters: [Parameter] {
        [Parameter(customer), Parameter(smallest), Parameter(largest)]
    }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> String {
        try row.string()
    }
}

/// What the transaction that is under way sees, by a name that others can take (PostgreSQL
/// manual, 9.27.5).
struct ExportedSnapshot: Statement {
    static let sql = "select pg_export_snapshot()"
    static let columns = [Column("pg_export_snapshot", .text)]

    var parameters: [Parameter] { [] }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> String {
        try row.string()
    }
}

struct PlacedAbsences: Statement {
    static let sql = """
        select user_id, user_key, absence_key, version_tag, booking_keys, booking_marks,
            extension, starts_at, ends_at, kind, reason, announced_reason, back_at, shown_text,
            target, ring_seconds
        from absence.standing
        where customer_id = $1 and stands_until > $2
        order by user_id, starts_at
        """
    static let columns =
        [
            Column("user_id", .bigint),
            Column("user_key", .text),
            Column("absence_key", .uuid),
            Column("version_tag", .text),
            Column("booking_keys", .textArray),
            Column("booking_marks", .textArray),
        ] + Absence.columns()

    var customer: CustomerID
    var asOf: Date

    var parameters: [Parameter] { [Parameter(customer), Parameter(asOf)] }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> Difference {
        let user = try row.int64()
        let userKey = try row.string()
        let key = try row.uuid()
        let versionTag = try row.optionalString()
        let bookingKeys = try row.stringArray()
        let bookingMarks = try row.stringArray()
        let before = try Absence.decode(&row)
        return Difference(
            user: UserID(rawValue: user),
            userKey: userKey,
            key: key,
            versionTag: versionTag,
            before: before,
            bookingKeys: bookingKeys,
            bookingMarks: bookingMarks
        )
    }
}

extension Absence {
    /// The columns of an absence, in the order in which ``decode(_:)`` reads them.
    static func columns(prefix: String = "") -> [Column] {
        [
            Column("\(prefix)extension", .text),
            Column("\(prefix)starts_at", .timestamptz),
            Column("\(prefix)ends_at", .timestamptz),
            Column("\(prefix)kind", "customer.kind"),
            Column("\(prefix)reason", .text),
            Column("\(prefix)announced_reason", .text),
            Column("\(prefix)back_at", .timestamptz),
            Column("\(prefix)shown_text", .text),
            Column("\(prefix)target", .text),
            Column("\(prefix)ring_seconds", .integer),
        ]
    }

    /// An absence, or nil where its side of the difference is empty.
    static func decode(_ row: inout RowReader) throws(PostgresError) -> Absence? {
        let phone = try row.optionalString()
        let startsAt = try row.optionalDate()
        let endsAt = try row.optionalDate()
        let kind = try row.optionalEnumeration(Kind.self)
        let reason = try row.optionalString()
        let announcedReason = try row.optionalString()
        let backAt = try row.optionalDate()
        let shownText = try row.optionalString()
        let target = try row.optionalEnumeration(Absence.Target.self)
        let ringSeconds = try row.optionalInt()
        guard let phone, let startsAt, let endsAt, let kind, let reason, let target,
            let ringSeconds
        else { return nil }
        return Absence(
            phone: phone,
            startsAt: startsAt,
            endsAt: endsAt,
            kind: kind,
            reason: Reason(rawValue: reason),
            announcedReason: announcedReason.map(Reason.init(rawValue:)),
            backAt: backAt,
            shownText: shownText,
            target: target,
            ringSeconds: ringSeconds
        )
    }
}
