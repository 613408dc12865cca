import AbsenceModel
import Foundation
import Postgres

struct TakeInContract: Statement {
    static let sql = "select take_in_contract from billing.take_in_contract($1, $2, $3, $4)"
    static let columns = [Column("take_in_contract", .integer)]

    var customer: CustomerID
    /// As JSON; nil where the customer file has no contract.
    var settings: String?
    var by: String
    var at: Date

    var parameters: [Parameter] {
        [Parameter(customer), Parameter(json: settings), Parameter(by), Parameter(at)]
    }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> Int? {
        try row.optionalInt()
    }
}

struct CountUserDays: Statement {
    static let sql = "select count_user_days from billing.count_user_days($1, $2)"
    static let columns = [Column("count_user_days", .bigint)]

    var customer: CustomerID
    var at: Date

    var parameters: [Parameter] { [Parameter(customer), Parameter(at)] }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> Int {
        try row.int()
    }
}

struct CorrectUserDays: Statement {
    static let sql = """
        select correct_user_days from billing.correct_user_days($1, $2, $3, $4, $5, $6, $7, $8)
        """
    static let columns = [Column("correct_user_days", .bigint)]

    var customer: CustomerID
    var user: UserID
    var days: ClosedRange<LocalDate>
    var isEnabled: Bool
    var because: String
    var by: String
    var at: Date

    var parameters: [Parameter] {
        [
            Parameter(customer), Parameter(user), Parameter(days.lowerBound.description),
            Parameter(days.upperBound.description), Parameter(isEnabled), Parameter(because),
            Parameter(by), Parameter(at),
        ]
    }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> Int {
        try row.int()
    }
}

struct CloseInvoices: Statement {
    static let sql = "select close_invoices from billing.close_invoices($1, $2, $3)"
    static let columns = [Column("close_invoices", .integer)]

    var customer: CustomerID
    var by: String
    var at: Date

    var parameters: [Parameter] { [Parameter(customer), Parameter(by), Parameter(at)] }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> Int {
        try row.int()
    }
}

struct LineEvidence: Statement {
    static let sql = """
        select line_evidence
        from billing.line_evidence($1, $2, $3, $4, coalesce($5, timestamptz 'infinity'))
        """
    static let columns = [Column("line_evidence", .text)]

    var customer: CustomerID
    var line: InvoiceLine
    /// Nil for what is known by now.
    var knownAt: Date?

    var parameters: [Parameter] {
        [
            Parameter(customer), Parameter(line.contractNumber), Parameter(line.kind),
            Parameter(line.monthNumber), Parameter(knownAt),
        ]
    }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> String {
        try row.optionalString() ?? ""
    }
}
