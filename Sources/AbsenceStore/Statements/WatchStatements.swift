import AbsenceModel
import Foundation
import Postgres

struct EndPass: Statement {
    static let sql = """
        select end_pass from intake.end_pass($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """
    static let columns = [Column("end_pass", .void)]

    var customer: CustomerID
    var run: Int64
    var end: PassEnd
    var at: Date

    var parameters: [Parameter] {
        let outcomes = end.outcomeCounts.sorted { $0.key < $1.key }
        return [
            Parameter(customer), Parameter(run), Parameter(end.scope), Parameter(end.users),
            Parameter(end.left.sorted()), Parameter(outcomes.map(\.key)),
            Parameter(outcomes.map(\.value)), Parameter(end.asOf), Parameter(at),
        ]
    }

    static func decode(_ row: inout RowReader) throws(PostgresError) {
        _ = try row.optionalString()
    }
}

struct PutHost: Statement {
    static let sql = """
        insert into customer.hosts (customer_id, host, seen_at, clock_ahead)
        values ($1, $2, $3, $4 - clock_timestamp())
        on conflict (customer_id, host) do update set
            seen_at = excluded.seen_at, clock_ahead = excluded.clock_ahead
        """

    var customer: CustomerID
    var host: String
    var seenAt: Date
    /// What the host's clock says, whatever the run takes for now.
    var clock: Date

    var parameters: [Parameter] {
        [Parameter(customer), Parameter(host), Parameter(seenAt), Parameter(clock)]
    }
}

struct CompareWatchWith: Statement {
    static let sql = "select set_config('kalenderkoppling.as_of', $1, false) as as_of"
    static let columns = [Column("as_of", .text)]

    var instant: Date

    var parameters: [Parameter] { [Parameter(instant)] }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> String {
        try row.string()
    }
}

struct Alarms: Statement {
    static let sql = """
        select customer_key, alarm, severity, about, since, detail
        from watch.alarms
        where $1::text is null or customer_key is null or customer_key = $1
        order by severity, customer_key nulls first, alarm, about
        """
    static let columns = [
        Column("customer_key", .text),
        Column("alarm", .text),
        Column("severity", .text),
        Column("about", .text),
        Column("since", .timestamptz),
        Column("detail", .text),
    ]

    var customer: String?

    var parameters: [Parameter] { [Parameter(customer)] }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> Alarm {
        Alarm(
            customerKey: try row.optionalString(),
            alarm: try row.string(),
            severity: try row.enumeration(Alarm.Severity.self),
            about: try row.string(),
            since: try row.optionalDate(),
            detail: try row.string()
        )
    }
}

struct Metrics: Statement {
    static let sql = """
        select metric, type, help, customer_key, label, label_value, value
        from watch.metrics
        order by metric, customer_key, label_value
        """
    static let columns = [
        Column("metric", .text),
        Column("type", .text),
        Column("help", .text),
        Column("customer_key", .text),
        Column("label", .text),
        Column("label_value", .text),
        Column("value", .doublePrecision),
    ]

    static func decode(_ row: inout RowReader) throws(PostgresError) -> Metric {
        Metric(
            name: try row.string(),
            type: try row.string(),
            help: try row.string(),
            customerKey: try row.string(),
            label: try row.optionalString(),
            labelValue: try row.optionalString(),
            value: try row.double()
        )
    }
}
