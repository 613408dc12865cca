import AbsenceModel
import Foundation
import Postgres
import Settings

struct StagedRoster: CopyTarget {
    static let sql = """
        copy staging.roster (customer_id, row_number, user_key, name, extension, time_zone,
            language, mail_addresses, has_calendar, has_diversion, calendar_sources,
            calendar_addresses)
        from stdin with (format binary)
        """
    static let columns = [
        Column("customer_id", .bigint),
        Column("row_number", .integer),
        Column("user_key", .text),
        Column("name", .text),
        Column("extension", .text),
        Column("time_zone", .text),
        Column("language", .text),
        Column("mail_addresses", .textArray),
        Column("has_calendar", .boolean),
        Column("has_diversion", .boolean),
        Column("calendar_sources", .textArray),
        Column("calendar_addresses", .textArray),
    ]

    static func encode(_ row: (CustomerID, RosterUser), into fields: inout BinaryRow) {
        let (customer, user) = row
        fields.bigint(customer.rawValue)
        fields.integer(Int32(user.row))
        fields.text(user.key)
        fields.text(user.name)
        fields.text(user.extension)
        fields.text(user.timeZone.identifier)
        fields.text(user.language.rawValue)
        fields.textArray(user.mailAddresses)
        fields.bool(user.hasCalendar)
        fields.bool(user.hasDiversion)
        fields.textArray(user.calendars.map(\.source))
        fields.textArray(user.calendars.map(\.address))
    }
}

struct TakeInRoster: Statement {
    static let sql = """
        select added_count, changed_count, left_count
        from intake.take_in_roster($1, $2, $3, $4)
        """
    static let columns = [
        Column("added_count", .bigint),
        Column("changed_count", .bigint),
        Column("left_count", .bigint),
    ]

    var customer: CustomerID
    var count: Int
    var at: Date
    var by: String

    var parameters: [Parameter] {
        [Parameter(customer), Parameter(count), Parameter(at), Parameter(by)]
    }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> RosterTally {
        RosterTally(added: try row.int(), changed: try row.int(), left: try row.int())
    }
}

struct TakeInPreferences: Statement {
    static let sql = """
        select take_in_preferences from intake.take_in_preferences($1, $2, $3, $4, $5)
        """
    static let columns = [Column("take_in_preferences", .boolean)]

    var customer: CustomerID
    var user: UserID
    var settings: String
    var at: Date
    var by: String

    var parameters: [Parameter] {
        [
            Parameter(customer), Parameter(user), Parameter(json: settings), Parameter(at),
            Parameter(by),
        ]
    }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> Bool {
        try row.bool()
    }
}

struct UserByKey: Statement {
    static let sql = """
        select user_id, user_key, name, extension, time_zone, language, is_active
        from roster.users
        where customer_id = $1 and (user_key = $2 or (extension = $2 and is_active))
        order by (user_key = $2) desc
        """
    static let columns = [
        Column("user_id", .bigint),
        Column("user_key", .text),
        Column("name", .text),
        Column("extension", .text),
        Column("time_zone", .text),
        Column("language", .text),
        Column("is_active", .boolean),
    ]

    var customer: CustomerID
    var key: String

    var parameters: [Parameter] { [Parameter(customer), Parameter(key)] }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> RosterEntry {
        RosterEntry(
            id: UserID(rawValue: try row.int64()),
            key: try row.string(),
            name: try row.string(),
            phone: try row.string(),
            timeZone: try row.string(),
            language: try row.string(),
            isActive: try row.bool()
        )
    }
}
