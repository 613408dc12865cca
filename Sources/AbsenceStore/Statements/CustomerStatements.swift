import AbsenceModel
import Foundation
import Postgres
import Settings

private let customerColumns = [
    Column("customer_id", .bigint),
    Column("customer_key", .text),
    Column("name", .text),
    Column("time_zone", .text),
    Column("language", .text),
    Column("calendars", .jsonb),
    Column("exchange", .jsonb),
    Column("presence", .jsonb),
    Column("fence", .bigint),
]

extension Customer {
    fileprivate init(_ row: inout RowReader) throws(PostgresError) {
        id = CustomerID(rawValue: try row.int64())
        key = try row.string()
        name = try row.string()
        timeZone = try row.string()
        language = try row.string()
        calendars = try row.json([CalendarSettings].self)
        exchange = try row.json(ExchangeSettings.self)
        presence = try row.optionalJSON(PresenceSettings.self)
        fence = try row.int64()
    }
}

struct CustomerByKey: Statement {
    static let sql = """
        select customer_id, customer_key, name, time_zone, language, calendars, exchange,
            presence, fence
        from customer.customers
        where customer_key = $1
        """
    static let columns = customerColumns

    var key: String

    var parameters: [Parameter] { [Parameter(key)] }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> Customer {
        try Customer(&row)
    }
}

struct ActiveCustomers: Statement {
    static let sql = """
        select customer_id, customer_key, name, time_zone, language, calendars, exchange,
            presence, fence
        from customer.customers
        where is_active
        order by customer_key
        """
    static let columns = customerColumns

    static func decode(_ row: inout RowReader) throws(PostgresError) -> Customer {
        try Customer(&row)
    }
}

struct TakeInCustomer: Statement {
    static let sql = "select take_in_customer from intake.take_in_customer($1, $2, $3)"
    static let columns = [Column("take_in_customer", .bigint)]

    var settings: String
    var at: Date
    var by: String

    var parameters: [Parameter] {
        [Parameter(json: settings), Parameter(at), Parameter(by)]
    }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> CustomerID {
        CustomerID(rawValue: try row.int64())
    }
}

struct TakeInRuleSet: Statement {
    static let sql = """
        select take_in_rule_set from intake.take_in_rule_set($1, $2, $3, $4, $5)
        """
    static let columns = [Column("take_in_rule_set", .integer)]

    var customer: CustomerID
    var system: String
    var overrides: String
    var at: Date
    var by: String

    var parameters: [Parameter] {
        [
            Parameter(customer), Parameter(system), Parameter(json: overrides), Parameter(at),
            Parameter(by),
        ]
    }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> Int {
        try row.int()
    }
}

struct ReasonsInForce: Statement {
    static let sql = "select reason from absence.reasons where customer_id = $1 order by reason"
    static let columns = [Column("reason", .text)]

    var customer: CustomerID

    var parameters: [Parameter] { [Parameter(customer)] }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> Reason {
        Reason(rawValue: try row.string())
    }
}
