import AbsenceModel
import Foundation
import Postgres

struct DesiredWithin: Statement {
    static let sql = """
        select user_id, extension, starts_at, ends_at, kind, reason, announced_reason, back_at,
            shown_text, target, ring_seconds, booking_keys
        from absence.desired_within($1, $2)
        order by user_id, starts_at
        """
    static let columns = [
        Column("user_id", .bigint),
        Column("extension", .text),
        Column("starts_at", .timestamptz),
        Column("ends_at", .timestamptz),
        Column("kind", "customer.kind"),
        Column("reason", .text),
        Column("announced_reason", .text),
        Column("back_at", .timestamptz),
        Column("shown_text", .text),
        Column("target", .text),
        Column("ring_seconds", .integer),
        Column("booking_keys", .textArray),
    ]

    var customer: CustomerID
    var asOf: Date

    var parameters: [Parameter] { [Parameter(customer), Parameter(asOf)] }

    static func decode(
        _ row: inout RowReader
    ) throws(PostgresError) -> (user: UserID, absence: Absence, bookings: [String]) {
        let user = UserID(rawValue: try row.int64())
        let phone = try row.string()
        let startsAt = try row.date()
        let endsAt = try row.date()
        let absence = Absence(
            phone: phone,
            startsAt: startsAt,
            endsAt: endsAt,
            kind: try row.enumeration(Kind.self),
            reason: Reason(rawValue: try row.string()),
            announcedReason: Reason(rawValue: try row.string()),
            backAt: try row.date(),
            shownText: try row.optionalString(),
            target: try row.enumeration(Absence.Target.self),
            ringSeconds: try row.int()
        )
        return (user, absence, try row.stringArray())
    }
}

private let phoneColumns = [
    Column("user_key", .text),
    Column("name", .text),
    Column("extension", .text),
    Column("starts_at", .timestamptz),
    Column("ends_at", .timestamptz),
    Column("kind", "customer.kind"),
    Column("reason", .text),
    Column("back_at", .timestamptz),
    Column("shown_text", .text),
    Column("origin", .text),
    Column("booking_keys", .textArray),
    Column("acknowledged_at", .timestamptz),
]

extension PhoneAbsence {
    fileprivate init(_ row: inout RowReader) throws(PostgresError) {
        userKey = try row.string()
        name = try row.string()
        phone = try row.string()
        startsAt = try row.date()
        endsAt = try row.date()
        kind = try row.enumeration(Kind.self)
        reason = try row.string()
        backAt = try row.date()
        shownText = try row.optionalString()
        origin = try row.string()
        bookingKeys = try row.stringArray()
        acknowledgedAt = try row.optionalDate()
    }
}

struct AbsencesAhead: Statement {
    static let sql = """
        select user_key, name, extension, starts_at, ends_at, kind, reason, back_at, shown_text,
            origin, booking_keys, acknowledged_at
        from absence.on_phones
        where customer_id = $1 and ends_at > $2
        order by starts_at, name
        """
    static let columns = phoneColumns

    var customer: CustomerID
    var after: Date

    var parameters: [Parameter] { [Parameter(customer), Parameter(after)] }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> PhoneAbsence {
        try PhoneAbsence(&row)
    }
}

struct ChangesAt: Statement {
    static let sql = """
        select run_id, planned_at, action, held_because, withdrawn_because, outcome, ended_at
        from absence.planned_changes
        where customer_id = $1 and user_id = $2 and starts_at <= $3 and ends_at > $3
        order by run_id
        """
    static let columns = [
        Column("run_id", .bigint),
        Column("planned_at", .timestamptz),
        Column("action", "audit.action"),
        Column("held_because", .text),
        Column("withdrawn_because", .text),
        Column("outcome", "audit.outcome"),
        Column("ended_at", .timestamptz),
    ]

    var customer: CustomerID
    var user: UserID
    var at: Date

    var parameters: [Parameter] { [Parameter(customer), Parameter(user), Parameter(at)] }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> ChangeRecord {
        ChangeRecord(
            run: try row.int64(),
            plannedAt: try row.date(),
            action: try row.string(),
            heldBecause: try row.optionalString(),
            withdrawnBecause: try row.optionalString(),
            outcome: try row.optionalString(),
            endedAt: try row.optionalDate()
        )
    }
}

struct ReasonLabels: Statement {
    static let sql = """
        select reason, (array[label_sv, label_no, label_en])[array_position('{sv,no,en}', $2)]
            as label
        from absence.reasons
        where customer_id = $1
        """
    static let columns = [Column("reason", .text), Column("label", .text)]

    var customer: CustomerID
    var language: String

    var parameters: [Parameter] { [Parameter(customer), Parameter(language)] }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> (String, String) {
        (try row.string(), try row.string())
    }
}

struct StandingHolds: Statement {
    static let sql = """
        select cause, starts_at, ends_at, held_from, set_by, set_at
        from absence.standing_holds
        where customer_id = $1 and user_id = $2
        order by starts_at
        """
    static let columns = [
        Column("cause", .text),
        Column("starts_at", .timestamptz),
        Column("ends_at", .timestamptz),
        Column("held_from", .timestamptz),
        Column("set_by", .text),
        Column("set_at", .timestamptz),
    ]

    var customer: CustomerID
    var user: UserID

    var parameters: [Parameter] { [Parameter(customer), Parameter(user)] }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> StandingHold {
        StandingHold(
            cause: try row.string(),
            startsAt: try row.date(),
            endsAt: try row.date(),
            heldFrom: try row.date(),
            setBy: try row.optionalString(),
            setAt: try row.optionalDate()
        )
    }
}
