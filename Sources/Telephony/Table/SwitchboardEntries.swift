import AbsenceModel
import Foundation
import Postgres

/// What stands in the switchboard and has not ended. A person may set one without an end.
struct SwitchboardEntries: Statement {
    static let sql = """
        select absence_key, extension, kind, reason, announced_reason,
            greatest(starts_at, '1970-01-01Z') as starts_at, least(ends_at, '9999-12-31Z') as ends_at,
            least(back_at, '9999-12-31Z') as back_at, shown_text, target, ring_seconds, origin,
            version, set_by, set_at
        from switchboard.absences
        where customer_key = $1 and ends_at > $2
            and ($3::text[] is null or extension = any($3))
        """
    static let columns = [
        Column("absence_key", .uuid),
        Column("extension", .text),
        Column("kind", "switchboard.kind"),
        Column("reason", .text),
        Column("announced_reason", .text),
        Column("starts_at", .timestamptz),
        Column("ends_at", .timestamptz),
        Column("back_at", .timestamptz),
        Column("shown_text", .text),
        Column("target", .text),
        Column("ring_seconds", .integer),
        Column("origin", "switchboard.origin"),
        Column("version", .bigint),
        Column("set_by", .text),
        Column("set_at", .timestamptz),
    ]

    var customerKey: String
    var endingAfter: Date
    var extensions: [String]?

    var parameters: [Parameter] {
        [Parameter(customerKey), Parameter(endingAfter), Parameter(extensions)]
    }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> ReadBack.Entry {
        let key = try row.uuid()
        let phone = try row.string()
        let kind = try row.enumeration(Kind.self)
        let reason = Reason(rawValue: try row.string())
        let announcedReason = Reason(rawValue: try row.string())
        let absence = Absence(
            phone: phone,
            startsAt: try row.date(),
            endsAt: try row.date(),
            kind: kind,
            reason: reason,
            announcedReason: announcedReason,
            backAt: try row.date(),
            shownText: try row.optionalString(),
            target: try row.enumeration(Absence.Target.self),
            ringSeconds: try row.int()
        )
        let origin = try row.enumeration(ReadBack.Origin.self)
        return ReadBack.Entry(
            entryKey: key.uuidString.lowercased(),
            absenceKey: key,
            absence: absence,
            origin: origin,
            versionTag: String(try row.int64()),
            setBy: try row.optionalString(),
            setAt: try row.optionalDate()
        )
    }
}

/// The newest run that wrote to the switchboard; no row where none has.
struct SwitchboardFence: Statement {
    static let sql = "select fence from switchboard.fences where customer_key = $1"
    static let columns = [Column("fence", .bigint)]

    var customerKey: String

    var parameters: [Parameter] { [Parameter(customerKey)] }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> Int64 {
        try row.int64()
    }
}

/// Takes away absences of ours that ended long ago.
struct PruneSwitchboard: Statement {
    static let sql = """
        delete from switchboard.absences
        where customer_key = $1 and origin = 'calendar' and ends_at < $2
        """

    var customerKey: String
    var endedBefore: Date

    var parameters: [Parameter] { [Parameter(customerKey), Parameter(endedBefore)] }
}
