import AbsenceModel
import Foundation
import Postgres

struct Invoices: Statement {
    static let sql = """
        select invoice_number, contract_number, quarter_number, first_date, last_date, currency,
            state, net_amount, vat_amount, total_amount, closed_at, closed_by
        from billing.invoices
        where customer_key = $1
        order by invoice_number nulls last, contract_number, quarter_number
        """
    static let columns = [
        Column("invoice_number", .integer),
        Column("contract_number", .integer),
        Column("quarter_number", .integer),
        Column("first_date", .date),
        Column("last_date", .date),
        Column("currency", .text),
        Column("state", .text),
        Column("net_amount", .numeric),
        Column("vat_amount", .numeric),
        Column("total_amount", .numeric),
        Column("closed_at", .timestamptz),
        Column("closed_by", .text),
    ]

    var customer: String

    var parameters: [Parameter] { [Parameter(customer)] }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> Invoice {
        Invoice(
            number: try row.optionalInt(),
            contractNumber: try row.int(),
            quarterNumber: try row.optionalInt(),
            firstDate: try row.day().localDate,
            lastDate: try row.day().localDate,
            currency: try row.string(),
            state: try row.string(),
            net: Money(try row.string()),
            vat: Money(try row.string()),
            total: Money(try row.string()),
            closedAt: try row.optionalDate(),
            closedBy: try row.optionalString()
        )
    }
}

struct InvoiceLines: Statement {
    static let sql = """
        select invoice_number, invoice_contract_number, quarter_number, line_number,
            contract_number, kind, month_number, first_date, last_date, quantity, unit_price,
            amount, vat_rate, evidence_hash, corrects_invoice_number, is_correction
        from billing.invoice_lines
        where customer_key = $1
        order by invoice_number nulls last, invoice_contract_number, quarter_number, line_number
        """
    static let columns = [
        Column("invoice_number", .integer),
        Column("invoice_contract_number", .integer),
        Column("quarter_number", .integer),
        Column("line_number", .integer),
        Column("contract_number", .integer),
        Column("kind", .text),
        Column("month_number", .integer),
        Column("first_date", .date),
        Column("last_date", .date),
        Column("quantity", .numeric),
        Column("unit_price", .numeric),
        Column("amount", .numeric),
        Column("vat_rate", .numeric),
        Column("evidence_hash", .text),
        Column("corrects_invoice_number", .integer),
        Column("is_correction", .boolean),
    ]

    var customer: String

    var parameters: [Parameter] { [Parameter(customer)] }

    static func decode(
        _ row: inout RowReader
    ) throws(PostgresError) -> (invoice: InvoiceName, line: InvoiceLine) {
        (
            InvoiceName(
                number: try row.optionalInt(),
                contractNumber: try row.int(),
                quarterNumber: try row.optionalInt()
            ),
            InvoiceLine(
                number: try row.int(),
                contractNumber: try row.int(),
                kind: try row.string(),
                monthNumber: try row.int(),
                firstDate: try row.day().localDate,
                lastDate: try row.day().localDate,
                quantity: Money(try row.string()),
                unitPrice: Money(try row.string()),
                amount: Money(try row.string()),
                vatRate: try row.optionalString().map(Money.init),
                evidenceHash: try row.string(),
                correctsInvoice: try row.optionalInt(),
                isCorrection: try row.bool()
            )
        )
    }
}

struct UserMonths: Statement {
    static let sql = """
        select contract_number, month_number, first_date, last_date, user_key, enabled_count,
            verified_count, absence_count, corrected_count, first_enabled_date,
            last_enabled_date, is_counted
        from billing.user_months
        where customer_key = $1 and last_date >= $2 and first_date <= $3
        order by contract_number, month_number, user_key
        """
    static let columns = [
        Column("contract_number", .integer),
        Column("month_number", .integer),
        Column("first_date", .date),
        Column("last_date", .date),
        Column("user_key", .text),
        Column("enabled_count", .bigint),
        Column("verified_count", .bigint),
        Column("absence_count", .bigint),
        Column("corrected_count", .bigint),
        Column("first_enabled_date", .date),
        Column("last_enabled_date", .date),
        Column("is_counted", .boolean),
    ]

    var customer: String
    var days: ClosedRange<LocalDate>

    var parameters: [Parameter] {
        [
            Parameter(customer), Parameter(days.lowerBound.description),
            Parameter(days.upperBound.description),
        ]
    }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> UserMonth {
        UserMonth(
            contractNumber: try row.int(),
            monthNumber: try row.int(),
            firstDate: try row.day().localDate,
            lastDate: try row.day().localDate,
            userKey: try row.string(),
            enabledDays: try row.int(),
            verifiedDays: try row.int(),
            absenceDays: try row.int(),
            correctedDays: try row.int(),
            firstEnabled: try row.optionalDay()?.localDate,
            lastEnabled: try row.optionalDay()?.localDate,
            isCounted: try row.bool()
        )
    }
}

struct Contracts: Statement {
    static let sql = """
        select contract_number, starts_date, ends_date, terms
        from billing.contracts
        where customer_key = $1
        order by contract_number
        """
    static let columns = [
        Column("contract_number", .integer),
        Column("starts_date", .date),
        Column("ends_date", .date),
        Column("terms", .jsonb),
    ]

    var customer: String

    var parameters: [Parameter] { [Parameter(customer)] }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> Contract {
        Contract(
            number: try row.int(),
            startsDate: try row.day().localDate,
            endsDate: try row.optionalDay()?.localDate,
            terms: try row.json([String: Term].self).mapValues(\.text)
        )
    }
}

struct UnlikeLines: Statement {
    static let sql = """
        select invoice_number, line_number, kind
        from billing.unlike_lines
        where customer_key = $1
        order by invoice_number, line_number
        """
    static let columns = [
        Column("invoice_number", .integer),
        Column("line_number", .integer),
        Column("kind", .text),
    ]

    var customer: String

    var parameters: [Parameter] { [Parameter(customer)] }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> UnlikeLine {
        UnlikeLine(
            invoice: try row.int(),
            line: try row.int(),
            kind: try row.string()
        )
    }
}

/// A term of a contract as people read it.
private struct Term: Decodable {
    var text: String

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if let text = try? value.decode(String.self) {
            self.text = text
        } else if let isTrue = try? value.decode(Bool.self) {
            text = isTrue ? "yes" : "no"
        } else {
            text = "\(try value.decode(Decimal.self))"
        }
    }
}

extension CivilDate {
    fileprivate var localDate: LocalDate { LocalDate(year: year, month: month, day: day) }
}
