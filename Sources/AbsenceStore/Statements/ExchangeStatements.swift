import AbsenceModel
import Foundation
import Postgres

struct TakeInCapabilities: Statement {
    static let sql = """
        select take_in_capabilities from intake.take_in_capabilities($1,
            $2::text[]::customer.kind[], $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
        """
    static let columns = [Column("take_in_capabilities", .void)]

    var customer: CustomerID
    var capabilities: ExchangeCapabilities
    var at: Date

    var parameters: [Parameter] {
        [
            Parameter(customer),
            Parameter(Kind.allCases.filter(capabilities.kinds.contains).map(\.rawValue)),
            Parameter(capabilities.targets.map(\.rawValue).sorted()),
            Parameter(capabilities.hasFutureStart), Parameter(capabilities.endsByItself),
            Parameter(capabilities.endReach.rawValue), Parameter(capabilities.entriesPerUser),
            Parameter(capabilities.timeGrain), Parameter(capabilities.textLength),
            Parameter(capabilities.hasRingSeconds), Parameter(capabilities.hasReturnTime),
            Parameter(capabilities.reasons.map { $0.map(\.rawValue).sorted() }),
            Parameter(capabilities.defaultReason?.rawValue),
            Parameter(capabilities.isReadable), Parameter(at),
        ]
    }

    static func decode(_ row: inout RowReader) throws(PostgresError) {
        _ = try row.optionalString()
    }
}

struct RecordOutage: Statement {
    static let sql = "select record_outage from intake.record_outage($1, $2, $3)"
    static let columns = [Column("record_outage", .void)]

    var customer: CustomerID
    var failure: String
    var at: Date

    var parameters: [Parameter] { [Parameter(customer), Parameter(failure), Parameter(at)] }

    static func decode(_ row: inout RowReader) throws(PostgresError) {
        _ = try row.optionalString()
    }
}

struct ReassertUnknown: Statement {
    static let sql = "select reassert_unknown from intake.reassert_unknown($1, $2)"
    static let columns = [Column("reassert_unknown", .bigint)]

    var customer: CustomerID
    var at: Date

    var parameters: [Parameter] { [Parameter(customer), Parameter(at)] }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> Int {
        try row.int()
    }
}
