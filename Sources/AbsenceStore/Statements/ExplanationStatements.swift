import AbsenceModel
import Foundation
import Postgres

struct OutcomesWithin: Statement {
    static let sql = """
        select user_id, booking_key, encode(mark, 'hex') as mark, held_from, starts_at, ends_at,
            show_as, code, rule_set_version, reason, kind, decided_by, is_weakened, merged_with,
            suppressed_by, because
        from absence.outcomes_within($1, $2, $3)
        """
    static let columns = [
        Column("user_id", .bigint),
        Column("booking_key", .text),
        Column("mark", .text),
        Column("held_from", .timestamptz),
        Column("starts_at", .timestamptz),
        Column("ends_at", .timestamptz),
        Column("show_as", "customer.show_as"),
        Column("code", .text),
        Column("rule_set_version", .integer),
        Column("reason", .text),
        Column("kind", "customer.kind"),
        Column("decided_by", .text),
        Column("is_weakened", .boolean),
        Column("merged_with", .textArray),
        Column("suppressed_by", .textArray),
        Column("because", .text),
    ]

    var customer: CustomerID
    var asOf: Date
    var users: [UserID]?

    var parameters: [Parameter] { [Parameter(customer), Parameter(asOf), Parameter(users)] }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> BookingOutcome {
        BookingOutcome(
            user: UserID(rawValue: try row.int64()),
            bookingKey: try row.string(),
            mark: try row.string(),
            since: try row.date(),
            startsAt: try row.date(),
            endsAt: try row.date(),
            showAs: try row.optionalString(),
            code: try row.optionalString(),
            ruleSetVersion: try row.int(),
            reason: try row.optionalString(),
            kind: try row.optionalEnumeration(Kind.self),
            decidedBy: try row.optionalString(),
            isWeakened: try row.optionalBool() ?? false,
            mergedWith: try row.stringArray(),
            suppressedBy: try row.stringArray(),
            because: try row.optionalString()
        )
    }
}

struct StateAt: Statement {
    static let sql = """
        select state, origin, extension, kind, reason, announced_reason, starts_at, ends_at, back_at,
            target, booking_keys, booking_marks, losses, run_id, planned_at, acknowledged_at,
            set_by
        from absence.state_at($1, $2, $3)
        where is_running
        order by state, starts_at, absence_key
        """
    static let columns = [
        Column("state", .text),
        Column("origin", .text),
        Column("extension", .text),
        Column("kind", "customer.kind"),
        Column("reason", .text),
        Column("announced_reason", .text),
        Column("starts_at", .timestamptz),
        Column("ends_at", .timestamptz),
        Column("back_at", .timestamptz),
        Column("target", .text),
        Column("booking_keys", .textArray),
        Column("booking_marks", .textArray),
        Column("losses", .textArray),
        Column("run_id", .bigint),
        Column("planned_at", .timestamptz),
        Column("acknowledged_at", .timestamptz),
        Column("set_by", .text),
    ]

    var customer: CustomerID
    var user: UserID
    var at: Date

    var parameters: [Parameter] { [Parameter(customer), Parameter(user), Parameter(at)] }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> (
        state: String, absence: StoodAbsence
    ) {
        let state = try row.string()
        let absence = StoodAbsence(
            origin: try row.string(),
            phone: try row.string(),
            kind: try row.enumeration(Kind.self),
            reason: Reason(rawValue: try row.string()).told.rawValue,
            announcedReason: Reason(rawValue: try row.string()).told.rawValue,
            startsAt: try row.date(),
            endsAt: try row.date(),
            backAt: try row.date(),
            target: try row.optionalString(),
            bookingKeys: try row.stringArray(),
            bookingMarks: try row.stringArray(),
            losses: try row.stringArray(),
            run: try row.optionalInt64(),
            plannedAt: try row.optionalDate(),
            acknowledgedAt: try row.optionalDate(),
            setBy: try row.optionalString()
        )
        return (state, absence)
    }
}

/// Why what is wanted at an instant is not placed, where the telephone system cannot express it.
struct WithheldAt: Statement {
    static let sql = """
        select withheld_because from absence.rendered_within($1, $2, $3)
        where starts_at <= $2 and withheld_because is not null
        order by starts_at
        """
    static let columns = [Column("withheld_because", .text)]

    var customer: CustomerID
    var at: Date
    var users: [UserID]

    var parameters: [Parameter] { [Parameter(customer), Parameter(at), Parameter(users)] }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> String {
        try row.string()
    }
}

struct Suppressions: Statement {
    static let sql = """
        select booking_key, by_booking_key, starts_at, ends_at
        from absence.suppressed
        where customer_id = $1 and user_id = $2
        order by starts_at, booking_key, by_booking_key
        """
    static let columns = [
        Column("booking_key", .text),
        Column("by_booking_key", .text),
        Column("starts_at", .timestamptz),
        Column("ends_at", .timestamptz),
    ]

    var customer: CustomerID
    var user: UserID

    var parameters: [Parameter] { [Parameter(customer), Parameter(user)] }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> Suppression {
        Suppression(
            bookingKey: try row.string(),
            by: try row.string(),
            startsAt: try row.date(),
            endsAt: try row.date()
        )
    }
}

struct CodedMeetings: Statement {
    static let sql = """
        select booking_key, phone_count from absence.coded_meetings
        where customer_id = $1 and booking_key = any($2)
        """
    static let columns = [Column("booking_key", .text), Column("phone_count", .bigint)]

    var customer: CustomerID
    var bookings: [String]

    var parameters: [Parameter] { [Parameter(customer), Parameter(bookings)] }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> (String, Int) {
        (try row.string(), try row.int())
    }
}

struct WithdrawalCauses: Statement {
    static let sql = """
        select absence_key, cause from absence.withdrawal_causes($1, $2, $3, $4)
        """
    static let columns = [Column("absence_key", .uuid), Column("cause", .text)]

    var customer: CustomerID
    var asOf: Date
    var users: [UserID]?
    var keys: [UUID]

    var parameters: [Parameter] {
        [Parameter(customer), Parameter(asOf), Parameter(users), Parameter(keys)]
    }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> (UUID, String) {
        (try row.uuid(), try row.string())
    }
}
