import AbsenceModel
import Foundation
import Postgres

struct CalendarsToLoad: Statement {
    static let sql = """
        select user_id, user_key, calendar_id, address, time_zone, mail_addresses, generation
        from intake.calendars_to_load
        where customer_id = $1 and source = $2
            and (taken_in_by >= $3 and (not $4 or taken_in_whole_by >= $3)) is not true
        order by asked_at nulls first, user_id, calendar_id
        """
    static let columns = [
        Column("user_id", .bigint),
        Column("user_key", .text),
        Column("calendar_id", .integer),
        Column("address", .text),
        Column("time_zone", .text),
        Column("mail_addresses", .textArray),
        Column("generation", .bigint),
    ]

    var customer: CustomerID
    var source: String
    /// Leaves out what this load or later ones took in, whole where `isFull`.
    var notSince: Int64?
    var isFull: Bool

    var parameters: [Parameter] {
        [Parameter(customer), Parameter(source), Parameter(notSince), Parameter(isFull)]
    }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> CalendarToLoad {
        CalendarToLoad(
            user: UserID(rawValue: try row.int64()),
            userKey: try row.string(),
            calendarID: try row.int(),
            address: try row.string(),
            timeZone: try row.string(),
            mailAddresses: try row.stringArray(),
            generation: try row.int64()
        )
    }
}

struct Cursors: Statement {
    static let sql = """
        select user_id, calendar_id, cursor
        from calendar.cursors
        where customer_id = $1 and user_id = any($2) and cursor is not null
        """
    static let columns = [
        Column("user_id", .bigint),
        Column("calendar_id", .integer),
        Column("cursor", .text),
    ]

    var customer: CustomerID
    var users: [UserID]

    var parameters: [Parameter] { [Parameter(customer), Parameter(users)] }

    static func decode(
        _ row: inout RowReader
    ) throws(PostgresError) -> (calendar: CalendarName, cursor: String) {
        let calendar = CalendarName(
            user: UserID(rawValue: try row.int64()),
            calendarID: try row.int()
        )
        return (calendar, try row.string())
    }
}

struct KnownResources: Statement {
    static let sql = """
        select user_id, calendar_id, resource_key, mark
        from calendar.resources
        where customer_id = $1 and user_id = any($2)
        """
    static let columns = [
        Column("user_id", .bigint),
        Column("calendar_id", .integer),
        Column("resource_key", .text),
        Column("mark", .text),
    ]

    var customer: CustomerID
    var users: [UserID]

    var parameters: [Parameter] { [Parameter(customer), Parameter(users)] }

    static func decode(
        _ row: inout RowReader
    ) throws(PostgresError) -> (calendar: CalendarName, resource: String, mark: String) {
        let calendar = CalendarName(
            user: UserID(rawValue: try row.int64()),
            calendarID: try row.int()
        )
        return (calendar, try row.string(), try row.string())
    }
}

struct DaysAhead: Statement {
    static let sql = """
        select days_ahead from customer.rule_sets where customer_id = $1 and upper_inf(held_during)
        """
    static let columns = [Column("days_ahead", .integer)]

    var customer: CustomerID

    var parameters: [Parameter] { [Parameter(customer)] }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> Int {
        try row.int()
    }
}

struct OpenLoad: Statement {
    static let sql = """
        select open_load from intake.open_load($1, $2, $3, $4, $5, $6, $7)
        """
    static let columns = [Column("open_load", .bigint)]

    var customer: CustomerID
    var load: Int64
    var source: String
    var isFull: Bool
    var window: Range<Date>
    var at: Date

    var parameters: [Parameter] {
        [
            Parameter(customer), Parameter(load), Parameter(source), Parameter(isFull),
            Parameter(window.lowerBound), Parameter(window.upperBound), Parameter(at),
        ]
    }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> Int64? {
        try row.optionalInt64()
    }
}

struct TakeIn: Statement {
    static let sql = """
        select added_count, changed_count, vanished_count from intake.take_in($1, $2, $3, $4)
        """
    static let columns = [
        Column("added_count", .bigint),
        Column("changed_count", .bigint),
        Column("vanished_count", .bigint),
    ]

    var customer: CustomerID
    var load: Int64
    var count: Int
    var at: Date

    var parameters: [Parameter] {
        [Parameter(customer), Parameter(load), Parameter(count), Parameter(at)]
    }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> LoadTally {
        var tally = LoadTally()
        tally.added = try row.int()
        tally.changed = try row.int()
        tally.vanished = try row.int()
        return tally
    }
}

struct RecordLoadFailures: Statement {
    static let sql = """
        select record_load_failures from intake.record_load_failures($1, $2, $3)
        """
    static let columns = [Column("record_load_failures", .void)]

    var customer: CustomerID
    var load: Int64
    var startedAt: Date

    var parameters: [Parameter] {
        [Parameter(customer), Parameter(load), Parameter(startedAt)]
    }

    static func decode(_ row: inout RowReader) throws(PostgresError) {
        _ = try row.optionalString()
    }
}

struct CountLoad: Statement {
    static let sql = """
        select count_load
        from intake.count_load($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        """
    static let columns = [Column("count_load", .void)]

    var customer: CustomerID
    var load: Int64
    var startedAt: Date
    var tally: LoadTally

    var parameters: [Parameter] {
        [
            Parameter(customer), Parameter(load), Parameter(startedAt),
            Parameter(tally.calendars), Parameter(tally.failed), Parameter(tally.bookings),
            Parameter(tally.added), Parameter(tally.changed), Parameter(tally.vanished),
            Parameter(tally.broken), Parameter(tally.bytes),
        ]
    }

    static func decode(_ row: inout RowReader) throws(PostgresError) {
        _ = try row.optionalString()
    }
}

struct EndLoad: Statement {
    static let sql = "select end_load from intake.end_load($1, $2, $3, $4, $5, $6, $7, $8)"
    static let columns = [Column("end_load", .void)]

    var customer: CustomerID
    var load: Int64
    var startedAt: Date
    var traffic: LoadTraffic
    var at: Date

    var parameters: [Parameter] {
        [
            Parameter(customer), Parameter(load), Parameter(startedAt),
            Parameter(traffic.requests), Parameter(traffic.retries), Parameter(traffic.waits),
            Parameter(traffic.waitedMilliseconds), Parameter(at),
        ]
    }

    static func decode(_ row: inout RowReader) throws(PostgresError) {
        _ = try row.optionalString()
    }
}
